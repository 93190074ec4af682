"""A round of the clock is made of parts: what goes wrong in one is told, and stops no other.

Ana and Eli are given the GAD-7 every week from March 2; a round comes by on March 10.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tests.cast import NOON, Cast, after, looking
from tests.record.steps import riverside, told
from waymark.interfaces.jobs import round as rounds
from waymark.interfaces.jobs.round import go_round
from waymark.record.assessments import actions
from waymark.record.assessments.models import Administration, Assignment
from waymark.record.outbox import actions as outbox
from waymark.record.outbox.kind import Kind
from waymark.record.outbox.models import Message
from waymark.record.tenancy.models import Patient

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
A_WEEK_LATER = after(days=8)


@pytest.fixture
def weekly(lakeside: Cast) -> Cast:
    for client, clinician in (("ana", "ben"), ("eli", "gil")):
        given_weekly(lakeside, client, clinician)
    return lakeside


def given_weekly(cast: Cast, client: str, clinician: str) -> None:
    actions.assign(
        cast.patients[client],
        instrument="gad-7",
        rule=actions.RepeatRule("every-days", 7),
        starts_on=date(2026, 3, 2),
        by=cast.viewer(clinician),
        at=NOON,
    )


def given(cast: Cast, client: str) -> int:
    with looking():
        return Administration.objects.filter(patient=cast.patients[client]).count()


def in_no_zone(patient: Patient) -> None:
    Patient.objects.filter(pk=patient.pk).update(zone="Nowhere/Atall")


def by_a_rule_nobody_knows(patient: Patient) -> None:
    Assignment.objects.filter(patient=patient).update(instrument="gone-1")


@pytest.mark.parametrize("spoil", [in_no_zone, by_a_rule_nobody_knows])
@pytest.mark.parametrize("client", ["ana", "eli"])
def test_one_clients_trouble_stops_nobody_elses_turn(
    weekly: Cast, client: str, spoil: Callable[[Patient], None]
) -> None:
    """One record holds what cannot be worked with; whichever it is, the other one is asked."""
    other = "eli" if client == "ana" else "ana"
    with looking():
        spoil(weekly.patients[client])
    done = go_round(at=A_WEEK_LATER)
    assert done.given == 1
    assert (given(weekly, client), given(weekly, other)) == (1, 2)
    number = weekly.patients[client].audit_number
    assert [trouble.split(":")[0] for trouble in done.troubles] == [str(number)]


def test_a_turn_that_fails_in_its_midst_leaves_nothing_half_done(
    weekly: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is due to Ana was written before the error came: it is taken back, and Eli has his."""
    put = outbox.put

    def fails_for_ana(kind: Kind, **words: Any) -> Message:
        if kind == Kind.SOMETHING_DUE and words["account"] == weekly.accounts["ana"].pk:
            raise RuntimeError("canary")
        return put(kind, **words)

    monkeypatch.setattr(outbox, "put", fails_for_ana)
    done = go_round(at=A_WEEK_LATER)
    assert (given(weekly, "ana"), given(weekly, "eli")) == (1, 2)
    assert told("something-due", since=A_WEEK_LATER) == [weekly.accounts["eli"].pk]
    assert len(done.troubles) == 1
    assert "canary" not in done.troubles[0]  # an error's words may hold anything


OF_SWEEPS = tuple(f"{sweep.__module__}.{sweep.__name__}" for sweep in rounds.SWEEPS)
PARTS = ("wanting_clock", "link", "send_waiting", "bring_waiting", *OF_SWEEPS)


@pytest.mark.parametrize("part", PARTS)
def test_a_part_of_the_round_that_fails_stops_no_other(
    weekly: Cast, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    done_anyway = set()

    def watched(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def does(*words: Any, **named: Any) -> Any:
            if name == part:
                raise RuntimeError("canary")
            done_anyway.add(name)
            return real(*words, **named)

        does.__module__ = real.__module__
        return does

    for name in PARTS[:4]:
        monkeypatch.setattr(rounds, name, watched(name, getattr(rounds, name)))
    sweeps = tuple(map(watched, OF_SWEEPS, rounds.SWEEPS))
    monkeypatch.setattr(rounds, "SWEEPS", sweeps)
    done = go_round(at=A_WEEK_LATER)
    assert done_anyway == set(PARTS) - {part}
    assert done.troubles
    assert all(trouble.endswith(": RuntimeError") for trouble in done.troubles)


def test_one_clinics_trouble_stops_no_other_clinic(
    weekly: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Lakeside's turn fails as a whole; Zoe of the Riverside clinic is asked all the same."""
    other = riverside()
    given_weekly(other, "zoe", "cleo")
    real = rounds.wanting_clock

    def fails_at_lakeside(by: Any, **named: Any) -> Any:
        if by.clinic == weekly.clinic.pk:
            raise RuntimeError("canary")
        return real(by, **named)

    monkeypatch.setattr(rounds, "wanting_clock", fails_at_lakeside)
    done = go_round(at=A_WEEK_LATER)
    assert (given(weekly, "ana"), given(other, "zoe")) == (1, 2)
    assert done.troubles == [f"clinic {weekly.clinic.pk}: RuntimeError"]
