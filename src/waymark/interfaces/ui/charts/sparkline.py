"""A course within a line of text: its shape, and where it stands now."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from waymark.interfaces.ui.charts.axis import Plane, ends_of
from waymark.interfaces.ui.charts.svg import coordinate, element, words

MARGIN = 4
FIGURE = 8.5  # units of one figure of the last value, beside its dot


def sparkline_svg(  # noqa: PLR0913 -- each is one part of the picture, as in `course_svg`
    values: Sequence[float | None],
    *,
    title: str,
    low: float,
    high: float,
    band: tuple[float, float] | None = None,
    last: str = "",
    width: int = 120,
    height: int = 32,
) -> str:
    """One SVG element for values in order of time; ``None`` is an occasion without an answer.

    ``title`` is its text alternative. The last answer is a dot, and ``last`` its value beside it.
    Nothing says better or worse by
    color: the words beside the line do.
    """
    known = [value for value in values if value is not None]
    ends = ends_of([*known, *(band or ())], low=low, high=high)
    plane = Plane(
        left=MARGIN,
        right=width - MARGIN - (MARGIN + FIGURE * len(last) if last else 0),
        top=MARGIN,
        bottom=height - MARGIN,
        start=0,
        end=max(len(values) - 1, 0),
        low=ends[0],
        high=ends[1],
    )
    return element(
        "svg",
        "".join([*_band(plane, band), *_line(plane, values), *_end(plane, values, last)]),
        class_="spark",
        view_box=f"0 0 {width} {height}",
        role="img",
        aria_label=title,
    )


def _band(plane: Plane, band: tuple[float, float] | None) -> Iterator[str]:
    if band is not None:
        top, foot = plane.y(band[1]), plane.y(band[0])
        yield element(
            "rect",
            class_="band",
            x=0,
            y=top,
            width=plane.right + MARGIN,
            height=foot - top,
            fill="var(--sage-2, #edf4ef)",
        )


def _line(plane: Plane, values: Sequence[float | None]) -> Iterator[str]:
    """The line, broken where there was no answer."""
    spots = [
        None if value is None else f"{coordinate(plane.x(place))} {coordinate(plane.y(value))}"
        for place, value in enumerate(values)
    ]
    groups = groupby(spots, key=lambda spot: spot is None)
    found = [[spot for spot in group if spot] for missing, group in groups if not missing]
    drawn = "".join("M" + "L".join(run) for run in found if len(run) > 1)
    if drawn:
        yield element(
            "path", class_="trend", d=drawn, fill="none", stroke="currentColor", stroke_width=2
        )


def _end(plane: Plane, values: Sequence[float | None], last: str) -> Iterator[str]:
    for place, value in reversed(list(enumerate(values))):
        if value is not None:
            x, y = plane.x(place), plane.y(value)
            yield element("circle", class_="end", cx=x, cy=y, r=3)
            if last:
                low = min(max(y + 5, plane.top + 9), plane.bottom)  # the whole figure is drawn
                yield words(last, x + 6, low, class_="last", font_size=14, aria_hidden="true")
            return
