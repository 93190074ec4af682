"""Hints on five levels: no gap, no overlap, a place to begin; each may be passed by."""

import pytest

from waymark.library.level_hints import GAP, NO_START, OVERLAP, level_hints

FIVE = {2: "Four walks", 1: "Three walks", 0: "Two walks", -1: "One walk", -2: "None"}


@pytest.mark.parametrize(
    ("levels", "start", "found"),
    [
        ({}, None, ()),  # nothing is written: nothing is said
        (FIVE, -2, ()),
        (FIVE, None, (NO_START,)),
        ({0: "Two walks"}, -1, (GAP,)),
        ({**FIVE, 1: " two WALKS. "}, -1, (OVERLAP,)),
        ({0: "So", 1: "So"}, None, (GAP, OVERLAP, NO_START)),
    ],
)
def test_what_could_make_levels_easier_to_tell_apart(
    levels: dict[int, str], start: int | None, found: tuple[object, ...]
) -> None:
    assert level_hints(levels, start=start) == found
