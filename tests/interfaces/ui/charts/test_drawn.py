"""The picture of a series: the words beside the case line name the side that counts as well."""

import pytest

from waymark.interfaces.ui.charts.drawn import LEAST, SIZES, drawn
from waymark.library.instrument import Better, Scale
from waymark.library.instruments import INSTRUMENTS
from waymark.progress.change.reliable_change import Side, line_of
from waymark.progress.course.timeline import Point, Series
from waymark.progress.telling.wording import number

LINED = [
    pytest.param(one.id, scale, id=f"{one.id}-{scale.id}")
    for one in INSTRUMENTS.values()
    for scale in one.scales
    if scale.cutoff is not None
]


@pytest.mark.parametrize(("instrument", "scale"), LINED)
def test_the_words_beside_the_line_name_its_better_side(instrument: str, scale: Scale) -> None:
    points = tuple(Point(at=day, value=scale.low) for day in (1, 2))
    pictures = drawn(Series(instrument, scale, points), headline="Two answers.")
    line, lower = line_of(scale), scale.better is Better.LOWER
    assert line is not None
    side, beyond = ("Under", -0.5) if lower else ("Over", 0.5)
    for width in set(SIZES) - {LEAST}:
        picture = pictures.pictures[width]
        assert f">{side} {number(line.value)}<" in picture
    assert line.side(line.value + beyond, better=scale.better) is Side.FUNCTIONAL
    assert line.side(line.value, better=scale.better) is not Side.FUNCTIONAL


def test_both_kinds_of_scale_are_among_them() -> None:
    assert {one.values[1].better for one in LINED} == set(Better)
