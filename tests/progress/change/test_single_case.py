"""Single-case effect sizes against R package SingleCaseES, to six digits."""

import csv
from collections import defaultdict
from functools import partial
from pathlib import Path

import pytest

from tests.needed import REFERENCE, beside
from waymark.progress.change import single_case as sc

DATA = Path(__file__).parents[2] / "data"
SIZES = {
    "NAP": sc.nap,
    "Tau": sc.tau,
    "Tau_U": sc.tau_u,
    "Tau_BC": partial(sc.tau_corrected, pretest=False),
    "PND": sc.pnd,
    "PEM": sc.pem,
    "SMD": sc.smd,
}


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


@beside("single_case_series.csv", instead="test_by_hand")
@pytest.mark.parametrize("size", SIZES)
def test_every_series_equals_the_packages(size: str) -> None:
    phases: dict[tuple[str, str], dict[str, list[float]]] = defaultdict(lambda: {"A": [], "B": []})
    lower: dict[tuple[str, str], bool] = {}
    for row in rows_of(REFERENCE / "single_case_series.csv"):
        key = row["study"], row["case"]
        phases[key][row["phase"]].append(float(row["outcome"]))
        lower[key] = row["improvement"] == "decrease"
    compared = 0
    for row in rows_of(DATA / "single_case_reference.csv"):
        key = row["study"], row["case"]
        if row["metric"] == size:
            held = phases[key]
            found = SIZES[size](held["A"], held["B"], better_is_lower=lower[key])
            assert found == pytest.approx(float(row["Est"]), abs=5e-6), key
            compared += 1
    assert compared == 7


def test_by_hand() -> None:
    """A: 2 3 4, B: 3 5 6; nine pairs, one tie (3, 3) and one below (3 < 4).

    A has an SD of 1 with 2 degrees of freedom: Hedges' correction is 1 - 3 / (4 * 2 - 1).
    """
    a, b = [2, 3, 4], [3, 5, 6]
    assert sc.nap(a, b, better_is_lower=False) == pytest.approx(7.5 / 9)
    assert sc.tau(a, b, better_is_lower=False) == pytest.approx(6 / 9)
    assert sc.tau_u(a, b, better_is_lower=False) == pytest.approx((6 - 3) / 9)
    assert sc.pnd(a, b, better_is_lower=False) == pytest.approx(2 / 3)
    assert sc.pem(a, b, better_is_lower=False) == pytest.approx(2.5 / 3)
    assert sc.smd(a, b, better_is_lower=False) == pytest.approx((14 / 3 - 3) * (1 - 3 / 7))
    assert set(SIZES) == {"NAP", "Tau", "Tau_U", "Tau_BC", "PND", "PEM", "SMD"}  # Tau_BC: below


def test_where_lower_is_better_it_is_the_mirror_image() -> None:
    a, b = [2, 3, 4], [3, 5, 6]
    assert sc.nap(a, b, better_is_lower=True) == pytest.approx(1 - 7.5 / 9)


def test_a_trend_in_a_is_taken_out_only_where_it_is_one() -> None:
    rising, restless = [1, 2, 3, 4, 5, 6], [3, 1, 4, 1, 5, 2]
    after = [7, 8, 9, 10]
    assert sc.tau_corrected(rising, after, better_is_lower=False) == pytest.approx(0.0)
    assert sc.tau_corrected(restless, after, better_is_lower=False) == pytest.approx(1.0)


@pytest.mark.parametrize("size", SIZES)
def test_an_empty_phase_is_refused(size: str) -> None:
    with pytest.raises(ValueError, match="both phases"):
        SIZES[size]([], [1], better_is_lower=True)


def test_a_phase_that_does_not_vary_has_no_standardized_difference() -> None:
    with pytest.raises(ValueError, match="does not vary"):
        sc.smd([3, 3, 3], [1, 2], better_is_lower=True)
