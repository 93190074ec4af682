"""Check-ins: one row a sending, of the day that was printed on the form, its sender's alone."""

from datetime import UTC, date, datetime, timedelta
from random import Random
from uuid import uuid4
from zoneinfo import ZoneInfo, available_timezones

import pytest

from tests.cast import NOON, Cast, after, looking
from tests.record.checkins.saying import (
    ACT,
    NONE,
    moves,
    row_of,
    says,
    seen,
    sends,
    tracked,
    walked,
)
from waymark.library.item_answer import NOT_ANSWERED, answered
from waymark.library.items import ITEMS
from waymark.record.checkins.actions import change, take_back
from waymark.record.checkins.models import CheckIn, Source
from waymark.record.checkins.queries import (
    check_in_of,
    check_ins_since,
    given_by_item,
    last_day,
    tracked_by,
)
from waymark.record.checkins.said import MOST_WORDS, read, said, snapshot_of
from waymark.record.checkins.tracking import Tracked
from waymark.record.tenancy.action import Conflict, Invalid, Refused, reading
from waymark.record.tenancy.days import day_of
from waymark.record.tenancy.scope import Unscoped

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
DAY = timedelta(days=1)
MONDAY = date(2026, 3, 2)


def test_what_is_said_is_its_senders_alone(lakeside: Cast) -> None:
    row = sends(lakeside)
    assert [one.said for one in seen(lakeside)] == [says()]
    assert (row.for_date, row.at, row.offset, row.back_filled) == (MONDAY, NOON, -360, False)
    for name in ("eli", "ben", "sue", "dana", "ada"):
        assert seen(lakeside, name) == []
        with pytest.raises(Refused):
            sends(lakeside, by=name)


def test_nobodys_action_asks_for_them_but_their_owners(lakeside: Cast) -> None:
    from waymark.access.vocabulary import Action

    ben = lakeside.viewer("ben")
    for action in (Action.READ_SHARED, Action.READ_ANSWERS, Action.READ_SCORES):
        with pytest.raises(Unscoped):
            CheckIn.objects.visible_to(ben, action)
        with pytest.raises(Unscoped):
            last_day(ben, action)


# C07: missing, "no occasion" and 0 are three things.


def test_c07_not_answered_no_occasion_and_zero_are_kept_apart(lakeside: Cast) -> None:
    """C07: fourteen days, five of them 0, four without an occasion, five not answered."""
    for number in range(14):
        given = answered(0) if number < 5 else NONE if number < 9 else NOT_ANSWERED
        at = after(days=number)
        if number < 9:
            sends(lakeside, says({"pause": given}), at=at)
    with reading(ACT, by=lakeside.viewer("ana"), at=NOON):
        held = given_by_item(check_ins_since(lakeside.viewer("ana"), MONDAY), Tracked())
    assert [one.answer for one in held["pause"]] == [answered(0)] * 5 + [NONE] * 4


@pytest.mark.parametrize(
    ("item", "given", "text"),
    [
        ("pause", answered(0), "0"),
        ("pause", NONE, "no-occasion"),
        ("mood", answered(10), "10"),
        ("coping-use", walked(), "[]"),
        ("coping-use", walked(("a walk", 3), ("music", None)), '[["a walk", 3], ["music", null]]'),
    ],
)
def test_an_answer_is_stored_as_its_text_with_the_version(
    lakeside: Cast, item: str, given: object, text: str
) -> None:
    row = sends(lakeside, says({item: given}))  # type: ignore[dict-item]
    with looking():
        held = CheckIn.objects.get(pk=row.pk).body
    assert held["answers"] == [[item, ITEMS[item].version, text]]
    assert read(held).to(ITEMS[item]) == given


def test_c06_what_was_not_answered_is_not_there_and_nothing_is_no_check_in(lakeside: Cast) -> None:
    """C06: a field that was not touched stores nothing."""
    held = says({"mood": NOT_ANSWERED, "worry": answered(0)})
    assert [one.item for one in held.answers] == ["worry"]
    assert held.to(ITEMS["mood"]) is None
    with pytest.raises(Invalid) as refused:
        sends(lakeside, says({"mood": NOT_ANSWERED}))
    assert refused.value.field == "answers"
    assert seen(lakeside) == []


