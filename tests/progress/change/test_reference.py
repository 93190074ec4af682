"""Jacobson-Truax against the R package clinicalsignificance and the textbook, person by person.

The package departs from the textbook in cut-off b (it takes the clinical SD where Jacobson and
Truax take the functional one), so b is compared with the textbook's counts alone. The people's
own scores are reference data that may not travel with the project: those tests run where they lie
beside the checkout; people made up here stand on both sides of every edge, too.
"""

import csv
import json
from collections import Counter
from math import inf
from pathlib import Path

import pytest

from tests.needed import REFERENCE, beside
from waymark.library.instrument import Better, Cutoff, Figure, Scale
from waymark.progress.change.reliable_change import (
    Category,
    ReliableChangeRule,
    Yardstick,
    Z,
    compare,
    cutoff_a,
    cutoff_b,
    cutoff_c,
    difference_error,
)

DATA = Path(__file__).parents[2] / "data"
CONSTANTS = json.loads((DATA / "clinsig_constants.json").read_text())
CATEGORIES = ("recovered", "improved", "unchanged", "deteriorated", "harmed")


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def cutoffs_of(known: dict) -> dict[str, float]:
    better = Better(known["better_is"])
    mean, sd = known["m_pre"], known["sd_pre"]
    norm_mean, norm_sd = known["m_functional"], known["sd_functional"]
    return {
        "a": cutoff_a(mean, sd, better=better),
        "b": cutoff_b(norm_mean, norm_sd, better=better),
        "c": cutoff_c(mean, sd, norm_mean=norm_mean, norm_sd=norm_sd),
    }


@pytest.mark.parametrize("dataset", CONSTANTS)
def test_standard_errors_and_cutoffs_equal_the_packages(dataset):
    known = CONSTANTS[dataset]
    s_diff = difference_error(known["sd_pre"], known["reliability"])
    assert s_diff == pytest.approx(known["JT_s_diff"], abs=1e-9)
    assert Z * s_diff == pytest.approx(known["rc_raw_1.96"], abs=1e-8)
    cutoffs = cutoffs_of(known)
    assert cutoffs["a"] == pytest.approx(known["cutoff_a"], abs=1e-9)
    assert cutoffs["c"] == pytest.approx(known["cutoff_c"], abs=1e-9)


@pytest.mark.parametrize("dataset", CONSTANTS)
def test_cutoff_b_is_the_textbooks(dataset):
    rows = rows_of(DATA / "textbook_counts_jt.csv")
    detail = next(
        row["detail"]
        for row in rows
        if row["dataset"] == dataset and row["variant"] == "JT_cutoff_b_functional_SD"
    )
    printed = float(detail.split("=", 2)[2].split()[0])
    assert cutoffs_of(CONSTANTS[dataset])["b"] == pytest.approx(printed, abs=1e-6)


@pytest.mark.parametrize("dataset", CONSTANTS)
def test_every_index_leads_to_the_packages_category(dataset):
    known = CONSTANTS[dataset]
    s_diff = known["JT_s_diff"]
    yardstick = Yardstick(ReliableChangeRule.JACOBSON_TRUAX, Z * s_diff, "the package", s_diff)
    toward_better = 1 if known["better_is"] == "higher" else -1
    rows = [row for row in rows_of(DATA / "clinsig_individual_jt.csv") if row["dataset"] == dataset]
    assert len(rows) == known["n_used"]
    for row in rows:
        rci = float(row["rci"])
        way = "improved" if rci * toward_better > 0 else "deteriorated"
        found = way if yardstick.reached(abs(rci) * s_diff) else "unchanged"
        assert found == row["distribution_category"]


def people_of(known: dict) -> dict[str, tuple[float, float]]:
    """First and last score by person, from the reference folder."""
    path = REFERENCE / known["file"]
    scores: dict[str, dict[str, float]] = {}
    for row in rows_of(path):
        if row[known["outcome"]]:
            person = row.get("subject") or row["id"]
            scores.setdefault(person, {})[row["time"]] = float(row[known["outcome"]])
    first, last = str(known["pre"]), str(known["post"])
    return {
        person: (at[first], at[last]) for person, at in scores.items() if first in at and last in at
    }


def scale_of(known: dict, cutoff: str) -> Scale:
    return Scale(
        id="total",
        title="A measure",
        items=(),
        low=-inf,
        high=inf,
        better=Better(known["better_is"]),
        cutoffs=(Cutoff(cutoffs_of(known)[cutoff], "its norms", name=cutoff),),
        reliability=Figure(known["reliability"], "a test input"),
        sd=Figure(known["sd_pre"], "the first scores"),
    )


REAL = [name for name in CONSTANTS if name != "anxiety_complete"]  # a made-up set, not kept


THE_PEOPLE = beside(
    "jacobson_1989.csv", "claus_2020.csv", instead="test_people_around_every_edge_by_hand"
)


