"""What the clock brings: on the patient's own day, at eight, once, and never in a heap.

gad-7 every 14 days from March 2      Mar 2 --- Mar 16 --- Mar 30
phq-8 at each session                 Mar 2 -- meeting Mar 5 -- meeting Mar 12
"""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.cast import NOON, Cast, after, looking
from tests.record.steps import TODAY, give, told, waiting
from waymark.access.vocabulary import Action
from waymark.record.assessments import actions
from waymark.record.assessments.actions import RepeatRule, bring_due
from waymark.record.assessments.calendar import due_on, offset_of
from waymark.record.assessments.models import Administration
from waymark.record.assessments.queries import next_due, wanting_clock
from waymark.record.episodes.actions import record_encounter
from waymark.record.episodes.models import Episode
from waymark.record.people import actions as people
from waymark.record.tenancy.action import Refused
from waymark.record.tenancy.days import day_of
from waymark.record.tenancy.models import Patient

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
CHICAGO = "America/Chicago"
HONOLULU = "Pacific/Honolulu"


def local(text: str, zone: str = CHICAGO) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def round_at(cast: Cast, text: str) -> int:
    """The clock comes by; how many it gave."""
    given: int = bring_due(cast.patients["ana"], by=cast.clock(), at=local(text))
    return given


def answer_what_waits(cast: Cast, text: str, instrument: str = "gad-7") -> None:
    occasion = waiting(cast, "ana", instrument)
    actions.submit(occasion, answers={}, by=cast.viewer("ana"), at=local(text))


def due_days(cast: Cast, instrument: str = "gad-7") -> list[date]:
    with looking():
        rows = Administration.objects.filter(instrument=instrument).order_by("due_at")
        return [day_of(row.due_at, zone=CHICAGO) for row in rows]


def met(cast: Cast, text: str) -> None:
    record_encounter(
        cast.patients["ana"],
        kind="in-person",
        took_place_at=local(text),
        by=cast.viewer("ben"),
        at=local(text),
    )


# Days and hours in the patient's own zone


@pytest.mark.parametrize(
    ("at", "day"),
    [
        ("2026-03-02 12:00", date(2026, 3, 2)),
        ("2026-03-02 23:59", date(2026, 3, 2)),
        ("2026-03-03 03:59", date(2026, 3, 2)),  # not asleep yet
        ("2026-03-03 04:00", date(2026, 3, 3)),
        ("2026-03-08 01:59", date(2026, 3, 7)),  # the night of the change
        ("2026-03-08 03:30", date(2026, 3, 7)),
        ("2026-03-08 04:00", date(2026, 3, 8)),
        ("2026-11-01 03:59", date(2026, 10, 31)),
        ("2026-11-01 04:00", date(2026, 11, 1)),
    ],
)
def test_a_day_ends_at_four_in_the_morning(at: str, day: date) -> None:
    assert day_of(local(at), zone=CHICAGO) == day


def test_one_moment_is_two_days_in_two_zones() -> None:
    at = datetime(2026, 3, 3, 6, 0, tzinfo=UTC)
    assert day_of(at, zone="America/Chicago") == date(2026, 3, 2)
    assert day_of(at, zone="Europe/Berlin") == date(2026, 3, 3)


@pytest.mark.parametrize(
    ("day", "at", "offset"),
    [
        (date(2026, 3, 7), "2026-03-07T14:00:00+00:00", -360),
        (date(2026, 3, 8), "2026-03-08T13:00:00+00:00", -300),
        (date(2026, 10, 31), "2026-10-31T13:00:00+00:00", -300),
        (date(2026, 11, 1), "2026-11-01T14:00:00+00:00", -360),
    ],
)
def test_things_fall_due_at_eight_by_the_clock_on_the_wall(day: date, at: str, offset: int) -> None:
    """Chicago is six hours behind UTC until March 8, 2026, and again from November 1."""
    assert due_on(day, zone=CHICAGO).isoformat() == at
    assert offset_of(due_on(day, zone=CHICAGO), zone=CHICAGO) == offset


