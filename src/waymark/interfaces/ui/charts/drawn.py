"""A series as a page shows it: one picture for each width, so that its words keep their size.

A picture is as wide as its place, and its words with it: a place is measured in letters (rem), and
gets the widest picture that is not wider. So words are no smaller than 12 px on the smallest phone,
and grow with the text.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from waymark.interfaces.ui.charts.course import Labels, course_svg
from waymark.interfaces.ui.charts.projection import Reach
from waymark.interfaces.ui.charts.sparkline import sparkline_svg
from waymark.progress.change.reliable_change import line_of
from waymark.progress.course.evidence import band
from waymark.progress.course.projection import WEEK, Projection
from waymark.progress.course.timeline import Series, calendar_day
from waymark.progress.telling.wording import beyond, number

SIZES = {760: 330, 520: 330, 320: 300, 240: 260, 130: 170}
"""Width and height of each picture, in 16ths of a rem; charts.css shows the one that fits."""
ROOMY, LEAST = 520, 130  # the least has room for its figures alone; the page says the rest


@dataclass(frozen=True, slots=True)
class Drawn:
    """All pictures of one series, each by its width."""

    pictures: Mapping[int, SafeString]

    def __str__(self) -> str:
        return self.__html__()

    def __html__(self) -> SafeString:
        inside = format_html_join("", "{}", ((one,) for one in self.pictures.values()))
        return format_html('<div class="pictures">{}</div>', inside)


def drawn(
    series: Series, *, headline: str, walkable: bool = True, ahead: Projection | None = None
) -> Drawn:
    """The pictures of a series, with the told sentence as their text alternative; ``ahead`` adds
    where courses that began like this one stand."""
    return Drawn(
        {
            width: _picture(series, headline, width=width, walkable=walkable, ahead=ahead)
            for width in SIZES
        }
    )


def _picture(
    series: Series, headline: str, *, width: int, walkable: bool, ahead: Projection | None
) -> SafeString:
    scale, line = series.scale, line_of(series.scale)
    svg = course_svg(
        series.points,
        key=f"{series.instrument_id}-{scale.id}-{width}",
        title=ngettext("{scale}, {n} answers", "{scale}, {n} answers", len(series.given)).format(
            scale=scale.title, n=len(series.given)
        ),
        desc=headline,
        low=scale.low,
        high=scale.high,
        better=scale.better,
        band=band(series),
        cutoff=line.value if line else None,
        width=width,
        height=SIZES[width],
        labels=Labels(
            band=_band_words(width),
            cutoff=beyond(line, better=scale.better).capitalize() if line and width > LEAST else "",
            better=_("better"),
        ),
        walkable=walkable,
        reach=tuple(_reach(series, ahead)) if ahead else (),
    )
    walk = _("Pick a circle, or use the arrow keys, to read an answer.") if walkable else ""
    return format_html(
        '<div class="picture" data-at="{}"{}>{}</div>',
        width,
        format_html(' data-readout-words="{}"', walk) if walk else "",
        mark_safe(svg),  # noqa: S308 -- course_svg escapes its text
    )


def _band_words(width: int) -> str:
    if width >= ROOMY:
        return _("The start, with its usual ups and downs")
    return _("Start") if width > LEAST else ""


def _reach(series: Series, ahead: Projection) -> Iterator[Reach]:
    """Week by week, on the days of this episode; session numbers stay what they are."""
    first = series.current[0].at
    begun = calendar_day(first)
    for one in ahead.ranges:
        gone = one.session - 1
        if begun is not None:
            yield Reach(begun + timedelta(days=WEEK * gone), one.low, one.high)
        elif isinstance(first, int):
            yield Reach(first + gone, one.low, one.high)


def spark(series: Series, *, label: str) -> SafeString:
    """A small picture for a line of a list."""
    values = [point.value for point in series.points]
    svg = sparkline_svg(
        values,
        low=series.scale.low,
        high=series.scale.high,
        band=band(series),
        title=label,
        last=number(values[-1]) if values else "",
    )
    return mark_safe(svg)  # noqa: S308 -- sparkline_svg escapes its text