def test_c06_an_answer_can_be_taken_back_to_none(lakeside: Cast) -> None:
    """C06: of two answers one is cleared; when it was first said stays."""
    row = sends(lakeside, says({"mood": answered(0), "worry": answered(3)}))
    ana, by = lakeside.patients["ana"], lakeside.viewer("ana")
    change(ana, check_in=row.pk, said=says({"worry": answered(3)}), by=by, at=after(hours=1))
    (held,) = seen(lakeside)
    assert held.said == says({"worry": answered(3)})
    assert held.at == NOON


# One row a sending, for ever.


def test_one_sent_twice_is_the_same_row_also_after_two_months(lakeside: Cast) -> None:
    id = uuid4()
    first = sends(lakeside, id=id, source=Source.DEVICE)
    again = sends(lakeside, id=id, source=Source.DEVICE, day=MONDAY, at=after(days=60))
    assert first.pk == again.pk == id
    assert len(seen(lakeside)) == 1


def test_one_id_with_other_words_writes_nothing_over(lakeside: Cast) -> None:
    id = uuid4()
    sends(lakeside, id=id)
    for other in ({"what": says({"pause": answered(0)})}, {"day": MONDAY - DAY}):
        with pytest.raises(Conflict):
            sends(lakeside, id=id, **other)
    assert [one.said for one in seen(lakeside)] == [says()]


def test_what_was_taken_back_does_not_come_again(lakeside: Cast) -> None:
    id, ana, by = uuid4(), lakeside.patients["ana"], lakeside.viewer("ana")
    sends(lakeside, id=id)
    take_back(ana, check_in=id, by=by, at=after(hours=1))
    sends(lakeside, id=id, at=after(hours=2))
    assert seen(lakeside) == []
    assert row_of(lakeside, id).body is None
    with reading(ACT, by=by, at=NOON), pytest.raises(CheckIn.DoesNotExist):
        check_in_of(by, id)


def test_an_id_of_somebody_else_is_no_row_of_theirs(lakeside: Cast) -> None:
    row = sends(lakeside, of="eli")
    with pytest.raises(Conflict):
        sends(lakeside, id=row.pk)
    assert len(seen(lakeside, "eli")) == 1


def test_only_today_and_yesterday_can_be_changed(lakeside: Cast) -> None:
    row, ana, by = sends(lakeside), lakeside.patients["ana"], lakeside.viewer("ana")
    change(ana, check_in=row.pk, said=says({"pause": NONE}), by=by, at=after(days=1))
    for do in (
        lambda: change(ana, check_in=row.pk, said=says(), by=by, at=after(days=2)),
        lambda: take_back(ana, check_in=row.pk, by=by, at=after(days=2)),
    ):
        with pytest.raises(Invalid) as refused:
            do()
        assert refused.value.field == "day"
    assert [one.said for one in seen(lakeside)] == [says({"pause": NONE})]


def test_nobody_changes_what_somebody_else_said(lakeside: Cast) -> None:
    row, eli = sends(lakeside), lakeside.patients["eli"]
    with pytest.raises(CheckIn.DoesNotExist):
        take_back(eli, check_in=row.pk, by=lakeside.viewer("eli"), at=NOON)
    assert len(seen(lakeside)) == 1


# C01: whose day.


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (datetime(2027, 1, 5, 7, 10, tzinfo=UTC), date(2027, 1, 4)),  # ten past one on Tuesday
        (datetime(2027, 1, 5, 9, 59, 59, tzinfo=UTC), date(2027, 1, 4)),
        (datetime(2027, 1, 5, 10, 0, tzinfo=UTC), date(2027, 1, 5)),
    ],
)
def test_c01_a_night_belongs_to_the_day_before_and_keeps_its_true_time(
    lakeside: Cast, at: datetime, day: date
) -> None:
    row = sends(lakeside, at=at)
    assert row.for_date == day
    (held,) = seen(lakeside)
    assert held.at == at
    assert held.at.strftime("%H:%M:%S") == at.astimezone(ZoneInfo("America/Chicago")).strftime(
        "%H:%M:%S"
    )


def test_a_day_is_fixed_when_the_form_opens(lakeside: Cast) -> None:
    """Opened five minutes before four, for that day and for the one before; sent after four."""
    opened = datetime(2026, 3, 3, 3, 55, tzinfo=ZoneInfo("America/Chicago"))
    at = opened + timedelta(minutes=10)
    row = sends(lakeside, day=MONDAY, opened=opened, at=at)
    assert (row.for_date, row.back_filled) == (MONDAY, False)
    row = sends(lakeside, day=MONDAY - DAY, opened=opened, at=at)
    assert (row.for_date, row.back_filled) == (MONDAY - DAY, True)


