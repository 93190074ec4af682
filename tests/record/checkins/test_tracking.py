"""What Ana tracks, when, and how she lets it rest; days that she marks as hard."""

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any
from uuid import uuid4

import pytest

from tests.cast import NOON, Cast, after, looking
from tests.record.checkins.saying import ACT, says, seen, sends, tracked
from waymark.library.instrument import Better
from waymark.library.item import Kind
from waymark.library.item_answer import answered
from waymark.library.items import ITEMS
from waymark.record.checkins import settings
from waymark.record.checkins.actions import mark_hard, unmark_hard
from waymark.record.checkins.models import HardDay
from waymark.record.checkins.queries import given_by_item, hard_day_of, hard_days, hard_on
from waymark.record.checkins.said import said
from waymark.record.checkins.settings import Own, ToTrack
from waymark.record.checkins.tracking import FIRST_SET, MOST_ITEMS, Tracked
from waymark.record.tenancy.action import Invalid, Refused, reading

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
MONDAY = date(2026, 3, 2)
OWN = Own("How much did I knit?", "Not at all", "All evening", Better.HIGHER)


def does(cast: Cast, action: Any, name: str = "ana", **given: Any) -> Any:
    at = given.pop("at", NOON)
    return action(cast.patients["ana"], by=cast.viewer(name), at=at, **given)


def chooses(cast: Cast, *items: str, hours: tuple[time, ...] = (time(20),)) -> None:
    does(cast, settings.choose, what=ToTrack(items, hours))


def test_the_first_set_is_asked_until_somebody_chooses(lakeside: Cast) -> None:
    assert tracked(lakeside) == Tracked()
    assert [one.id for one in Tracked().asked()] == list(FIRST_SET)
    assert len(FIRST_SET) <= MOST_ITEMS


def test_what_is_chosen_is_asked_and_is_nobody_elses_to_choose(lakeside: Cast) -> None:
    chooses(lakeside, "worry", "mood", hours=(time(20), time(8)))
    held = tracked(lakeside)
    assert held.hours == (time(8), time(20))
    assert [one.id for one in held.asked()] == ["mood", "worry"]  # first what one wants more of
    for name in ("ben", "eli", "ada"):
        with pytest.raises(Refused):
            does(lakeside, settings.choose, name, what=ToTrack(["mood"], [time(20)]))


def test_what_follows_comes_right_after_and_alone_it_is_not_asked(lakeside: Cast) -> None:
    chooses(lakeside, "react-intensity", "pause", "react-duration")
    assert [one.id for one in tracked(lakeside).asked()] == [
        "pause",
        "react-duration",
        "react-intensity",
    ]
    with pytest.raises(Invalid):
        chooses(lakeside, "react-intensity")


@pytest.mark.parametrize(
    ("field", "items", "hours"),
    [
        ("items", (), (time(20),)),
        ("items", ("no-such-item",), (time(20),)),
        ("items", ("mood", "worry", "pause", "boundary", "reframe", "self-kind", "connected"),
         (time(20),)),
        ("hours", ("mood",), ()),
        ("hours", ("mood",), (time(8), time(12), time(20))),
    ],
)  # fmt: skip
def test_what_cannot_be_tracked_names_its_field(
    lakeside: Cast, field: str, items: tuple[str, ...], hours: tuple[time, ...]
) -> None:
    with pytest.raises(Invalid) as refused:
        chooses(lakeside, *items, hours=hours)
    assert refused.value.field == field
    assert tracked(lakeside) == Tracked()


def test_a_weekly_item_is_asked_once_a_week(lakeside: Cast) -> None:
    chooses(lakeside, "mood", "hard-talk")
    held = tracked(lakeside)
    assert [one.id for one in held.asked(lately={"mood", "hard-talk"})] == ["mood"]
    assert [one.id for one in held.asked()] == ["mood", "hard-talk"]


def test_lighter_is_two_items_and_keeps_what_was_chosen(lakeside: Cast) -> None:
    does(lakeside, settings.settle, light=True)
    assert [one.id for one in tracked(lakeside).asked()] == ["pause", "react-duration"]
    does(lakeside, settings.settle, light=False)
    assert [one.id for one in tracked(lakeside).asked()] == list(FIRST_SET)
    assert tracked(lakeside).settled_on == MONDAY


# C10: own items; what was retired keeps its line.


def test_c10_an_item_of_ones_own_is_asked_rests_and_keeps_its_line(lakeside: Cast) -> None:
    """C10: retired, it is asked no more, and what was said to it stays as it was."""
    does(lakeside, settings.add_own, own=OWN)
    (own,) = tracked(lakeside).own
    assert (own.words, own.steps, own.kind) == (OWN.words, ("Not at all", "All evening"),
                                                Kind.NUMBER)  # fmt: skip
    assert own.id in [one.id for one in tracked(lakeside).asked()]
    sends(lakeside, said([(own, answered(0))]))
    does(lakeside, settings.retire_own, item=own.id, at=after(days=1))
    held = tracked(lakeside)
    assert own.id not in [one.id for one in held.asked()]
    assert held.own == (replace(own, retired=True),)
    with reading(ACT, by=lakeside.viewer("ana"), at=NOON):
        (given,) = given_by_item(seen(lakeside), held)[own.id]
    assert (given.on, given.answer) == (MONDAY, answered(0))


