"""The worker believes its clock, but for a jump ahead: that one once it has held for an hour."""

from datetime import datetime, timedelta

import pytest

from tests.cast import NOON, after
from waymark.interfaces.jobs import worker as at_work
from waymark.interfaces.jobs.clock import Clock
from waymark.interfaces.jobs.worker import Worker
from waymark.record.outbox.actions import beat, last_beat


class Steady:
    """Time that cannot jump, moved by hand."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def steady() -> Steady:
    return Steady()


@pytest.fixture
def clock(steady: Steady) -> Clock:
    return Clock(steady)


@pytest.mark.parametrize("late", [timedelta(seconds=5), timedelta(hours=62), timedelta(days=6.9)])
def test_an_ordinary_turn_and_a_weekend_away_are_believed(clock: Clock, late: timedelta) -> None:
    assert clock.believed(at=NOON + late, before=NOON)


def test_a_week_ahead_is_a_jump(clock: Clock) -> None:
    a_week = timedelta(days=7)
    assert clock.believed(at=NOON + a_week - timedelta(seconds=1), before=NOON)
    assert not clock.believed(at=NOON + a_week, before=NOON)


def test_the_first_turn_and_a_clock_set_back_are_believed(clock: Clock) -> None:
    assert clock.believed(at=NOON, before=None)
    assert clock.believed(at=NOON, before=after(days=400))


def test_a_jump_is_believed_once_it_has_held_for_an_hour(clock: Clock, steady: Steady) -> None:
    for minutes, believed in ((0, False), (30, False), (59, False), (60, True)):
        steady.seconds = minutes * 60
        jumped = after(days=400, minutes=minutes)
        assert clock.believed(at=jumped, before=NOON) is believed, minutes


def test_another_jump_begins_the_hour_again(clock: Clock, steady: Steady) -> None:
    assert not clock.believed(at=after(days=400), before=NOON)
    steady.seconds = 3600
    assert not clock.believed(at=after(days=800), before=NOON)
    assert clock.believed(at=after(hours=1), before=NOON)
    assert not clock.believed(at=after(days=400), before=NOON)


@pytest.mark.django_db(databases=["default", "keyring"])
def test_no_round_is_gone_while_the_clock_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    rounds: list[datetime] = []

    def go_round(*, at: datetime) -> object:
        rounds.append(at)
        return type("Done", (), {"troubles": []})

    monkeypatch.setattr(at_work, "close_old_connections", lambda: None)
    monkeypatch.setattr(at_work, "go_round", go_round)
    beat("one", at=NOON)
    worker = Worker()
    for moment in (after(days=400), after(minutes=5)):
        monkeypatch.setattr(at_work, "now", lambda moment=moment: moment)
        worker.turn()
    assert rounds == [after(minutes=5)]
    assert last_beat() == after(minutes=5)