@pytest.mark.parametrize("days", [-2, -40, 1, 2])
def test_other_days_rest(lakeside: Cast, days: int) -> None:
    with pytest.raises(Invalid) as refused:
        sends(lakeside, day=MONDAY + days * DAY)
    assert refused.value.field == "day"


def test_a_clock_that_runs_ahead_says_nothing_of_a_day(lakeside: Cast) -> None:
    with pytest.raises(Invalid):
        sends(lakeside, day=MONDAY + DAY, opened=after(days=1))


def test_yesterday_is_back_filled(lakeside: Cast) -> None:
    assert sends(lakeside, day=MONDAY - DAY).back_filled


def test_c02_past_days_stay_when_their_owner_travels(lakeside: Cast) -> None:
    """C02: answered at 23:00 in Auckland, and again on the same date in Chicago: both are kept."""
    moves(lakeside, "Pacific/Auckland", at=NOON)
    evening = datetime(2027, 1, 2, 23, 0, tzinfo=ZoneInfo("Pacific/Auckland"))
    sends(lakeside, at=evening.astimezone(UTC))
    landed = evening + timedelta(hours=14)
    moves(lakeside, "America/Chicago", at=landed)
    sends(lakeside, says({"pause": answered(0)}), at=landed)
    moves(lakeside, "Asia/Kolkata", at=landed)
    held = seen(lakeside)
    assert [one.day for one in held] == [date(2027, 1, 2)] * 2
    assert [one.said for one in held] == [says(), says({"pause": answered(0)})]
    assert held[0].at.strftime("%H:%M") == "23:00"


@pytest.mark.parametrize("seed", range(8))
def test_c02_no_change_of_zone_moves_a_day_and_no_day_is_refused(lakeside: Cast, seed: int) -> None:
    """C02, as a property: zones at random, a form open over a change of zone now and then."""
    dice = Random(f"zones {seed}")  # noqa: S311 -- made-up journeys
    zones = sorted(available_timezones())
    at, held = NOON, {}
    for _ in range(10):
        at += timedelta(hours=dice.randint(1, 30))
        before = lakeside.patients["ana"].zone
        opened = at.astimezone(ZoneInfo(before))
        day = day_of(at, zone=before) - DAY * dice.randint(0, 1)
        moves(lakeside, dice.choice(zones), at=at)
        row = sends(lakeside, day=day, opened=opened, at=at + timedelta(minutes=3))
        held[row.pk] = day
        assert {one.id: one.day for one in seen(lakeside)} == held
    assert all(abs(row_of(lakeside, id).offset) <= 14 * 60 for id in held)


# Feelings, words, and the body.


def test_feelings_own_words_and_places_are_kept(lakeside: Cast) -> None:
    given = says({}, feelings=["tired", "hopeful"], words=[" far  away "], regions=["chest"])
    sends(lakeside, given)
    (held,) = seen(lakeside)
    assert held.said.feelings == ("tired", "hopeful")
    assert held.said.words == ("far away",)
    assert [(one.label, one.text) for one in snapshot_of(given, MONDAY, {}).parts] == [
        ("Feelings", "tired, hopeful, far away"),
        ("Felt in the body", "Chest"),
    ]


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("feelings", {"feelings": ["no-such-word"]}),
        ("regions", {"regions": ["soul"]}),
        ("words", {"words": ["x" * 41]}),
        ("words", {"words": [str(n) for n in range(MOST_WORDS + 1)]}),
    ],
)
def test_what_cannot_be_kept_names_its_field(field: str, given: dict[str, list[str]]) -> None:
    with pytest.raises(Invalid) as refused:
        said([], **given)
    assert refused.value.field == field


def test_a_question_that_is_nobodys_is_refused(lakeside: Cast) -> None:
    from waymark.record.checkins.said import Answered, Said

    for strange in (Answered("no-such-item", 1, "1"), Answered("pause", 9, "1")):
        with pytest.raises(Invalid):
            sends(lakeside, Said((strange,)))
    assert tracked(lakeside) == Tracked()


def test_the_newest_day_is_found(lakeside: Cast) -> None:
    by = lakeside.viewer("ana")
    with reading(ACT, by=by, at=NOON):
        assert last_day(by) is None
    sends(lakeside)
    sends(lakeside, day=MONDAY - DAY)
    with reading(ACT, by=by, at=NOON):
        assert last_day(by) == MONDAY
        assert tracked_by(by) == Tracked()
