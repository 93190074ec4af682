"""A series as a page shows it: one picture for wide pages, one for phones."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.utils.html import format_html
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

WIDE, PHONE = 760, 350


@dataclass(frozen=True, slots=True)
class Drawn:
    """Both pictures; CSS shows the one that fits."""

    wide: SafeString
    narrow: SafeString


def drawn(
    series: Series, *, headline: str, walkable: bool = True, ahead: Projection | None = None
) -> Drawn:
    """The pictures of a series, with the told sentence as their text alternative; ``ahead`` adds
    where courses that began like this one stand."""
    return Drawn(
        wide=_picture(series, headline, width=WIDE, walkable=walkable, ahead=ahead),
        narrow=_picture(series, headline, width=PHONE, walkable=walkable, ahead=ahead),
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
        labels=Labels(
            band=_("The start, with its usual ups and downs") if width == WIDE else _("Start"),
            cutoff=beyond(line, better=scale.better).capitalize() if line else "",
            better=_("better"),
        ),
        walkable=walkable,
        reach=tuple(_reach(series, ahead)) if ahead else (),
    )
    shown = "chart-wide" if width == WIDE else "chart-narrow"
    walk = _("Pick a circle, or use the arrow keys, to read an answer.") if walkable else ""
    return format_html(
        '<div class="{}"{}>{}</div>',
        shown,
        format_html(' data-readout-words="{}"', walk) if walk else "",
        mark_safe(svg),  # noqa: S308 -- course_svg escapes its text
    )


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