@THE_PEOPLE
@pytest.mark.parametrize("cutoff", ["a", "b", "c"])
@pytest.mark.parametrize("dataset", REAL)
def test_everyone_is_counted_where_the_textbook_counts_them(dataset, cutoff):
    known = CONSTANTS[dataset]
    people = people_of(known)
    scale = scale_of(known, cutoff)
    found = Counter(compare(first, last, scale=scale).category for first, last in people.values())
    variant = {"a": "JT_cutoff_a", "b": "JT_cutoff_b_functional_SD", "c": "JT_cutoff_c"}[cutoff]
    expected = {
        row["category"]: int(row["n"])
        for row in rows_of(DATA / "textbook_counts_jt.csv")
        if row["dataset"] == dataset and row["variant"] == variant
    }
    assert {category: found[Category(category)] for category in CATEGORIES} == expected


@THE_PEOPLE
@pytest.mark.parametrize("cutoff", ["a", "c"])
@pytest.mark.parametrize("dataset", REAL)
def test_everyone_is_counted_where_the_package_counts_them(dataset, cutoff):
    known = CONSTANTS[dataset]
    people = people_of(known)
    scale = scale_of(known, cutoff)
    found = Counter(compare(first, last, scale=scale).category for first, last in people.values())
    expected = {
        row["category"]: int(row["n"])
        for row in rows_of(DATA / "clinsig_counts_jt.csv")
        if (row["dataset"], row["approach"], row["cutoff"]) == (dataset, "combined", cutoff)
    }
    assert {category: found[Category(category)] for category in CATEGORIES} == expected


# Reliability .75 and SD 10 make an error of 5 sqrt(2), so that 13.859 points count. Clinical 40
# (SD 10), functional 20 (SD 5): cut-off a 20, b 30, c (10 * 20 + 5 * 40) / 15 = 26.667.
MADE_UP = {
    "better_is": "lower", "reliability": 0.75, "sd_pre": 10, "m_pre": 40,
    "m_functional": 20, "sd_functional": 5,
}  # fmt: skip
EDGES = {
    "a": [(34, 19, "recovered"), (34, 20, "improved"), (35, 20, "improved")],
    "b": [(43, 29, "recovered"), (44, 30, "improved")],
    "c": [
        (40.5, 26.6, "recovered"),
        (40.6, 26.7, "improved"),
        (40.4, 26.6, "unchanged"),  # crossed, by 13.8 points only
        (26.6, 40.4, "unchanged"),
        (26.6, 40.5, "harmed"),
        (26.7, 40.6, "deteriorated"),
        (10, 23.8, "unchanged"),
        (10, 23.9, "deteriorated"),  # worse, and still among the functional
    ],
}


@pytest.mark.parametrize("higher", [False, True], ids=["lower is better", "higher is better"])
@pytest.mark.parametrize(
    ("cutoff", "first", "last", "category"),
    [(cutoff, *case) for cutoff, cases in EDGES.items() for case in cases],
)
def test_people_around_every_edge_by_hand(cutoff, first, last, category, higher):
    """Where higher is better the same people stand mirrored around 0."""
    known = MADE_UP if not higher else MADE_UP | {
        "better_is": "higher", "m_pre": -40, "m_functional": -20,
    }  # fmt: skip
    ends = (-first, -last) if higher else (first, last)
    found = compare(*ends, scale=scale_of(known, cutoff))
    assert found.category == category
    assert found.rci == pytest.approx((ends[1] - ends[0]) / 50**0.5)


@THE_PEOPLE
@pytest.mark.parametrize("dataset", REAL)
def test_every_person_has_the_packages_index_and_category(dataset):
    known = CONSTANTS[dataset]
    people = people_of(known)
    scale = scale_of(known, "c")
    rows = [row for row in rows_of(DATA / "clinsig_individual_jt.csv") if row["dataset"] == dataset]
    assert {row["id"] for row in rows} == set(people)
    for row in rows:
        found = compare(*people[row["id"]], scale=scale)
        assert found.rci == pytest.approx(float(row["rci"]), rel=1e-8)
        assert found.category == row["category_cutoff_c"]


def test_what_a_look_at_every_session_costs():
    """Nobody in this file changed. The figures (any session .6067, last session .1267) were
    measured on it apart from this code; the page on how change is judged quotes them."""
    courses: dict[str, list[int]] = {}
    for row in rows_of(DATA / "sim_null_sessions.csv"):
        courses.setdefault(row["id"], []).append(int(row["score"]))
    yardstick = Yardstick(ReliableChangeRule.PUBLISHED, 6, "NHS Talking Therapies")
    moved = [
        [yardstick.reached(abs(score - scores[0])) for score in scores[1:]]
        for scores in courses.values()
    ]
    assert len(moved) == 300
    assert sum(any(looks) for looks in moved) / 300 == pytest.approx(0.6067, abs=5e-5)
    assert sum(looks[-1] for looks in moved) / 300 == pytest.approx(0.1267, abs=5e-5)
