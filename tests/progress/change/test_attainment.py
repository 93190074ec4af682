"""Goal attainment T against worked cases, and ratings of goals from 0 to 10."""

import json
from pathlib import Path

import pytest

from waymark.progress.change.attainment import attainment_t, rating_change

CASES = json.loads((Path(__file__).parents[2] / "data" / "gas_reference.json").read_text())


@pytest.mark.parametrize("case", CASES)
def test_a_worked_case(case: dict) -> None:
    """The reference prints four to five decimals."""
    for name, rho in (("T", case["rho"]), ("T_rho0", 0.0)):
        found = attainment_t(case["x"], weights=case["w"], rho=rho)
        assert found == pytest.approx(case[name], abs=6e-5)


def test_figures_of_the_methods_page_to_six_digits() -> None:
    assert attainment_t([2, 1, 0, -1], weights=[4, 2, 1, 1]) == pytest.approx(65.30046, abs=5e-6)
    assert attainment_t([-2, -2, -2]) == pytest.approx(22.61387, abs=5e-6)


def test_what_was_expected_is_fifty() -> None:
    assert attainment_t([0, 0]) == 50


@pytest.mark.parametrize(
    ("levels", "given", "told"),
    [
        ([], {}, "at least one goal"),
        ([3], {}, "from -2 to 2"),
        ([1, 1], {"weights": [1]}, "one weight"),
        ([1], {"weights": [0]}, "above 0"),
        ([1], {"rho": 2}, "rho"),
    ],
)
def test_what_cannot_be_scored_is_refused(levels: list[int], given: dict, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        attainment_t(levels, **given)


@pytest.mark.parametrize(
    ("last", "change", "reliable"), [([5, 6, 4], 3.0, True), ([4, 4, 4], 2.0, False)]
)
def test_the_mean_of_goal_ratings(last: list[float], change: float, reliable: bool) -> None:
    assert rating_change([2, 3, 1], last) == (pytest.approx(change), reliable)


@pytest.mark.parametrize(("first", "last"), [([], []), ([1], [1, 2]), ([11], [3]), ([3], [-1])])
def test_ratings_off_the_scale_are_refused(first: list[float], last: list[float]) -> None:
    with pytest.raises(ValueError, match=r"goals|rating"):
        rating_change(first, last)