def test_a_zone_with_half_hours_has_its_own_eight() -> None:
    due = due_on(date(2026, 3, 2), zone="Asia/Kolkata")
    assert due.isoformat() == "2026-03-02T02:30:00+00:00"
    assert offset_of(due, zone="Asia/Kolkata") == 330


def test_a_client_elsewhere_is_asked_at_their_own_eight(lakeside: Cast) -> None:
    people.set_preferences(
        lakeside.patients["ana"],
        zone="Pacific/Honolulu",
        phone="",
        safe={},
        by=lakeside.viewer("ana"),
        at=NOON,
    )
    row = give(lakeside, "ana", "gad-7", starts_on=date(2026, 3, 4))
    assert row.due_at == local("2026-03-04 08:00", "Pacific/Honolulu")


# Every so many days


def test_it_comes_again_after_so_many_days_at_eight(lakeside: Cast) -> None:
    give(lakeside, "ana", "gad-7", rule=RepeatRule("every-days", 14))
    answer_what_waits(lakeside, "2026-03-02 20:00")
    assert round_at(lakeside, "2026-03-16 07:59") == 0
    assert round_at(lakeside, "2026-03-16 08:00") == 1
    assert round_at(lakeside, "2026-03-16 08:01") == 0
    assert due_days(lakeside) == [date(2026, 3, 2), date(2026, 3, 16)]


def test_the_pace_holds_whenever_it_was_answered(lakeside: Cast) -> None:
    give(lakeside, "ana", "gad-7", rule=RepeatRule("every-days", 14))
    answer_what_waits(lakeside, "2026-03-12 20:00")
    assert round_at(lakeside, "2026-03-16 08:00") == 1


def test_what_was_not_answered_lapses_when_the_next_one_comes(lakeside: Cast) -> None:
    give(lakeside, "ana", "gad-7", rule=RepeatRule("every-days", 14))
    assert round_at(lakeside, "2026-03-16 08:00") == 1
    with looking():
        states = Administration.objects.order_by("due_at").values_list("state", flat=True)
        assert list(states) == ["lapsed", "due"]


def test_what_is_given_once_comes_once(lakeside: Cast) -> None:
    give(lakeside, "ana", "gad-7")
    answer_what_waits(lakeside, "2026-03-02 20:00")
    assert round_at(lakeside, "2026-09-01 12:00") == 0


def test_a_start_in_the_future_is_waited_for(lakeside: Cast) -> None:
    give(lakeside, "ana", "gad-7", rule=RepeatRule("every-days", 14), starts_on=date(2026, 3, 9))
    assert (
        round_at(lakeside, "2026-03-09 08:00") == 0
    )  # it waits already, from the day it was given
    assert due_days(lakeside) == [date(2026, 3, 9)]


def test_after_a_long_silence_one_comes_on_the_old_beat(lakeside: Cast) -> None:
    """Every 14 days from March 2; the machine was off until June 1: May 25 comes, not six."""
    give(lakeside, "ana", "gad-7", rule=RepeatRule("every-days", 14))
    assert round_at(lakeside, "2026-06-01 12:00") == 1
    assert round_at(lakeside, "2026-06-01 12:01") == 0
    assert due_days(lakeside) == [TODAY, TODAY + timedelta(days=84)]


# At each session


def test_after_each_meeting_it_comes_once(lakeside: Cast) -> None:
    give(lakeside, "ana", "phq-8", rule=RepeatRule("each-session"))
    answer_what_waits(lakeside, "2026-03-02 20:00", "phq-8")
    assert round_at(lakeside, "2026-03-05 16:00") == 0
    met(lakeside, "2026-03-05 15:00")
    assert round_at(lakeside, "2026-03-05 16:00") == 1
    answer_what_waits(lakeside, "2026-03-05 17:00", "phq-8")
    assert round_at(lakeside, "2026-03-05 17:01") == 0  # this meeting was asked about
    assert round_at(lakeside, "2026-03-06 09:00") == 0
    met(lakeside, "2026-03-12 15:00")
    assert round_at(lakeside, "2026-03-12 16:00") == 1
    assert due_days(lakeside, "phq-8") == [TODAY, date(2026, 3, 5), date(2026, 3, 12)]


