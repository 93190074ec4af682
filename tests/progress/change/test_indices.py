"""Every family of reliable change indices, person by person, as R package clinicalsignificance.

The people's own scores are reference data that may not travel with the project: those tests run
where they lie beside the checkout. Each index is worked by hand, too, for people made up here.
"""

import csv
import json
from collections import Counter, defaultdict
from dataclasses import replace
from pathlib import Path

import pytest

from tests.needed import REFERENCE, beside
from waymark.progress.change.indices import (
    INDICES,
    ONE_SIDED,
    Sample,
    by_anchor,
    by_percentage,
    crawford_howell_critical,
    difference_reliability,
    percentage_change,
)
from waymark.progress.change.reliable_change import Z

DATA = Path(__file__).parents[2] / "data"
CONSTANTS = json.loads((DATA / "clinsig_constants.json").read_text())
SETS = ("jacobson_das", "jacobson_gds", "claus_bdi", "claus_hamd", "claus_who5")
PEOPLE = ("jacobson_1989.csv", "claus_2020.csv", "clinsig_individual.csv")


def rows_of(name: str) -> list[dict[str, str]]:
    with (REFERENCE / name).open(newline="") as file:
        return list(csv.DictReader(file))


def sample_of(name: str) -> Sample:
    known = CONSTANTS[name]
    return Sample(
        n=known["n_used"],
        mean_first=known["m_pre"],
        sd_first=known["sd_pre"],
        mean_last=known["m_post"],
        sd_last=known["sd_post"],
        correlation=known["r_pre_post"],
        reliability=known["reliability"],
    )


def pairs_of(name: str) -> dict[str, tuple[float, float]]:
    known = CONSTANTS[name]
    who = "subject" if known["file"].startswith("jacobson") else "id"
    held: dict[str, dict[str, str]] = defaultdict(dict)
    for row in rows_of(known["file"]):
        held[row[who]][row["time"]] = row[known["outcome"]]
    ends = (str(known["pre"]), str(known["post"]))
    return {
        id: (float(times[ends[0]]), float(times[ends[1]]))
        for id, times in held.items()
        if all(times.get(end, "") not in {"", "NA"} for end in ends)
    }


@beside(*PEOPLE, instead="test_every_index_by_hand")
@pytest.mark.parametrize("method", ["JT", "GLN", "HLL", "EN", "NK", "HA"])
@pytest.mark.parametrize("dataset", SETS)
def test_everybodys_index_equals_the_packages(dataset: str, method: str) -> None:
    """The package takes the first SD twice in NK (a departure); its scores rise to better."""
    sample, pairs = sample_of(dataset), pairs_of(dataset)
    if method == "NK":
        sample = replace(sample, sd_last=sample.sd_first)
    wanted = {
        row["id"]: float(row["rci"])
        for row in rows_of("clinsig_individual.csv")
        if (row["dataset"], row["method"]) == (dataset, method)
    }
    assert set(wanted) == set(pairs)
    for id, index in wanted.items():
        assert INDICES[method](*pairs[id], sample=sample) == pytest.approx(index, abs=1e-6)


def judged(dataset: str, method: str, critical: float) -> Counter[str]:
    """Reliably better, worse, or neither."""
    sample, better = sample_of(dataset), CONSTANTS[dataset]["better_is"]
    sign = 1 if better == "higher" else -1
    found: Counter[str] = Counter()
    for first, last in pairs_of(dataset).values():
        index = sign * INDICES[method](first, last, sample=sample)
        name = "improved" if index > critical else "worse" if index < -critical else "unchanged"
        found[name] += 1
    return found


@beside(*PEOPLE, "textbook_variants_counts.csv", instead="test_every_index_by_hand")
@pytest.mark.parametrize("dataset", SETS)
@pytest.mark.parametrize(
    ("method", "variant"), [("NK", "NK_post_SD_cutoff_c"), ("RB", "regression_based_cutoff_c")]
)
def test_the_first_published_forms_count_as_the_textbook(
    dataset: str, method: str, variant: str
) -> None:
    counts = {
        row["category"]: int(row["n"])
        for row in rows_of("textbook_variants_counts.csv")
        if (row["dataset"], row["variant"]) == (dataset, variant)
    }
    found = judged(dataset, method, Z)
    assert found["improved"] == counts["recovered"] + counts["improved"]
    assert found["worse"] == counts["deteriorated"] + counts["harmed"]
    assert found["unchanged"] == counts["unchanged"]


@beside(*PEOPLE, "textbook_variants_counts.csv", instead="test_a_share_of_the_first_score")
@pytest.mark.parametrize("dataset", SETS)
@pytest.mark.parametrize("percent", [25, 30, 50])
def test_percentages_count_as_the_textbook(dataset: str, percent: int) -> None:
    counts = {
        row["category"]: int(row["n"])
        for row in rows_of("textbook_variants_counts.csv")
        if (row["dataset"], row["variant"]) == (dataset, f"percentage_{percent}_pre0_safe")
    }
    lower = CONSTANTS[dataset]["better_is"] == "lower"
    found = Counter(
        by_percentage(first, last, share=percent / 100, better_is_lower=lower)
        for first, last in pairs_of(dataset).values()
    )
    assert (found[1], found[0], found[-1]) == (
        counts["improved"], counts["unchanged"], counts["deteriorated"],
    )  # fmt: skip


# A group of 30: first scores 20 (SD 10), last ones 15 (SD 8), correlated .6; reliability .75.
MADE_UP = Sample(30, 20, 10, 15, 8, 0.6, 0.75)


