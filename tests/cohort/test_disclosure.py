"""Small cells are withheld and others rounded: what may leave."""

import pytest

from waymark.cohort.disclosure import Shown, alone, broken_down, exact, rounded
from waymark.cohort.measure import Share


@pytest.mark.parametrize(
    ("hits", "of", "shown"),
    [
        (9, 100, Shown(None, None)),
        (10, 100, Shown(10, 100)),
        (12, 103, Shown(10, 105)),
        (95, 100, Shown(None, None)),  # five are left, and known by subtraction
        (100, 100, Shown(100, 100)),  # nobody is left
        (0, 100, Shown(None, None)),
        (5, 5, Shown(None, None)),
        (0, 0, Shown(None, None)),
    ],
)
def test_a_share_that_leaves(hits: int, of: int, shown: Shown) -> None:
    assert alone(Share(hits, of)) == shown


def test_ones_own_total_is_exact() -> None:
    assert exact(Share(3, 7)) == Shown(3, 7)
    assert exact(Share(3, 7)).value == pytest.approx(3 / 7)


def test_a_breakdown_withholds_each_small_group() -> None:
    found = broken_down({"north": Share(203, 401), "tiny": Share(4, 31)})
    assert found == {"north": Shown(205, 400), "tiny": Shown(None, None)}
    assert found["tiny"].withheld
    assert found["tiny"].value is None


@pytest.mark.parametrize(("count", "shown"), [(10, 10), (12, 10), (13, 15), (1003, 1005)])
def test_rounding_to_five(count: int, shown: int) -> None:
    assert rounded(count) == shown
