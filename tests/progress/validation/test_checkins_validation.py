"""Judgements of check-ins hold their targets at smoke size, on people nothing was tuned on."""

import csv
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from waymark.progress.days import daily, early_warning, half_life
from waymark.progress.days.half_life import ReturnVerdict, recover
from waymark.progress.validation.simulations import POPULATIONS
from waymark.progress.validation.simulations.checkins import RECOVERING
from waymark.progress.validation.validation import ValidationFigure
from waymark.progress.validation.validations.daily import run as validate_daily
from waymark.progress.validation.validations.early_warning import run as validate_early_warning
from waymark.progress.validation.validations.early_warning import run_autocorrelated
from waymark.progress.validation.validations.half_life import run as validate_half_life

DATA = Path(__file__).parents[2] / "data"


@pytest.mark.parametrize(
    ("validate", "people"),
    [
        (validate_half_life, 160),
        (validate_early_warning, 90),
        (run_autocorrelated, 192),
        (validate_daily, 120),
    ],
)
def test_every_target_lies_within_its_interval(
    validate: Callable[[int, int], Sequence[ValidationFigure]], people: int
) -> None:
    figures = validate(90210, people)
    missed = [f"{one.name}: {one.value:.3f}" for one in figures if one.met is False]
    assert not missed


def value(figures: Sequence[ValidationFigure], name: str) -> ValidationFigure:
    return next(one for one in figures if one.name == name)


def test_saying_faster_too_soon_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """The planted fault: faster is said from even odds on."""
    monkeypatch.setattr(half_life, "SURE", 0.5)
    found = value(validate_half_life(3, 80), "called faster, of those who did not change")
    assert found.met is False


def test_textbook_limits_are_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """The planted fault: a limit of 1.5 standard errors whatever the budget."""
    monkeypatch.setattr(early_warning, "LIMITS", ((0.5, 1.5), (0.0005, 1.5)))
    assert value(validate_early_warning(3, 60), "false alarm in 108 days").met is False


def test_taking_for_granted_how_far_days_hang_together_is_seen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The planted fault: everybody is thought to lose .65 of a deviation overnight."""
    monkeypatch.setattr(early_warning, "PHIS", np.array([0.35]))
    found = value(run_autocorrelated(3, 384), "left after a day 0.7: false alarm in 108 days")
    assert found.met is False


def test_size_alone_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """The planted fault: whatever is large enough counts as clear."""
    monkeypatch.setattr(daily, "PROBABLE", 0.0)
    found = value(validate_daily(3, 60), "number: ever clear or probably real, where there is none")
    assert found.met is False


@pytest.mark.parametrize("population", POPULATIONS.values(), ids=lambda one: one.id)
def test_the_same_seed_draws_the_same_people(population) -> None:
    assert population.people(4, number=12) == population.people(4, number=12)
    assert population.people(4, number=12) != population.people(5, number=12)


# The shared sets: the generators resemble them, and the judgement holds on them


def test_people_who_recover_resemble_the_shared_ones() -> None:
    """Mean, spread and missed days of distress, within what 72 people leave open."""
    given = [float(row["distress"] or "nan") for row in rows("sim_checkins_recovery.csv")]
    drawn = [
        np.nan if one is None else one
        for person in RECOVERING.people(1, number=120)
        if person.pattern != "calmer"
        for one in person.distress
    ]
    assert np.nanmean(drawn) == pytest.approx(np.nanmean(given), abs=2.5)
    assert np.nanstd(drawn) == pytest.approx(np.nanstd(given), abs=1)
    assert np.isnan(drawn).mean() == pytest.approx(np.isnan(given).mean(), abs=0.02)


def test_the_shared_people_are_judged_as_their_truth_says() -> None:
    """24 people a group: most of the faster, hardly any other, none of the slower."""
    groups = {row["id"]: row["group"] for row in rows("sim_checkins_recovery_truth.csv")}
    days: dict[str, list[dict[str, str]]] = {}
    for row in rows("sim_checkins_recovery.csv"):
        days.setdefault(row["id"], []).append(row)
    faster = {"faster": 0, "same": 0, "slower": 0}
    for person, group in groups.items():
        mine = days[person]
        found = recover(
            [int(row["day"]) for row in mine],
            [float(row["distress"]) if row["distress"] else None for row in mine],
            setbacks=[int(row["day"]) for row in mine if row["setback"] == "1"],
            low=0,
            high=100,
        )
        faster[group] += found.verdict is ReturnVerdict.FASTER
    assert faster["faster"] >= 20
    assert faster["same"] <= 4
    assert faster["slower"] == 0


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(newline="") as file:
        return list(csv.DictReader(file))
