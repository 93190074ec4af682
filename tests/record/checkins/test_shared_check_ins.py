"""What the care team reads of check-ins: from the switch on, as long as it is on, and no more."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest

from tests.cast import NOON, Cast, after, looking
from tests.record.checkins.saying import says, sends, walked
from tests.record.steps import concern_of
from waymark.access.vocabulary import Action
from waymark.library.item_answer import answered
from waymark.record.checkins.actions import change, take_back
from waymark.record.checkins.models import SharedCheckIn
from waymark.record.checkins.queries import SharedDays, shared_check_ins
from waymark.record.safety.models import Concern
from waymark.record.sharing.actions import set_stream
from waymark.record.tenancy.action import Conflict, Invalid, reading

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
READ, MONDAY = Action.READ_SHARED, date(2026, 3, 2)
DANGER = "I want to kill myself"


def turns(cast: Cast, *, on: bool, at: Any = NOON) -> None:
    ana, by = cast.patients["ana"], cast.viewer("ana")
    set_stream(ana, kind="check-in", on=on, by=by, at=at)


def read_by(cast: Cast, name: str = "ben") -> SharedDays | None:
    by = cast.viewer(name)
    with reading(READ, by=by, at=NOON):
        return shared_check_ins(by, cast.patients["ana"].pk)


def days(cast: Cast, name: str = "ben") -> list[date]:
    held = read_by(cast, name)
    return [one.day for one in held.days] if held else []


def test_without_the_switch_nothing_is_read(lakeside: Cast) -> None:
    sends(lakeside)
    assert read_by(lakeside) is None
    with looking():
        assert not SharedCheckIn.objects.exists()


def test_from_the_switch_on_it_is_read_and_nothing_from_before(lakeside: Cast) -> None:
    sends(lakeside)
    turns(lakeside, on=True, at=after(days=1))
    assert days(lakeside) == []
    sends(lakeside, at=after(days=1, hours=1))
    yesterday = MONDAY
    sends(lakeside, day=yesterday, at=after(days=1, hours=2))  # of a day before the switch
    assert days(lakeside) == [MONDAY + timedelta(days=1)]
    held = read_by(lakeside)
    assert held is not None
    assert held.since == after(days=1)
    assert [(one.label, one.text) for one in held.days[0].snapshot.parts] == [("Pausing", "Yes")]


def test_only_those_who_treat_her_read_it(lakeside: Cast) -> None:
    turns(lakeside, on=True)
    sends(lakeside)
    for name in ("eli", "gil", "sue", "dana", "ada"):
        assert days(lakeside, name) == []
    assert days(lakeside, "ben") == [MONDAY]


def test_with_the_switch_off_all_of_it_is_gone(lakeside: Cast) -> None:
    turns(lakeside, on=True)
    sends(lakeside)
    turns(lakeside, on=False, at=after(days=1))
    sends(lakeside, at=after(days=1))
    assert read_by(lakeside) is None
    with looking():
        assert not SharedCheckIn.objects.exists()
    turns(lakeside, on=True, at=after(days=2))
    assert days(lakeside) == []


def test_another_switch_leaves_it_as_it_is(lakeside: Cast) -> None:
    turns(lakeside, on=True)
    sends(lakeside)
    ana, by = lakeside.patients["ana"], lakeside.viewer("ana")
    set_stream(ana, kind="win", on=True, by=by, at=NOON)
    set_stream(ana, kind="win", on=False, by=by, at=NOON)
    assert days(lakeside) == [MONDAY]


def test_a_change_is_read_and_what_was_taken_back_is_not(lakeside: Cast) -> None:
    turns(lakeside, on=True)
    row, ana, by = sends(lakeside), lakeside.patients["ana"], lakeside.viewer("ana")
    change(ana, check_in=row.pk, said=says({"pause": answered(0)}), by=by, at=after(hours=1))
    held = read_by(lakeside)
    assert held is not None
    assert held.days[0].snapshot.words == "No"
    take_back(ana, check_in=row.pk, by=by, at=after(hours=2))
    assert days(lakeside) == []


def test_a_change_of_what_was_not_shared_shares_nothing(lakeside: Cast) -> None:
    row, ana, by = sends(lakeside), lakeside.patients["ana"], lakeside.viewer("ana")
    turns(lakeside, on=True, at=after(hours=1))
    change(ana, check_in=row.pk, said=says({"pause": answered(0)}), by=by, at=after(hours=2))
    assert days(lakeside) == []


# Own words that go to the clinic are heard.

SAID: Mapping[str, Any] = {
    "a feeling": {"what": says({}, words=[DANGER])},
    "a skill": {"what": says({"coping-use": walked((DANGER, None))})},
}


@pytest.mark.parametrize("kind", SAID)
def test_danger_in_shared_words_opens_a_concern(lakeside: Cast, kind: str) -> None:
    turns(lakeside, on=True)
    sends(lakeside, **SAID[kind])
    assert concern_of(lakeside, "ana")


@pytest.mark.parametrize("kind", SAID)
def test_private_words_are_read_by_nobody(lakeside: Cast, kind: str) -> None:
    sends(lakeside, **SAID[kind])
    with looking():
        assert not Concern.objects.exists()


def test_danger_is_heard_though_the_check_in_is_refused(lakeside: Cast) -> None:
    turns(lakeside, on=True)
    with pytest.raises(Invalid):
        sends(lakeside, says({}, words=[DANGER]), day=MONDAY - timedelta(days=9))
    assert concern_of(lakeside, "ana")


def test_danger_is_heard_in_a_change(lakeside: Cast) -> None:
    turns(lakeside, on=True)
    row, ana, by = sends(lakeside), lakeside.patients["ana"], lakeside.viewer("ana")
    with pytest.raises(Invalid):
        change(ana, check_in=row.pk, said=says({}, words=[DANGER]), by=by, at=after(days=4))
    assert concern_of(lakeside, "ana")
    with pytest.raises(Conflict):
        sends(lakeside, says({}), id=row.pk)
