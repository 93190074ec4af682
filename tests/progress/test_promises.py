"""What `waymark validate` promises, held at smoke size in every run and whole in `make assurance`.

Seeds on which nothing was chosen. A planted fault stands beside each promise: limits that claim
too soon must be seen by it.
"""

from collections.abc import Sequence

import pytest

from tests.figures import note
from tests.progress.calibrated import FULL
from waymark.cohort import course as cohort_course
from waymark.interfaces.cli.analyst.commands.validate import validations
from waymark.progress.change import belief
from waymark.progress.validation.validation import ValidationFigure, together

SMOKE = {"change": 1500, "shift": 1500, "change-autocorrelated": 1800, "on-track": 3000}
"""People; the promises of check-ins have a smoke of their own (`test_checkins_validation.py`)."""

BY_FIT = ("held by the", "calibration slope")
"""Of the expected course: they rest on one fit, and on few people they tell of that one alone.
Decided whole."""

WHOLE = (1, 2, 3)
SEED = 90210


def tried(id: str) -> list[ValidationFigure]:
    """All figures of a validation: of one seed, or of the printed ones together."""
    one = validations()[id]
    if not FULL:
        return list(one.run(SEED, SMOKE[id]))
    rows = zip(*(one.run(seed, one.people) for seed in WHOLE), strict=True)
    return [together(row) for row in rows]


def decided(figures: Sequence[ValidationFigure], id: str) -> list[ValidationFigure]:
    whole = FULL or id != "on-track"
    return [one for one in figures if whole or not one.name.startswith(BY_FIT)]


def missed(figures: Sequence[ValidationFigure]) -> list[str]:
    return [f"{one.name}: {one.value:.3f}" for one in figures if one.met is False]


PROMISED = sorted(validations()) if FULL else sorted(SMOKE)


@pytest.mark.parametrize("id", PROMISED)
def test_every_promise_lies_within_its_interval(id: str) -> None:
    figures, known = decided(tried(id), id), validations()[id].whys
    if FULL:
        kept = sum(one.met is True for one in figures)
        note(f"promises of {id}", f"{kept} kept, {len(missed(figures))} missed")
    assert [one for one in missed(figures) if one.rpartition(":")[0] not in known] == []


def test_every_promise_has_a_smoke() -> None:
    """Those of check-ins stand in their own file."""
    promised = {id for id in validations() if "-irregular" not in id}
    elsewhere = {"daily", "early-warning", "early-warning-autocorrelated", "half-life"}
    assert promised == set(SMOKE) | elsewhere


EVER = "0.5 left: ever called changed in twelve looks, of those who never did"


def ever(figures: Sequence[ValidationFigure]) -> ValidationFigure:
    return next(one for one in figures if one.name == EVER)


@pytest.mark.parametrize(
    ("limits", "what"),
    [
        ({"SURE_AT_ONCE": 0.865, "SURE": 0.645}, "a lower limit at every score"),
        ({"SURE_AT_ONCE": 0.74}, "no caution in the first scores"),
        ({"SURE_AT_ONCE": 0.70, "SURE": 0.70}, "one limit of .70"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_a_belief_that_claims_too_soon_is_seen(
    limits: dict[str, float], what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in limits.items():
        monkeypatch.setattr(belief, name, value)
    figures = validations()["change-autocorrelated"].run(SEED, 1800)
    assert ever(figures).met is False, what


def test_a_shift_that_is_found_too_easily_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(belief, "SHIFT", 0.30)
    found = missed(validations()["shift"].run(SEED, 1500))
    assert any("of gradual courses" in one for one in found)


@pytest.mark.parametrize(
    ("name", "value", "promise"),
    [
        ("SENSITIVITY", 0.999, "not flagged, of the others"),
        ("USUAL_THRESHOLD", 0.20, "flagged before the last session"),
        ("USUAL_THRESHOLD", 0.01, "not flagged, of the others"),
    ],
)
def test_another_threshold_of_the_expected_course_is_seen(
    name: str, value: float, promise: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cohort_course, name, value)
    found = missed(validations()["on-track"].run(SEED, 3000))
    assert any(one.startswith(promise) for one in found)
