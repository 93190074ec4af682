"""Where courses that began like this one stand: two broken lines, and a few words between them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from waymark.interfaces.ui.charts.axis import Plane
from waymark.interfaces.ui.charts.placing import Dot
from waymark.interfaces.ui.charts.svg import coordinate, element
from waymark.progress.course.timeline import At


@dataclass(frozen=True, slots=True)
class Reach:
    """The range at one moment, in scale points."""

    at: At
    low: float
    high: float


def fan(plane: Plane, reach: Sequence[Reach]) -> Iterator[str]:
    """The ground between both ends, and both ends as broken lines: color is not the only sign."""
    if len(reach) < 2:
        return
    upper = [_spot(plane, one.at, one.high) for one in reach]
    lower = [_spot(plane, one.at, one.low) for one in reach]
    ground = f"M{'L'.join([*upper, *reversed(lower)])}Z"
    yield element("path", class_="reach", d=ground, fill="currentColor", fill_opacity="0.06")
    for edge in (upper, lower):
        yield element(
            "path",
            class_="reach-edge",
            d=f"M{'L'.join(edge)}",
            fill="none",
            stroke="currentColor",
            stroke_width=1.5,
            stroke_dasharray="2 5",
        )


def edges(plane: Plane, reach: Sequence[Reach]) -> list[list[Dot]]:
    """Both ends as places in the picture, so that words find room beside them."""
    return [
        [(plane.x(one.at), plane.y(value)) for one, value in zip(reach, ends, strict=True)]
        for ends in ([one.high for one in reach], [one.low for one in reach])
    ]


def _spot(plane: Plane, at: At, value: float) -> str:
    return f"{coordinate(plane.x(at))} {coordinate(plane.y(value))}"