def test_two_meetings_on_one_day_are_asked_about_once(lakeside: Cast) -> None:
    give(lakeside, "ana", "phq-8", rule=RepeatRule("each-session"))
    answer_what_waits(lakeside, "2026-03-02 20:00", "phq-8")
    met(lakeside, "2026-03-05 09:00")
    assert round_at(lakeside, "2026-03-05 10:00") == 1
    answer_what_waits(lakeside, "2026-03-05 10:30", "phq-8")
    met(lakeside, "2026-03-05 15:00")
    assert round_at(lakeside, "2026-03-05 16:00") == 0


def test_a_client_who_moves_west_is_not_asked_twice(lakeside: Cast) -> None:
    """What fell due at eight in Chicago, fell due at four in Honolulu, or at three in summer."""
    give(lakeside, "ana", "phq-8", rule=RepeatRule("each-session"))
    answer_what_waits(lakeside, "2026-03-02 20:00", "phq-8")
    met(lakeside, "2026-03-16 09:00")
    assert round_at(lakeside, "2026-03-16 09:30") == 1
    answer_what_waits(lakeside, "2026-03-16 10:00", "phq-8")
    with looking():
        Patient._base_manager.filter(pk=lakeside.patients["ana"].pk).update(zone=HONOLULU)
        lakeside.patients["ana"].refresh_from_db()
    assert round_at(lakeside, "2026-03-16 20:00") == 0


# Telling the client


def test_the_client_is_told_once_a_round_however_much_falls_due(lakeside: Cast) -> None:
    for instrument in ("gad-7", "phq-8"):
        give(lakeside, "ana", instrument, rule=RepeatRule("every-days", 14))
    assert round_at(lakeside, "2026-03-16 08:00") == 2
    assert told("something-due") == [lakeside.accounts["ana"].pk]


def test_a_round_that_brings_nothing_tells_nothing(lakeside: Cast) -> None:
    give(lakeside, "ana", "gad-7")
    round_at(lakeside, "2026-03-03 08:00")
    assert told("something-due") == []


def test_a_client_who_has_not_joined_is_not_written_to(lakeside: Cast) -> None:
    invitation = people.invite(
        lakeside.clinic,
        who=people.Newcomer("Kim", adult=True),
        clinician=lakeside.memberships["ben"],
        by=lakeside.viewer("ben"),
        at=NOON,
    )
    kim = invitation.patient
    rule: Any = RepeatRule("every-days", 7)
    actions.assign(
        kim, instrument="gad-7", rule=rule, starts_on=TODAY, by=lakeside.viewer("ben"), at=NOON
    )
    assert bring_due(kim, by=lakeside.clock(), at=after(days=8)) == 1
    assert told("something-due") == []


def test_nobody_but_the_clock_acts_as_the_clock(lakeside: Cast) -> None:
    for name in ("ana", "ben", "ada"):
        with pytest.raises(Refused):
            bring_due(lakeside.patients["ana"], by=lakeside.viewer(name), at=NOON)


# A clock that ran ahead: one round 400 days early, then the right time again


def test_a_round_400_days_ahead_does_not_silence_the_clock(lakeside: Cast) -> None:
    """gad-7 every 14 days from March 2; on March 5 the clock shows April 2027 for one round."""
    give(lakeside, "ana", "gad-7", rule=RepeatRule("every-days", 14), starts_on=TODAY)
    answer_what_waits(lakeside, "2026-03-02 12:30")
    round_at(lakeside, "2027-04-09 12:00")
    assert due_days(lakeside)[-1] > date(2027, 3, 1)  # the control: it was asked for then
    for day in ("2026-03-05 12:00", "2026-03-16 08:00"):
        round_at(lakeside, day)
    assert due_days(lakeside) == [date(2026, 3, 2), date(2026, 3, 16)]


