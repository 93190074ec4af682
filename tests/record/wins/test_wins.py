"""Small wins: Ana notes what happened, sets it beside an older one, and shares it if she likes."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.cast import NOON, Cast, after, looking
from tests.record.steps import concern_of
from waymark.access.vocabulary import Action
from waymark.library.win import WIN_TYPES
from waymark.record.sharing.actions import set_stream
from waymark.record.sharing.models import Share
from waymark.record.sharing.queries import shared_now
from waymark.record.sharing.snapshot import Part
from waymark.record.tenancy.action import Invalid, Refused, reading
from waymark.record.wins.actions import ToNote, change, liken, note, remove
from waymark.record.wins.happening import MOST_CHARACTERS, Happening, Sort, read, snapshot_of
from waymark.record.wins.models import Win
from waymark.record.wins.queries import Kept, win_of, wins_among, wins_of

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
ACT = Action.KEEP_WINS

WON = Happening(Sort.WIN, "I said no to the extra shift.", "said-no", lasted=1, strength=6)
FELL = Happening(Sort.SETBACK, "I stayed in bed all day.")


def notes(cast: Cast, what: Happening = WON, **given: Any) -> Win:
    by, at = cast.viewer(given.pop("by", "ana")), given.pop("at", NOON)
    key = given.pop("key", None)
    made: Win = note(cast.patients["ana"], what=ToNote(what, **given), by=by, at=at, key=key)
    return made


def seen(cast: Cast, name: str = "ana") -> list[Kept]:
    by = cast.viewer(name)
    with reading(ACT, by=by, at=NOON):
        return wins_of(by).kept


def test_what_is_noted_is_its_writers_alone(lakeside: Cast) -> None:
    notes(lakeside)
    assert [one.happening for one in seen(lakeside)] == [WON]
    for name in ("eli", "ben", "sue", "dana", "ada"):
        assert seen(lakeside, name) == []
        with pytest.raises(Refused):
            notes(lakeside, by=name)


def test_it_is_of_the_writers_own_day(lakeside: Cast) -> None:
    """Ana lives in Chicago: at 07:10 UTC on Tuesday it is 01:10, and still Monday."""
    night = NOON.replace(hour=7, minute=10) + timedelta(days=1)
    row = notes(lakeside, at=night)
    assert (row.for_date, row.noted_at) == (night.date() - timedelta(days=1), night)


def test_a_day_before_can_be_chosen_and_a_day_to_come_cannot(lakeside: Cast) -> None:
    assert notes(lakeside, day=date(2025, 12, 24)).for_date == date(2025, 12, 24)
    with pytest.raises(Invalid) as refused:
        notes(lakeside, day=NOON.date() + timedelta(days=2))
    assert refused.value.field == "day"


def test_one_sent_twice_is_noted_once(lakeside: Cast) -> None:
    key = uuid4()
    assert notes(lakeside, key=key) == notes(lakeside, key=key)
    assert len(seen(lakeside)) == 1


WRONG = {
    "words": Happening(Sort.WIN, "  \n "),
    "words ": Happening(Sort.WIN, "x" * (MOST_CHARACTERS + 3)),
    "type": Happening(Sort.WIN, "So.", "no-such-kind"),
    "lasted": Happening(Sort.WIN, "So.", lasted=6),
    "strength": Happening(Sort.WIN, "So.", strength=11),
}


@pytest.mark.parametrize("field", WRONG)
def test_what_cannot_be_kept_names_its_field(lakeside: Cast, field: str) -> None:
    kept = notes(lakeside)
    with pytest.raises(Invalid) as refused:
        notes(lakeside, WRONG[field])
    assert refused.value.field == field.strip()
    with pytest.raises(Invalid):
        change(
            lakeside.patients["ana"],
            win=kept.pk,
            happening=WRONG[field],
            by=lakeside.viewer("ana"),
            at=NOON,
        )
    assert [one.happening for one in seen(lakeside)] == [WON]


def test_how_much_too_long_is_said() -> None:
    from waymark.record.wins.happening import checked

    with pytest.raises(Invalid, match="3 characters"):
        checked(WRONG["words "])


@pytest.mark.parametrize("lasted", [None, 0, 5])
@pytest.mark.parametrize("strength", [None, 0, 10])
def test_not_said_and_nothing_are_two(
    lakeside: Cast, lasted: int | None, strength: int | None
) -> None:
    notes(lakeside, Happening(Sort.WIN, "So.", lasted=lasted, strength=strength))
    (held,) = seen(lakeside)
    assert (held.happening.lasted, held.happening.strength) == (lasted, strength)


#   Then: two hours of it          Now: a few minutes
#   ─────────●───────────────────────────●─────────


def test_one_is_set_beside_an_older_one(lakeside: Cast) -> None:
    ana = lakeside.patients["ana"]
    then = notes(lakeside, at=NOON - timedelta(days=30))
    now = notes(lakeside, at=NOON)
    by = lakeside.viewer("ana")
    liken(ana, win=now.pk, like=then.pk, by=by, at=NOON)
    with reading(ACT, by=by, at=NOON):
        held = win_of(by, now.pk)
        assert held.like == then.pk
        assert wins_among(by, {then.pk})[then.pk].happening == WON
    liken(ana, win=now.pk, like=None, by=by, at=NOON)
    with looking():
        assert Win.objects.get(pk=now.pk).like_id is None


def test_it_is_like_nothing_that_came_after_and_not_like_itself(lakeside: Cast) -> None:
    ana, by = lakeside.patients["ana"], lakeside.viewer("ana")
    then, now = notes(lakeside), notes(lakeside, at=after(days=1))
    for win, like in ((then, now), (now, now)):
        with pytest.raises(Invalid):
            liken(ana, win=win.pk, like=like.pk, by=by, at=after(days=2))


def test_nor_like_what_is_somebody_elses(lakeside: Cast) -> None:
    mine, eli = notes(lakeside), lakeside.patients["eli"]
    theirs = note(eli, what=ToNote(WON), by=lakeside.viewer("eli"), at=NOON - timedelta(days=9))
    ana, by = lakeside.patients["ana"], lakeside.viewer("ana")
    with pytest.raises(Win.DoesNotExist):
        liken(ana, win=mine.pk, like=theirs.pk, by=by, at=NOON)
    with pytest.raises(Win.DoesNotExist):
        remove(ana, win=theirs.pk, by=by, at=NOON)
    with pytest.raises(Win.DoesNotExist):
        change(ana, win=theirs.pk, happening=FELL, by=by, at=NOON)


def test_what_is_removed_leaves_the_one_that_was_like_it(lakeside: Cast) -> None:
    then = notes(lakeside, at=NOON - timedelta(days=30))
    now = notes(lakeside, like=then.pk)
    remove(lakeside.patients["ana"], win=then.pk, by=lakeside.viewer("ana"), at=NOON)
    assert [(one.id, one.like) for one in seen(lakeside)] == [(now.pk, None)]


# Shared as it comes: a win is, a setback never is by itself.


def shared(cast: Cast, *things: UUID) -> dict[UUID, Any]:
    by = cast.viewer("ben")
    with looking():
        return shared_now(by, Action.READ_SHARED, things)


def switch(cast: Cast, *, on: bool) -> None:
    set_stream(cast.patients["ana"], kind="win", on=on, by=cast.viewer("ana"), at=NOON)


def test_wins_are_shared_as_they_come_where_she_said_so(lakeside: Cast) -> None:
    before = notes(lakeside)
    switch(lakeside, on=True)
    won, fell = notes(lakeside, at=after(hours=1)), notes(lakeside, FELL, at=after(hours=2))
    switch(lakeside, on=False)
    later = notes(lakeside, at=after(hours=3))
    held = shared(lakeside, before.pk, won.pk, fell.pk, later.pk)
    assert list(held) == [won.pk]
    assert held[won.pk].snapshot == snapshot_of(WON, won.for_date)


def test_danger_in_what_is_shared_as_it_comes_is_heard(lakeside: Cast) -> None:
    switch(lakeside, on=True)
    notes(lakeside, Happening(Sort.WIN, "I got up although I want to die."))
    assert concern_of(lakeside, "ana") is not None


def test_what_is_kept_to_oneself_is_read_by_no_rule(lakeside: Cast) -> None:
    notes(lakeside, Happening(Sort.WIN, "I got up although I want to die."))
    assert concern_of(lakeside, "ana") is None


def test_a_change_waits_and_what_is_removed_is_taken_back(lakeside: Cast) -> None:
    ana, by = lakeside.patients["ana"], lakeside.viewer("ana")
    switch(lakeside, on=True)
    row = notes(lakeside)
    change(ana, win=row.pk, happening=FELL, by=by, at=after(hours=1))
    assert shared(lakeside, row.pk)[row.pk].snapshot == snapshot_of(WON, row.for_date)
    remove(ana, win=row.pk, by=by, at=after(hours=2))
    assert shared(lakeside, row.pk) == {}
    with looking():
        assert [(one.ended, one.words) for one in Share.objects.all()] == [("withdrawn", None)]


def test_a_reader_sees_the_words_first_and_then_what_was_said_of_it() -> None:
    shown = snapshot_of(WON, date(2026, 3, 2))
    assert shown.parts == (
        Part("", "I said no to the extra shift."),
        Part("What kind", "Said no"),
        Part("It stayed", "Under an hour"),
        Part("At its strongest", "6 of 10"),
    )
    assert (shown.title, shown.day) == ("A small win", "2026-03-02")
    assert snapshot_of(FELL, date(2026, 3, 2)).parts == (Part("", FELL.words),)
    assert snapshot_of(FELL, date(2026, 3, 2)).title == "A setback"


@pytest.mark.parametrize("type", ["", *WIN_TYPES])
def test_it_comes_back_as_it_was(type: str) -> None:
    for sort in Sort:
        what = Happening(sort, "é, 🌱\n日本", type, lasted=0, strength=0)
        assert read(what.body) == what