@pytest.mark.parametrize(
    ("method", "ana", "eli"),
    [
        # Ana goes from 30 to 12, Eli from 15 to 21; the errors: SEM 10 sqrt(.25) = 5.
        ("JT", -18 / 50**0.5, 6 / 50**0.5),  # of a difference: 5 sqrt(2)
        ("GLN", -15.5 / 43.75**0.5, 4.75 / 43.75**0.5),  # of prediction: 10 sqrt(1 - .75^2)
        ("HLL", -10.5 / 43.75**0.5, 9.75 / 43.75**0.5),  # the same, less the group's own change
        ("EN", (12 - 27.5) / 5, (21 - 16.25) / 5),  # from the score drawn to the mean
        ("NK", -15.5 / 30.0625**0.5, 4.75 / 30.0625**0.5),  # .75^2 100 .25 + 64 .25
        # The reliability of a difference is (75 + 39 - 96) / (164 - 96) = 9/34.
        ("HA", (-18 * 9 - 5 * 25) / 34 / (450 / 34) ** 0.5,
         (6 * 9 - 5 * 25) / 34 / (450 / 34) ** 0.5),
        ("RB", (12 - 19.8) / 6.4, (21 - 12.6) / 6.4),  # slope .48, residual SD 8 sqrt(1 - .36)
        ("CH", (12 - 19.8) / (6.4 * (1 + 1 / 30 + 100 / 2900) ** 0.5),
         (21 - 12.6) / (6.4 * (1 + 1 / 30 + 25 / 2900) ** 0.5)),
    ],
)  # fmt: skip
def test_every_index_by_hand(method: str, ana: float, eli: float) -> None:
    assert INDICES[method](30, 12, sample=MADE_UP) == pytest.approx(ana, abs=1e-12)
    assert INDICES[method](15, 21, sample=MADE_UP) == pytest.approx(eli, abs=1e-12)


def test_every_index_has_a_case_by_hand() -> None:
    assert set(INDICES) == {"JT", "GLN", "HLL", "EN", "NK", "HA", "RB", "CH"}


@pytest.mark.parametrize("dataset", SETS)
def test_constants_equal_the_packages(dataset: str) -> None:
    sample, known = sample_of(dataset), CONSTANTS[dataset]
    assert sample.sem == pytest.approx(known["EN_se_measurement"], abs=1e-9)
    assert sample.prediction_error == pytest.approx(known["GLN_se_prediction"], abs=1e-9)
    assert difference_reliability(sample) == pytest.approx(known["HA_r_dd"], abs=1e-9)


def test_critical_values() -> None:
    assert pytest.approx(1.644854, abs=1e-6) == ONE_SIDED
    assert crawford_howell_critical(sample_of("jacobson_das")) == pytest.approx(2.0484, abs=1e-4)


def test_crawford_and_howell_is_more_careful_far_from_the_mean() -> None:
    """By hand: at the mean the error grows by sqrt(1 + 1/n) alone."""
    sample = sample_of("jacobson_das")
    middle = INDICES["RB"](sample.mean_first, 120, sample=sample)
    careful = INDICES["CH"](sample.mean_first, 120, sample=sample)
    assert careful == pytest.approx(middle / (1 + 1 / 30) ** 0.5)
    ratio = INDICES["CH"](120, 150, sample=sample) / INDICES["RB"](120, 150, sample=sample)
    assert ratio < careful / middle


@pytest.mark.parametrize(
    ("first", "last", "lower", "found"),
    [(20, 14, True, 1), (20, 16, True, 0), (20, 26, True, -1), (0, 0, True, 0), (0, 3, True, -1),
     (0, 3, False, 1), (20, 26, False, 1)],
)  # fmt: skip
def test_a_share_of_the_first_score(first: int, last: int, lower: bool, found: int) -> None:
    assert by_percentage(first, last, share=0.3, better_is_lower=lower) == found


def test_a_share_of_nothing_is_not_known() -> None:
    assert percentage_change(0, 3) is None
    assert percentage_change(0, 0) == 0
    assert percentage_change(20, 15) == -0.25


@pytest.mark.parametrize(
    ("last", "found"), [(13, 1), (14, 0), (20, 0), (24, 0), (25, -1), (30, -1)]
)
def test_an_anchor_may_differ_by_direction(last: int, found: int) -> None:
    """7 points better, 5 points worse, from 20."""
    assert by_anchor(20, last, better=7, worse=5, better_is_lower=True) == found


@pytest.mark.parametrize(
    "given",
    [{"n": 2}, {"sd_first": 0}, {"reliability": 1}, {"reliability": 0}, {"correlation": 1}],
)
def test_an_impossible_sample_is_refused(given: dict) -> None:
    with pytest.raises(ValueError, match=r"needs|lies"):
        replace(sample_of("jacobson_das"), **given)


def test_differences_without_any_reliability_are_refused() -> None:
    sample = replace(sample_of("jacobson_das"), correlation=0.95, sd_last=11.0, reliability=0.5)
    with pytest.raises(ValueError, match="not reliable"):
        INDICES["HA"](80, 90, sample=sample)


@pytest.mark.parametrize("call", [
    lambda: by_percentage(1, 2, share=0, better_is_lower=True),
    lambda: by_anchor(1, 2, better=0, worse=5, better_is_lower=True),
])  # fmt: skip
def test_a_threshold_of_nothing_is_refused(call) -> None:
    with pytest.raises(ValueError, match="above 0"):
        call()