def test_what_lapsed_by_a_clock_ahead_waits_again(lakeside: Cast) -> None:
    give(lakeside, "ana", "gad-7", rule=RepeatRule("every-days", 14), starts_on=TODAY)
    actions.save_draft(
        waiting(lakeside, "ana", "gad-7"), answers={"q1": 2}, by=lakeside.viewer("ana"), at=NOON
    )
    round_at(lakeside, "2027-04-09 12:00")
    round_at(lakeside, "2026-03-05 12:00")
    assert waiting(lakeside, "ana", "gad-7").state == "open"
    assert due_days(lakeside) == [date(2026, 3, 2)]


def test_the_clock_goes_to_whom_it_did_wrong_and_then_no_more(lakeside: Cast) -> None:
    give(lakeside, "ana", "gad-7", rule=RepeatRule("every-days", 14), starts_on=TODAY)
    round_at(lakeside, "2027-04-09 12:00")
    right = local("2026-03-05 12:00")
    with looking():
        wanting = [one.pk for one in wanting_clock(lakeside.clock(), at=right)]
    assert wanting == [lakeside.patients["ana"].pk]
    round_at(lakeside, "2026-03-05 12:00")
    with looking():
        assert wanting_clock(lakeside.clock(), at=right) == []


def states(cast: Cast, instrument: str = "gad-7") -> list[str]:
    with looking():
        rows = Administration.objects.filter(instrument=instrument).order_by("due_at")
        return list(rows.values_list("state", flat=True))


def test_what_lapsed_in_its_time_stays_so(lakeside: Cast) -> None:
    """Given once on March 2, for two weeks | rounds on March 22 and 23."""
    give(lakeside, "ana", "gad-7")
    for day in ("2026-03-22 12:00", "2026-03-23 12:00"):
        round_at(lakeside, day)
        assert states(lakeside) == ["lapsed"]
        with looking():
            assert wanting_clock(lakeside.clock(), at=local(day)) == []  # and no line is written


def test_what_is_given_no_more_is_not_asked_for_again(lakeside: Cast) -> None:
    """Ended an hour after it was given: that lapsed before its time, and on purpose."""
    occasion = give(lakeside, "ana", "gad-7", rule=RepeatRule("every-days", 14))
    with looking():
        rule = occasion.assignment
    actions.end_assignment(rule, by=lakeside.viewer("ben"), at=after(hours=1))
    round_at(lakeside, "2026-03-05 12:00")
    assert states(lakeside) == ["lapsed"]


def test_answers_of_days_to_come_are_not_taken_back(lakeside: Cast) -> None:
    """March 2 answered | a clock ahead asks on April 13 | Ana answers | the right time again."""
    give(lakeside, "ana", "gad-7", rule=RepeatRule("every-days", 14), starts_on=TODAY)
    answer_what_waits(lakeside, "2026-03-02 12:30")
    round_at(lakeside, "2026-04-13 12:00")
    answer_what_waits(lakeside, "2026-04-13 12:30")
    round_at(lakeside, "2026-03-05 12:00")
    assert states(lakeside) == ["done", "done"]


def test_one_that_waits_is_not_joined_by_one_that_lapsed_too_soon(lakeside: Cast) -> None:
    """A clock ahead let March 2 lapse | Ana was given the same anew | the right time again."""
    give(lakeside, "ana", "gad-7", rule=RepeatRule("every-days", 14), starts_on=TODAY)
    with looking():
        Administration.objects.update(state="lapsed")
    anew = give(lakeside, "ana", "gad-7", rule=RepeatRule("every-days", 14), at=after(hours=1))
    with looking():
        Administration.objects.exclude(pk=anew.pk).update(assignment=anew.assignment)
    round_at(lakeside, "2026-03-05 12:00")
    assert waiting(lakeside, "ana", "gad-7").pk == anew.pk


