"""A time that jumped ahead is an alarm, however long it stays, until the owner says it is right.

believed   NOON .. NOON + 6.9 days: late, and not wrong
alarm      from NOON + 7 days on: letters are sent, and nothing is asked, lapses or is swept away
"""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from click.testing import CliRunner
from django.test import Client

from tests.cast import NOON, Cast, after, looking
from waymark.interfaces.cli.owner import checks, portal
from waymark.interfaces.cli.owner.commands import doctor
from waymark.interfaces.clinic import frame
from waymark.interfaces.jobs import worker as at_work
from waymark.interfaces.jobs.round import Round
from waymark.interfaces.jobs.worker import Worker
from waymark.record.assessments import actions
from waymark.record.assessments.models import Administration
from waymark.record.outbox.actions import beat, believe, clock_jumped, last_beat, let_go
from waymark.record.outbox.models import Beat

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
JUMPED = after(days=400)


@pytest.mark.parametrize("late", [timedelta(seconds=5), timedelta(hours=62), timedelta(days=6.9)])
def test_an_ordinary_turn_and_a_weekend_away_are_believed(late: timedelta) -> None:
    believe(at=NOON)
    assert not clock_jumped(at=NOON + late)


def test_a_week_ahead_is_a_jump() -> None:
    believe(at=NOON)
    assert not clock_jumped(at=after(days=7) - timedelta(seconds=1))
    assert clock_jumped(at=after(days=7))


def test_the_first_turn_and_a_clock_set_back_are_believed() -> None:
    assert not clock_jumped(at=NOON)
    believe(at=JUMPED)
    assert not clock_jumped(at=NOON)
    believe(at=NOON)
    assert clock_jumped(at=JUMPED)


@pytest.fixture
def turns(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The worker at these moments; which rounds it went, and whether it believed the time."""
    gone: list[tuple[datetime, bool]] = []

    def go_round(*, at: datetime, believed: bool) -> Round:
        gone.append((at, believed))
        return Round()

    def at(*moments: datetime, worker: Worker | None = None) -> list[tuple[datetime, bool]]:
        worker = worker or Worker()
        for moment in moments:
            monkeypatch.setattr(at_work, "now", lambda moment=moment: moment)
            worker.turn()
        return gone

    monkeypatch.setattr(at_work, "close_old_connections", lambda: None)
    monkeypatch.setattr(at_work, "go_round", go_round)
    return at


def test_a_jump_that_stays_is_never_a_fact(turns: Any) -> None:
    """For an hour, for a day, for as long as nobody says that it is right."""
    days = [JUMPED, JUMPED + timedelta(hours=1), JUMPED + timedelta(days=3)]
    assert turns(NOON, *days) == [(NOON, True), *((day, False) for day in days)]


def test_a_restart_in_a_wrong_year_is_no_new_beginning(turns: Any) -> None:
    """The worker that stops leaves its place; what was believed stays."""
    first = Worker()
    turns(NOON, worker=first)
    let_go(first.holder)
    assert last_beat() is None
    assert turns(JUMPED)[-1] == (JUMPED, False)


def test_a_clock_that_is_set_right_needs_nobody_to_say_so(turns: Any) -> None:
    assert turns(NOON, JUMPED, after(minutes=5))[-1] == (after(minutes=5), True)
    assert last_beat() == after(minutes=5)


def test_the_owner_says_that_it_is_right(turns: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine was off for a year."""
    turns(NOON, JUMPED)
    monkeypatch.setattr(portal, "start", lambda: None)
    monkeypatch.setattr(doctor, "examine", lambda *, at: [])
    from waymark.interfaces import endpoint

    monkeypatch.setattr(endpoint, "now", lambda: JUMPED)
    said = CliRunner().invoke(doctor.doctor, ["--clock-is-right"])
    assert "Taken for right: Tuesday, April 6, 2027" in said.output
    assert turns(JUMPED + timedelta(seconds=5))[-1][1] is True


def test_the_last_believed_moment_is_not_written_in_every_round(turns: Any) -> None:
    turns(NOON, after(seconds=5), after(seconds=10))
    assert Beat.objects.get(name="clock").beat_at == NOON
    turns(after(minutes=3))
    assert Beat.objects.get(name="clock").beat_at == after(minutes=3)


def test_it_is_told_where_people_look(lakeside: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    believe(at=NOON)
    beat("somebody", at=JUMPED)
    monkeypatch.setattr("waymark.interfaces.accounts.public_pages.now", lambda: JUMPED)
    monkeypatch.setattr(checks, "now", lambda: JUMPED)
    assert Client().get("/readyz").content == b"not ready: clock\n"
    (check,) = checks._clock()
    assert not check.well
    assert not check.refuses  # clients go on being heard
    assert "--clock-is-right" in check.remedy
    assert any("The time of this machine jumped" in one for one in frame._troubles(JUMPED))
    believe(at=JUMPED)
    assert Client().get("/readyz").content == b"ready\n"
    assert checks._clock()[0].well
    assert frame._troubles(JUMPED) == []


@pytest.mark.parametrize("believed", [True, False])
def test_in_a_time_that_is_not_believed_nothing_falls_due_and_letters_are_sent(
    lakeside: Cast, believed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    actions.assign(
        lakeside.patients["ana"],
        instrument="gad-7",
        rule=actions.RepeatRule("every-days", 7),
        starts_on=date(2026, 3, 2),
        by=lakeside.viewer("ben"),
        at=NOON,
    )
    with looking():
        before = list(Administration.objects.values_list("pk", "due_at"))
    from waymark.interfaces.jobs import round as rounds

    sent: list[datetime] = []
    swept: list[datetime] = []
    monkeypatch.setattr(rounds, "send_waiting", lambda *, at: sent.append(at) or 1)
    monkeypatch.setattr(rounds, "SWEEPS", (lambda *, at: swept.append(at) or 0,))
    rounds.go_round(at=JUMPED, believed=believed)
    with looking():
        same = list(Administration.objects.values_list("pk", "due_at")) == before
    assert (same, bool(swept), bool(sent)) == (not believed, believed, True)
