"""Worked pictures: how a figure is to be read, on an example or in dots that can be counted."""

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from waymark.interfaces.ui.charts.course import Labels, course_svg
from waymark.interfaces.ui.charts.svg import element
from waymark.library.instrument import Better
from waymark.progress.course.timeline import Point

EXAMPLE = (16, 18, 15, 17, 14, 9)
"""Made up: five answers that wobble around the first one, and a sixth that leaves the band."""

WOBBLE = 6
ACROSS, SIDE, GAP = 10, 18, 8


def wobble() -> SafeString:
    """An example of the band of usual ups and downs, with one answer outside it."""
    first = EXAMPLE[0]
    svg = course_svg(
        [Point(at=n, value=value) for n, value in enumerate(EXAMPLE, start=1)],
        key="wobble",
        title=_("An example of six answers"),
        desc=_("Five answers stay in the band around the first one. The sixth lies below it."),
        low=0,
        high=27,
        better=Better.LOWER,
        band=(first - WOBBLE, first + WOBBLE),
        width=350,
        height=220,
        labels=Labels(band=_("Usual ups and downs"), better=_("better")),
    )
    return mark_safe(svg)  # noqa: S308 -- course_svg escapes its text


def twenty(right: int) -> SafeString:
    """Twenty dots, of which so many are full: in how many of 20 such cases we would be right."""
    dots = "".join(_dot(n, full=n < right) for n in range(20))
    width = ACROSS * (SIDE + GAP) - GAP
    svg = element(
        "svg",
        dots,
        class_="twenty",
        view_box=f"0 0 {width} {2 * SIDE + GAP}",
        role="img",
        aria_label=ngettext(
            "{right} of 20 dots are full: right about {right} times in 20",
            "{right} of 20 dots are full: right about {right} times in 20",
            right,
        ).format(right=right),
    )
    return mark_safe(svg)  # noqa: S308 -- numbers alone


def _dot(place: int, *, full: bool) -> str:
    row, column = divmod(place, ACROSS)
    half = SIDE / 2
    return element(
        "circle",
        class_="dot full" if full else "dot",
        cx=half + column * (SIDE + GAP),
        cy=half + row * (SIDE + GAP),
        r=half - 1,
        fill="currentColor" if full else "none",
        stroke="currentColor",
    )