def test_of_two_that_a_clock_ahead_let_lapse_the_one_of_now_waits(lakeside: Cast) -> None:
    """Rounds on April 1 and April 20 came too soon; today is March 5."""
    first = give(lakeside, "ana", "gad-7", rule=RepeatRule("every-days", 14), starts_on=TODAY)
    for day in ("2026-04-01 12:00", "2026-04-20 12:00", "2026-03-05 12:00"):
        round_at(lakeside, day)
    assert waiting(lakeside, "ana", "gad-7").pk == first.pk


def test_what_waits_again_is_begun_where_it_has_a_draft_of_its_own(lakeside: Cast) -> None:
    """Ana began the PHQ-8 and not the GAD-7; both lapsed by a clock ahead."""
    for instrument in ("phq-8", "gad-7"):
        give(lakeside, "ana", instrument, rule=RepeatRule("every-days", 14), starts_on=TODAY)
    actions.save_draft(
        waiting(lakeside, "ana", "phq-8"), answers={"q1": 2}, by=lakeside.viewer("ana"), at=NOON
    )
    round_at(lakeside, "2027-04-09 12:00")
    round_at(lakeside, "2026-03-05 12:00")
    assert (states(lakeside, "phq-8"), states(lakeside)) == (["open"], ["due"])


def test_what_is_given_after_care_ended_belongs_to_no_episode(lakeside: Cast) -> None:
    """By a rule, on paper, or taken by oneself: the care that is over counts it no more."""
    people.set_instruments(
        lakeside.clinic, opened=[], usual_set=[], self_start=["phq-8"],
        by=lakeside.viewer("ada"), at=NOON,
    )  # fmt: skip
    ana, ben = lakeside.patients["ana"], lakeside.viewer("ben")
    with looking():
        Episode.objects.filter(patient=ana).update(ended_at=after(hours=1))
    give(lakeside, "ana", "gad-7", at=after(hours=2))
    answers = dict.fromkeys(["q1", "q2"], 1)
    came = actions.Entry("paper", TODAY)
    actions.enter(ana, instrument="phq-2", answers=answers, came=came, by=ben, at=after(hours=2))
    ana.clinic.refresh_from_db()
    actions.start_by_self(ana, instrument="phq-8", by=lakeside.viewer("ana"), at=after(hours=2))
    with looking():
        held = dict(Administration.objects.values_list("instrument", "episode"))
    assert held == {"gad-7": None, "phq-2": None, "phq-8": None}


def test_a_first_day_that_somebody_chose_is_left_as_it_is(lakeside: Cast) -> None:
    give(lakeside, "ana", "gad-7", rule=RepeatRule("every-days", 14), starts_on=date(2026, 9, 1))
    round_at(lakeside, "2026-03-05 12:00")
    assert due_days(lakeside) == [date(2026, 9, 1)]


def test_one_that_the_client_opened_and_left_does_not_stand_in_the_way(lakeside: Cast) -> None:
    """Ana looks at a GAD-7 herself | Ben gives it: that one waits, for as long as any."""
    people.set_instruments(
        lakeside.clinic, opened=[], usual_set=[], self_start=["gad-7"],
        by=lakeside.viewer("ada"), at=NOON,
    )  # fmt: skip
    own = actions.start_by_self(
        lakeside.patients["ana"], instrument="gad-7", by=lakeside.viewer("ana"), at=NOON
    )
    given = give(lakeside, "ana", "gad-7")
    assert given.pk != own.pk
    assert given.lapses_at is not None
    assert not given.self_started


def test_what_a_client_chose_themselves_is_not_overdue(lakeside: Cast) -> None:
    people.set_instruments(
        lakeside.clinic, opened=[], usual_set=[], self_start=["gad-7"],
        by=lakeside.viewer("ada"), at=NOON,
    )  # fmt: skip
    ana, ben = lakeside.viewer("ana"), lakeside.viewer("ben")
    actions.start_by_self(lakeside.patients["ana"], instrument="gad-7", by=ana, at=NOON)
    with looking():
        assert next_due(ben, Action.READ_CASELOAD, [lakeside.patients["ana"].pk]) == {}
