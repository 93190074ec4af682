"""The worker's one place: held by beating, taken over when it falls silent."""

import pytest

from tests.cast import NOON, after
from waymark.record.outbox import actions as outbox
from waymark.record.outbox.actions import (
    beat,
    clock_ran_ahead,
    last_beat,
    let_go,
    probe,
    worker_is_silent,
)
from waymark.record.outbox.models import Beat

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


def test_the_first_one_takes_the_place_and_keeps_it() -> None:
    assert beat("one", at=NOON)
    assert beat("one", at=after(seconds=30))
    assert last_beat() == after(seconds=30)


def test_a_second_one_waits_until_the_first_has_been_silent_for_two_minutes() -> None:
    beat("one", at=NOON)
    assert not beat("two", at=after(seconds=119))
    assert last_beat() == NOON  # the one who waits does not beat
    assert beat("two", at=after(seconds=120))
    assert not beat("one", at=after(seconds=121))


def test_whoever_stops_leaves_the_place_at_once() -> None:
    beat("one", at=NOON)
    let_go("two")
    assert not beat("two", at=after(seconds=1))
    let_go("one")
    assert beat("two", at=after(seconds=2))


def test_silence_is_said_after_two_minutes() -> None:
    assert worker_is_silent(at=NOON)  # never seen
    beat("one", at=NOON)
    assert not worker_is_silent(at=after(minutes=2))
    assert worker_is_silent(at=after(minutes=2, seconds=1))


def test_a_probe_writes_and_leaves_nothing() -> None:
    beat("one", at=NOON)
    probe(at=NOON)
    assert list(Beat.objects.values_list("name", flat=True)) == ["worker"]
    assert outbox.last_beat() == NOON


@pytest.mark.parametrize("days", [1, 30, 400])
def test_a_beat_in_the_future_is_an_alarm_and_holds_nobody_up(days: int) -> None:
    beat("one", at=after(days=days))
    assert worker_is_silent(at=NOON)
    assert clock_ran_ahead(at=NOON)
    assert beat("two", at=NOON)
    assert not clock_ran_ahead(at=NOON)


def test_two_clocks_a_minute_apart_are_no_alarm() -> None:
    beat("one", at=after(minutes=1))
    assert not clock_ran_ahead(at=NOON)
    assert not worker_is_silent(at=NOON)
    assert not beat("two", at=NOON)
