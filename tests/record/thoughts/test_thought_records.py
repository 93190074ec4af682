"""Thought records: Ana looks at a thought from both sides; it is hers until she shares it."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.cast import NOON, Cast, after, looking
from waymark.access.vocabulary import Action
from waymark.library.thought_record import FeelingRated, Thought, ThoughtRecord
from waymark.record.sharing.actions import ToShare, share
from waymark.record.sharing.models import Share
from waymark.record.sharing.snapshot import Part
from waymark.record.tenancy.action import Invalid, Refused, reading
from waymark.record.thoughts.actions import begin, fill, remove, say_whether_it_helped
from waymark.record.thoughts.holding import (
    LONGEST_LINE,
    LONGEST_WORD,
    MOST_CHARACTERS,
    MOST_FEELINGS,
    MOST_LINES,
    MOST_THOUGHTS,
    body_of,
    checked,
    rated,
    read,
    snapshot_of,
)
from waymark.record.thoughts.models import ThoughtRecordRow
from waymark.record.thoughts.months import Means, Month, months
from waymark.record.thoughts.queries import (
    Kept,
    months_of,
    offered_beside,
    thought_record_of,
    thought_records_of,
)

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
ACT = Action.KEEP_THOUGHT_RECORDS

STUNG = ThoughtRecord(
    situation="My boss did not answer my mail.",
    feelings=(FeelingRated("worried", 80, 40), FeelingRated("ashamed", 60)),
    thoughts=(Thought("She is done with me.", 90, 50, hot=True), Thought("I am slow.", 30)),
    evidence_for=("She answered others.",),
    evidence_against=("She thanked me on Friday.", "She is on leave."),
    balanced="She may be busy; on Friday she was glad of my work.",
    belief=60,
    next_step="Ask her on Monday.",
    traps=frozenset({"mind-reading"}),
)


def begins(cast: Cast, record: ThoughtRecord = STUNG, **given: Any) -> ThoughtRecordRow:
    by, at = cast.viewer(given.pop("by", "ana")), given.pop("at", NOON)
    made: ThoughtRecordRow = begin(cast.patients["ana"], record=record, by=by, at=at, **given)
    return made


def seen(cast: Cast, name: str = "ana") -> list[Kept]:
    by = cast.viewer(name)
    with reading(ACT, by=by, at=NOON):
        return thought_records_of(by).kept


def fills(cast: Cast, row: ThoughtRecordRow, **parts: Any) -> None:
    given = {"filled": lambda held: replace(held, **parts), "at": NOON}
    fill(cast.patients["ana"], record=row.pk, by=cast.viewer("ana"), **given)


def test_what_is_written_is_its_writers_alone(lakeside: Cast) -> None:
    row = begins(lakeside)
    assert [one.record for one in seen(lakeside)] == [STUNG]
    for name in ("eli", "ben", "sue", "dana", "ada"):
        assert seen(lakeside, name) == []
        with pytest.raises(Refused):
            begins(lakeside, by=name)
        with pytest.raises(Refused):
            remove(lakeside.patients["ana"], record=row.pk, by=lakeside.viewer(name), at=NOON)


def test_another_clients_record_is_not_there(lakeside: Cast) -> None:
    row = begins(lakeside)
    eli, by = lakeside.patients["eli"], lakeside.viewer("eli")
    with pytest.raises(ThoughtRecordRow.DoesNotExist):
        remove(eli, record=row.pk, by=by, at=NOON)
    with reading(ACT, by=by, at=NOON), pytest.raises(ThoughtRecordRow.DoesNotExist):
        thought_record_of(by, row.pk)


def test_a_record_that_stops_half_way_is_one(lakeside: Cast) -> None:
    row = begins(lakeside, ThoughtRecord(situation="At work."))
    assert seen(lakeside)[0].record == ThoughtRecord(situation="At work.")
    assert row.for_date == date(2026, 3, 2)


def test_it_is_of_the_writers_own_day(lakeside: Cast) -> None:
    """Ana lives in Chicago: at 07:10 UTC on Tuesday it is 01:10, and still Monday."""
    night = NOON.replace(hour=7, minute=10) + timedelta(days=1)
    assert begins(lakeside, at=night).for_date == night.date() - timedelta(days=1)


def test_one_sent_twice_is_begun_once(lakeside: Cast) -> None:
    key = uuid4()
    assert begins(lakeside, key=key) == begins(lakeside, key=key)
    assert len(seen(lakeside)) == 1


def test_two_tabs_fill_two_columns_and_neither_loses_one(lakeside: Cast) -> None:
    row = begins(lakeside, ThoughtRecord(situation="At work."))
    fills(lakeside, row, balanced="It was one day.")
    fills(lakeside, row, next_step="Sleep on it.")
    held = seen(lakeside)[0].record
    assert (held.situation, held.balanced) == ("At work.", "It was one day.")
    assert held.next_step == "Sleep on it."


def test_it_is_stored_as_it_was_and_read_as_it_was() -> None:
    assert read(body_of(STUNG)) == STUNG
    assert read(body_of(ThoughtRecord())) == ThoughtRecord()


def test_spaces_and_empty_lines_are_left_out() -> None:
    messy = replace(
        STUNG,
        situation="  At work. ",
        feelings=(FeelingRated(" ", 5), FeelingRated(" sad ", 0)),
        thoughts=(Thought(" So. ", 0), Thought("\n")),
        evidence_for=("", " One. "),
    )
    clean = checked(messy)
    assert clean.situation == "At work."
    assert clean.feelings == (FeelingRated("sad", 0),)
    assert clean.thoughts == (Thought("So.", 0),)
    assert clean.evidence_for == ("One.",)


LONG = "x" * (MOST_CHARACTERS + 3)
LINE = "x" * (LONGEST_LINE + 1)
WRONG: dict[str, dict[str, Any]] = {
    "situation": {"situation": LONG},
    "balanced": {"balanced": LONG},
    "next_step": {"next_step": LONG},
    "feelings": {"feelings": (FeelingRated("x" * (LONGEST_WORD + 1)),)},
    "feelings ": {"feelings": tuple(FeelingRated(str(n)) for n in range(MOST_FEELINGS + 1))},
    "thoughts": {"thoughts": (Thought(LINE),)},
    "thoughts ": {"thoughts": tuple(Thought(str(n)) for n in range(MOST_THOUGHTS + 1))},
    "thoughts  ": {"thoughts": (Thought("a", hot=True), Thought("b", hot=True))},
    "evidence_for": {"evidence_for": (LINE,)},
    "evidence_against": {"evidence_against": tuple(str(n) for n in range(MOST_LINES + 1))},
    "traps": {"traps": frozenset({"no-such-trap"})},
}


@pytest.mark.parametrize("field", WRONG)
def test_what_cannot_be_kept_names_its_field_and_changes_nothing(
    lakeside: Cast, field: str
) -> None:
    row = begins(lakeside)
    with pytest.raises(Invalid) as refused:
        fills(lakeside, row, **WRONG[field])
    assert refused.value.field == field.strip()
    assert seen(lakeside)[0].record == STUNG


def test_what_is_too_long_says_by_how_much() -> None:
    with pytest.raises(Invalid, match="by 3 characters"):
        checked(ThoughtRecord(situation=LONG))


# As a reader sees it


def test_a_reader_sees_the_columns_that_were_filled_in_their_order() -> None:
    assert snapshot_of(STUNG, date(2026, 3, 2)).parts == (
        Part("What happened?", "My boss did not answer my mail."),
        Part("What did you feel?", "worried (80 of 100, then 40)\nashamed (60 of 100)"),
        Part(
            "What went through your mind?",
            "She is done with me. (90 of 100, then 50)\nI am slow. (30 of 100)",
        ),
        Part("What speaks for it?", "She answered others."),
        Part("What speaks against it?", "She thanked me on Friday.\nShe is on leave."),
        Part(
            "Is there a fairer way to see it?",
            "She may be busy; on Friday she was glad of my work. (60 of 100)",
        ),
        Part("Is there something you want to try?", "Ask her on Monday."),
        Part("Is there a thinking trap in it?", "Reading minds"),
    )


def test_that_a_thought_is_accurate_is_read_first() -> None:
    parts = snapshot_of(ThoughtRecord(accurate=True), date(2026, 3, 2)).parts
    assert parts == (Part("", "Marked as a thought that is accurate."),)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (None, None, "So"),
        (0, None, "So (0 of 100)"),
        (None, 0, "So (0 of 100 afterwards)"),
        (0, 0, "So (0 of 100, then 0)"),
    ],
)
def test_a_number_that_was_not_given_is_no_zero(
    before: int | None, after: int | None, told: str
) -> None:
    assert rated("So", before, after) == told


def test_what_was_shared_is_taken_back_with_the_record(lakeside: Cast) -> None:
    row, ana = begins(lakeside), lakeside.viewer("ana")
    shown = snapshot_of(STUNG, row.for_date)
    what = ToShare("thought-record", row.pk, shown, shown.digest)
    share(lakeside.patients["ana"], what=what, by=ana, at=NOON)
    remove(lakeside.patients["ana"], record=row.pk, by=ana, at=after(hours=1))
    with looking():
        assert Share.objects.get().words is None
        assert not ThoughtRecordRow.objects.exists()


# An earlier balanced thought

AGAIN = ThoughtRecord(
    situation="My boss did not answer again.",
    thoughts=(Thought("She is done with me.", hot=True),),
    traps=frozenset({"mind-reading"}),
)


def offered(cast: Cast, row: ThoughtRecordRow, *without: date) -> UUID | None:
    by = cast.viewer("ana")
    with reading(ACT, by=by, at=NOON):
        now = thought_record_of(by, row.pk)
        found = offered_beside(by, now, without=frozenset(without))
    return found.id if found else None


def test_one_that_helped_then_is_offered_beside_a_like_one(lakeside: Cast) -> None:
    """In March belief fell from 90 to 50 | in April the boss is silent again, the same trap."""
    then, now = begins(lakeside), begins(lakeside, AGAIN, at=after(days=30))
    assert offered(lakeside, now) == then.pk
    assert offered(lakeside, then) is None  # nothing that is yet to come


def test_of_a_day_that_is_left_alone_nothing_comes_back(lakeside: Cast) -> None:
    then, now = begins(lakeside), begins(lakeside, AGAIN, at=after(days=30))
    assert offered(lakeside, now, then.for_date) is None


def test_one_that_did_not_help_is_not_offered_until_it_may_be(lakeside: Cast) -> None:
    then, now = begins(lakeside), begins(lakeside, AGAIN, at=after(days=30))
    ana, by = lakeside.patients["ana"], lakeside.viewer("ana")
    say_whether_it_helped(ana, record=then.pk, helped=False, by=by, at=NOON)
    assert offered(lakeside, now) is None
    say_whether_it_helped(ana, record=then.pk, helped=True, by=by, at=NOON)
    assert offered(lakeside, now) == then.pk


# Months

FEBRUARY, MARCH = date(2026, 2, 1), date(2026, 3, 1)


def test_months_hold_the_means_of_what_was_rated_twice_and_how_many() -> None:
    """Two in March, one in February with half its numbers | newest first; half a pair is none."""
    lower = replace(STUNG, thoughts=(Thought("So.", 70, 70, hot=True),), feelings=())
    felt = (FeelingRated("sad", 9, 8), FeelingRated("low", None, 50))
    half = replace(STUNG, thoughts=(Thought("So.", 70),), feelings=felt)
    found = months(
        [(date(2026, 3, 9), STUNG), (date(2026, 3, 30), lower), (date(2026, 2, 5), half)]
    )
    assert found == [
        Month(MARCH, Means(2, 80.0, 60.0), Means(1, 80.0, 40.0)),
        Month(FEBRUARY, None, Means(1, 9.0, 8.0)),
    ]


def test_a_rise_is_shown_as_it_is() -> None:
    worse = ThoughtRecord(thoughts=(Thought("So.", 10, 60, hot=True),))
    assert months([(MARCH, worse)]) == [Month(MARCH, Means(1, 10.0, 60.0), None)]


@pytest.mark.parametrize("record", [ThoughtRecord(), replace(STUNG, accurate=True)])
def test_a_month_without_a_pair_and_a_true_thought_count_nowhere(record: ThoughtRecord) -> None:
    assert months([(MARCH, record)]) == []


def test_the_months_are_ones_own(lakeside: Cast) -> None:
    begins(lakeside)
    for name, count in (("ana", 1), ("eli", 0)):
        with reading(ACT, by=lakeside.viewer(name), at=NOON):
            assert len(months_of(lakeside.viewer(name))) == count
