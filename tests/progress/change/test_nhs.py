"""NHS Talking Therapies: the truth table on every row, the published rates to a decimal."""

import csv
from pathlib import Path

import pytest

from waymark.progress.change.nhs import (
    Counts,
    Outcome,
    Pair,
    Rates,
    Thresholds,
    count,
    outcome,
    rates,
)

DATA = Path(__file__).parents[2] / "data"

FLAGS = (
    "caseness_start",
    "caseness_end",
    "reliable_improvement",
    "reliable_deterioration",
    "no_reliable_change",
    "mixed_change",
    "recovery",
    "reliable_recovery",
)


def rows_of(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(newline="") as file:
        return list(csv.DictReader(file))


TABLE = rows_of("nhs_truth_table_200.csv")
YEARS = rows_of("nhs_england_totals_first5years.csv")


def pairs_of(row: dict[str, str]) -> tuple[Pair, Pair]:
    return (
        Pair(int(row["phq_first"]), int(row["phq_last"])),
        Pair(int(row["gad_first"]), int(row["gad_last"])),
    )


def test_the_truth_table_has_its_200_rows():
    assert len(TABLE) == 200


@pytest.mark.parametrize("row", TABLE, ids=lambda row: "-".join(list(row.values())[:4]))
def test_the_truth_table_agrees(row):
    found = outcome(*pairs_of(row))
    assert {flag: getattr(found, flag) for flag in FLAGS} == {
        flag: row[flag] == "TRUE" for flag in FLAGS
    }


@pytest.mark.parametrize(
    ("phq", "gad", "at_least", "improved"),
    [
        (Pair(15, 10), Pair(10, 10), True, False),
        (Pair(16, 10), Pair(10, 10), True, True),
        (Pair(16, 10), Pair(10, 10), False, False),
        (Pair(17, 10), Pair(10, 10), False, True),
        (Pair(15, 15), Pair(13, 10), True, False),
        (Pair(15, 15), Pair(14, 10), True, True),
        (Pair(15, 15), Pair(14, 10), False, False),
        (Pair(15, 15), Pair(15, 10), False, True),
    ],
)
def test_the_strictness_at_the_threshold_is_a_choice(phq, gad, at_least, improved):
    found = outcome(phq, gad, at_least=at_least)
    assert found.reliable_improvement is improved
    assert found.no_reliable_change is not improved


def test_both_directions_at_once_are_no_reliable_change():
    found = outcome(Pair(18, 10), Pair(8, 14))
    assert found.mixed_change
    assert found.no_reliable_change
    assert not found.reliable_improvement
    assert not found.reliable_deterioration


def test_a_measure_of_the_persons_own_problem_brings_its_own_thresholds():
    own = Thresholds(caseness=32, reliable=10, source="given by the service")
    assert not outcome(Pair(5, 5), Pair(31, 22), thresholds=own).caseness_start
    found = outcome(Pair(5, 5), Pair(32, 22), thresholds=own)
    assert found.reliable_recovery


def counts_of(row: dict[str, str]) -> Counts:
    return Counts(
        finished=int(row["finished_course_treatment_n"]),
        not_at_caseness=int(row["not_at_caseness_n"]),
        reliable_improvement=int(row["improvement_n"]),
        reliable_deterioration=int(row["deterioration_n"]),
        no_reliable_change=int(row["no_reliable_change_n"]),
        recovery=int(row["recovery_n"]),
        reliable_recovery=int(row["reliable_recovery_n"]),
    )


@pytest.mark.parametrize("row", YEARS, ids=lambda row: row["reporting_period"])
def test_the_published_rates_of_england_come_out_to_one_decimal(row):
    found = rates(counts_of(row))
    published = {
        "reliable_improvement": row["improvement_pct"],
        "reliable_deterioration": row["deterioration_pct"],
        "no_reliable_change": row["no_reliable_change_pct"],
        "recovery": row["recovery_pct"],
        "reliable_recovery": row["reliable_recovery_pct"],
    }
    assert {name: f"{getattr(found, name):.1f}" for name in published} == {
        name: f"{float(rate):.1f}" for name, rate in published.items()
    }


def test_recovery_is_not_divided_by_the_courses_at_caseness():
    """2024-25: of 670,419 less 35,234 it is the published 50.5; of 634,248 it would be 50.6."""
    england = Counts(
        finished=670_419,
        not_at_caseness=35_234,
        reliable_improvement=0,
        reliable_deterioration=0,
        no_reliable_change=0,
        recovery=321_061,
        reliable_recovery=0,
    )
    assert f"{rates(england).recovery:.1f}" == "50.5"


def test_counting_keeps_courses_without_pairs_among_the_finished():
    better, never_a_case = outcome(Pair(18, 8), Pair(12, 6)), outcome(Pair(5, 5), Pair(5, 5))
    counts = count([better, never_a_case, None])
    assert counts == Counts(
        finished=3,
        not_at_caseness=1,
        reliable_improvement=1,
        reliable_deterioration=0,
        no_reliable_change=1,
        recovery=1,
        reliable_recovery=1,
    )
    assert rates(counts).recovery == 50
    assert rates(counts).reliable_improvement == pytest.approx(100 / 3)


def test_nobody_counted_gives_no_rate():
    assert rates(count([])) == Rates(None, None, None, None, None)


def test_the_three_kinds_of_change_exclude_each_other():
    kinds = ("reliable_improvement", "reliable_deterioration", "no_reliable_change")
    found: list[Outcome] = [outcome(*pairs_of(row)) for row in TABLE]
    assert all(sum(getattr(one, kind) for kind in kinds) == 1 for one in found)