def test_an_own_item_beyond_the_most_is_kept_and_waits(lakeside: Cast) -> None:
    chooses(lakeside, "mood", "worry", "pause", "boundary", "reframe", "self-kind")
    does(lakeside, settings.add_own, own=OWN)
    held = tracked(lakeside)
    assert len(held.own) == 1
    assert held.own[0].id not in held.items


def test_the_last_one_that_rests_leaves_the_first_set(lakeside: Cast) -> None:
    does(lakeside, settings.add_own, own=OWN)
    own = tracked(lakeside).own[0].id
    chooses(lakeside, own)
    does(lakeside, settings.retire_own, item=own)
    assert tracked(lakeside).items == FIRST_SET
    with pytest.raises(Invalid):
        does(lakeside, settings.retire_own, item=str(uuid4()))


@pytest.mark.parametrize(
    ("field", "changed"),
    [
        ("words", {"words": " "}),
        ("low", {"low": "x" * 41}),
        ("high", {"high": "not at all"}),
        ("words", {"words": "How much did I want to kill myself?"}),
    ],
)
def test_an_own_item_that_cannot_be_asked_names_its_field(
    lakeside: Cast, field: str, changed: dict[str, str]
) -> None:
    with pytest.raises(Invalid) as refused:
        does(lakeside, settings.add_own, own=replace(OWN, **changed))
    assert refused.value.field == field
    assert tracked(lakeside).own == ()


# Resting.


def test_a_pause_ends_on_its_day_or_when_it_is_turned_on_again(lakeside: Cast) -> None:
    does(lakeside, settings.pause, until=MONDAY + timedelta(days=7))
    held = tracked(lakeside)
    assert held.rests(MONDAY + timedelta(days=6))
    assert not held.rests(MONDAY + timedelta(days=7))
    does(lakeside, settings.pause, until=None)
    assert tracked(lakeside).rests(MONDAY + timedelta(days=700))
    does(lakeside, settings.settle)
    assert not tracked(lakeside).rests(MONDAY)


def test_a_pause_until_today_is_none(lakeside: Cast) -> None:
    with pytest.raises(Invalid) as refused:
        does(lakeside, settings.pause, until=MONDAY)
    assert refused.value.field == "until"


# Hard days.


def hard(cast: Cast, day: date = MONDAY) -> Any:
    by = cast.viewer("ana")
    with reading(ACT, by=by, at=NOON):
        return hard_on(by, day)


def test_a_hard_day_is_marked_for_oneself_and_the_check_in_rests(lakeside: Cast) -> None:
    row = does(lakeside, mark_hard)
    assert (hard(lakeside).id, hard(lakeside).words) == (row.pk, "")
    assert tracked(lakeside).rests(MONDAY)
    assert not tracked(lakeside).rests(MONDAY + timedelta(days=1))
    for name in ("ben", "eli"):
        with pytest.raises(Refused):
            does(lakeside, mark_hard, name)


def test_it_is_marked_once_and_can_be_said_and_taken_back(lakeside: Cast) -> None:
    first = does(lakeside, mark_hard)
    again = does(lakeside, mark_hard, words=" The letter came. ")
    assert first.pk == again.pk
    does(lakeside, mark_hard)
    assert hard(lakeside).words == "The letter came."
    does(lakeside, unmark_hard, hard_day=first.pk)
    assert hard(lakeside) is None
    assert not tracked(lakeside).rests(MONDAY)
    with looking():
        assert not HardDay.objects.exists()


def test_older_ones_stay_and_long_words_are_refused(lakeside: Cast) -> None:
    row = does(lakeside, mark_hard)
    with pytest.raises(Invalid, match="2 characters"):
        does(lakeside, mark_hard, words="x" * 602)
    with pytest.raises(Invalid):
        does(lakeside, unmark_hard, hard_day=row.pk, at=after(days=2))
    with reading(ACT, by=lakeside.viewer("ana"), at=NOON):
        assert hard_days(lakeside.viewer("ana")) == [MONDAY]
        assert hard_day_of(lakeside.viewer("ana"), row.pk).day == MONDAY
    with reading(ACT, by=lakeside.viewer("eli"), at=NOON), pytest.raises(HardDay.DoesNotExist):
        hard_day_of(lakeside.viewer("eli"), row.pk)


def test_taking_an_older_one_back_leaves_todays(lakeside: Cast) -> None:
    before = does(lakeside, mark_hard)
    does(lakeside, mark_hard, at=after(days=1))
    does(lakeside, unmark_hard, hard_day=before.pk, at=after(days=1))
    assert tracked(lakeside).rests(MONDAY + timedelta(days=1))


def test_every_item_can_be_chosen_by_itself_or_with_the_one_it_follows(lakeside: Cast) -> None:
    for item in ITEMS.values():
        held = Tracked(items=tuple(one for one in (item.follows, item.id) if one))
        assert item.id in [one.id for one in held.asked()]
    assert says().nothing is False
