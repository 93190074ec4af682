"""Giving an instrument by a rule: once, every so many days, each session; and what is refused."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests.cast import NOON, Cast, after, looking, welcome
from tests.record.steps import TODAY, give, told, waiting
from waymark.access.vocabulary import Action
from waymark.interfaces.jobs.round import go_round
from waymark.library.instruments import INSTRUMENTS
from waymark.record.assessments import actions
from waymark.record.assessments.actions import RepeatRule
from waymark.record.assessments.models import Administration, Assignment
from waymark.record.assessments.queries import (
    administration_for,
    assigned_to,
    assignment_for,
    assignments_of,
    next_due,
    offers,
    responses_of,
    rules_for,
    scores_for,
    waiting_for,
)
from waymark.record.people import actions as people
from waymark.record.tenancy.action import Invalid, Refused
from waymark.record.tenancy.models import Account

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


def assigned(cast: Cast, *, by: str = "ben", **given: Any) -> Assignment:
    usual: dict[str, Any] = {"instrument": "gad-7", "starts_on": TODAY, "at": NOON}
    row: Assignment = actions.assign(cast.patients["ana"], **{**usual, **given}, by=cast.viewer(by))
    return row


def occasions(cast: Cast) -> list[tuple[str, str]]:
    with looking():
        rows = Administration.objects.filter(patient=cast.patients["ana"]).order_by("due_at", "pk")
        return [(row.instrument, row.state) for row in rows]


def test_what_is_given_today_can_be_answered_now(lakeside: Cast) -> None:
    early = after(hours=-5)  # seven in the morning
    assigned(lakeside, at=early)
    with looking():
        (row,) = waiting_for(lakeside.viewer("ana"), at=early)
    assert row.due_at == early


def test_what_is_given_for_later_waits_until_eight_on_its_day(lakeside: Cast) -> None:
    assigned(lakeside, starts_on=date(2026, 3, 4))
    ana = lakeside.viewer("ana")
    eight = after(days=2, hours=-4)
    with looking():
        assert waiting_for(ana, at=eight - timedelta(seconds=1)) == []
        assert len(waiting_for(ana, at=eight)) == 1


def test_an_occasion_knows_its_version_its_episode_and_its_end(lakeside: Cast) -> None:
    row = give(lakeside, "ana", "gad-7", rule=RepeatRule("every-days", 10))
    assert row.version == INSTRUMENTS["gad-7"].version
    assert row.episode_id is not None
    assert row.lapses_at == datetime(2026, 3, 12, 13, tzinfo=UTC)  # eight, after the change to DST
    assert give(lakeside, "ana", "phq-8").lapses_at == datetime(2026, 3, 16, 13, tzinfo=UTC)


def test_a_new_rule_replaces_the_one_before(lakeside: Cast) -> None:
    first = assigned(lakeside, rule=RepeatRule("every-days", 7))
    second = assigned(lakeside, rule=RepeatRule("every-days", 14), at=after(hours=1))
    with looking():
        live = assignments_of(
            lakeside.viewer("ben"), Action.READ_CASELOAD, lakeside.patients["ana"].pk
        )
        assert list(live) == [second]
        first.refresh_from_db()
    assert first.ended_at == after(hours=1)
    assert occasions(lakeside) == [("gad-7", "due")]


def test_an_occasion_that_waits_belongs_to_the_new_rule(lakeside: Cast) -> None:
    """Or, once it was answered, the clock would ask the same again on the same day."""
    assigned(lakeside, rule=RepeatRule("every-days", 7))
    assigned(lakeside, rule=RepeatRule("every-days", 14), at=after(hours=1))
    answers = dict.fromkeys([f"q{n}" for n in range(1, 8)], 1)
    actions.submit(
        waiting(lakeside, "ana", "gad-7"),
        answers=answers,
        by=lakeside.viewer("ana"),
        at=after(hours=2),
    )
    ana, clock = lakeside.patients["ana"], lakeside.clock()
    assert actions.bring_due(ana, by=clock, at=after(hours=3)) == 0
    assert actions.bring_due(ana, by=clock, at=after(days=13, hours=20)) == 1


def test_a_new_rule_does_not_ask_twice(lakeside: Cast) -> None:
    assigned(lakeside)
    assigned(lakeside)
    assert occasions(lakeside) == [("gad-7", "due")]


@pytest.mark.parametrize(
    ("rule", "field"),
    [
        (RepeatRule("sometimes"), "repeat"),
        (RepeatRule("every-days"), "every_days"),
        (RepeatRule("every-days", 0), "every_days"),
        (RepeatRule("every-days", 367), "every_days"),
        (
            RepeatRule("every-days", 6),
            "every_days",
        ),  # gad-7 asks about two weeks; seven days at least
    ],
)
def test_a_rule_that_cannot_be_is_refused(lakeside: Cast, rule: RepeatRule, field: str) -> None:
    with pytest.raises(Invalid) as caught:
        assigned(lakeside, rule=rule)
    assert caught.value.field == field
    assert occasions(lakeside) == []


@pytest.mark.parametrize("instrument", [one for one in INSTRUMENTS.values() if one.default_on])
def test_no_instrument_comes_more_often_than_it_can_tell(lakeside: Cast, instrument: Any) -> None:
    floor = max(instrument.retake_days, 1)
    assigned(lakeside, instrument=instrument.id, rule=RepeatRule("every-days", floor))
    if floor > 1:
        with pytest.raises(Invalid, match=f"every {floor} days"):
            assigned(lakeside, instrument=instrument.id, rule=RepeatRule("every-days", floor - 1))


@pytest.mark.parametrize(
    ("instrument", "remedy"),
    [("phq-99", "not an instrument"), ("who-5", "an administrator accepts them first")],
)
def test_an_instrument_that_is_not_offered_is_refused(
    lakeside: Cast, instrument: str, remedy: str
) -> None:
    with pytest.raises(Invalid, match=remedy) as caught:
        assigned(lakeside, instrument=instrument)
    assert caught.value.field == "instrument"


def test_an_instrument_with_conditions_is_given_once_they_are_accepted(lakeside: Cast) -> None:
    people.set_instruments(
        lakeside.clinic,
        opened=["who-5"],
        usual_set=[],
        self_start=[],
        by=lakeside.viewer("ada"),
        at=NOON,
    )
    lakeside.patients["ana"].clinic.refresh_from_db()
    assert assigned(lakeside, instrument="who-5").instrument == "who-5"


def test_the_list_of_offers_says_why_not(lakeside: Cast) -> None:
    refusals = {offer.id: offer.refusal for offer in offers(lakeside.clinic, at=NOON)}
    assert set(refusals) == {one.id for one in INSTRUMENTS.values()}
    assert refusals["gad-7"] == ""
    assert "accepts them first" in refusals["who-5"]


def test_the_usual_set_is_given_at_its_own_pace_once(lakeside: Cast) -> None:
    people.set_instruments(
        lakeside.clinic,
        opened=[],
        usual_set=["phq-9", "gad-7", "pcl-5"],
        self_start=[],
        by=lakeside.viewer("ada"),
        at=NOON,
    )
    ana, ben = lakeside.patients["ana"], lakeside.viewer("ben")
    ana.clinic.refresh_from_db()
    assigned(
        lakeside, rule=RepeatRule("every-days", 7)
    )  # gad-7 is there already, and stays as it is
    assert actions.assign_usual_set(ana, starts_on=TODAY, by=ben, at=NOON) == 2
    assert actions.assign_usual_set(ana, starts_on=TODAY, by=ben, at=NOON) == 0
    with looking():
        pace = dict(Assignment.objects.values_list("instrument", "every_days"))
    assert pace == {"gad-7": 7, "phq-9": 14, "pcl-5": 28}


@pytest.mark.parametrize("order", [["phq-9", "gad-7", "k6"], ["k6", "gad-7", "phq-9"]])
def test_a_set_given_in_one_moment_keeps_its_order(lakeside: Cast, order: list[str]) -> None:
    people.set_instruments(
        lakeside.clinic,
        opened=[],
        usual_set=order,
        self_start=[],
        by=lakeside.viewer("ada"),
        at=NOON,
    )
    ana, ben = lakeside.patients["ana"], lakeside.viewer("ben")
    ana.clinic.refresh_from_db()
    actions.assign_usual_set(ana, starts_on=TODAY, by=ben, at=NOON)
    with looking():
        line = waiting_for(lakeside.viewer("ana"), at=after(minutes=1))
    assert [one.instrument for one in line] == order


def test_what_was_withdrawn_by_the_clinic_comes_no_more(lakeside: Cast) -> None:
    """WHO-5 weekly, its conditions accepted | withdrawn on day 3 | day 8: nothing comes."""
    for opened, at in ((["who-5"], NOON), ([], after(days=3))):
        people.set_instruments(
            lakeside.clinic,
            opened=opened,
            usual_set=[],
            self_start=[],
            by=lakeside.viewer("ada"),
            at=at,
        )
        lakeside.patients["ana"].clinic.refresh_from_db()
        if opened:
            assigned(lakeside, instrument="who-5", rule=RepeatRule("every-days", 14))
    assert go_round(at=after(days=15)).given == 0


def test_after_the_end_nothing_more_comes_and_what_was_begun_can_be_sent(lakeside: Cast) -> None:
    row = assigned(lakeside, instrument="phq-8")
    assigned(lakeside)
    actions.save_draft(
        waiting(lakeside, "ana", "gad-7"), answers={"q1": 1}, by=lakeside.viewer("ana"), at=NOON
    )
    for held in (row, assigned(lakeside)):
        actions.end_assignment(held, by=lakeside.viewer("ben"), at=after(days=1))
    assert sorted(occasions(lakeside)) == [("gad-7", "open"), ("phq-8", "lapsed")]
    later = after(days=60)
    assert actions.bring_due(lakeside.patients["ana"], by=lakeside.clock(), at=later) == 0


def test_ending_twice_keeps_the_first_day(lakeside: Cast) -> None:
    row = assigned(lakeside)
    for days in (1, 2):
        actions.end_assignment(row, by=lakeside.viewer("ben"), at=after(days=days))
    assert row.ended_at == after(days=1)


def test_only_the_team_assigns(lakeside: Cast) -> None:
    for name in ("ana", "gil", "sue", "dana", "ada"):
        with pytest.raises(Refused):
            assigned(lakeside, by=name)


def test_what_is_not_ones_own_is_not_there(lakeside: Cast) -> None:
    row = assigned(lakeside)
    occasion = waiting(lakeside, "ana", "gad-7")
    with looking():
        assert assignment_for(lakeside.viewer("ben"), Action.READ_CASELOAD, row.pk) == row
        with pytest.raises(Assignment.DoesNotExist):
            assignment_for(lakeside.viewer("gil"), Action.READ_CASELOAD, row.pk)
        with pytest.raises(Administration.DoesNotExist):
            administration_for(lakeside.viewer("eli"), Action.ANSWER_INSTRUMENT, occasion.pk)


def test_a_reminder_goes_out_once_a_day(lakeside: Cast) -> None:
    """A day to the second: then it can be sent once more."""
    with looking():
        account = Account.objects.get(pk=lakeside.accounts["ana"].pk)
        account.email = "ana@home.example"
        account.save()
    give(lakeside, "ana", "gad-7")
    ana, ben = lakeside.patients["ana"], lakeside.viewer("ben")
    actions.remind(ana, by=ben, at=NOON)
    with pytest.raises(Invalid, match="within the last day"):
        actions.remind(ana, by=ben, at=after(hours=24, seconds=-1))
    actions.remind(ana, by=ben, at=after(hours=24))
    assert told("something-due") == [lakeside.accounts["ana"].pk] * 2


def test_rules_and_answers_are_told_of_whom_was_asked_about(lakeside: Cast) -> None:
    """Ben treats Ana and Amy. Ana: GAD-7 and PHQ-8, her PHQ-2 rule is over. Amy: GAD-7."""
    welcome(lakeside, "amy", clinician="ben")
    ana, amy, ben = lakeside.patients["ana"], lakeside.patients["amy"], lakeside.viewer("ben")
    held = {id: assigned(lakeside, instrument=id) for id in ("gad-7", "phq-8", "phq-2")}
    actions.end_assignment(held["phq-2"], by=ben, at=NOON)
    of_amy = actions.assign(amy, instrument="gad-7", starts_on=TODAY, by=ben, at=NOON)
    for name in ("ana", "amy"):
        occasion = waiting(lakeside, name, "gad-7")
        answers = dict.fromkeys((f"q{n}" for n in range(1, 8)), 1)
        actions.submit(occasion, answers=answers, by=lakeside.viewer(name), at=NOON)
    act = Action.READ_CASELOAD
    with looking():
        assert assigned_to(ben, act, [ana.pk]) == {ana.pk: {"gad-7", "phq-8"}}
        assert rules_for(ben, act, [ana.pk], instrument="gad-7") == {ana.pk: held["gad-7"]}
        assert rules_for(ben, act, [ana.pk], instrument="phq-2") == {}
        both = rules_for(ben, act, [ana.pk, amy.pk], instrument="gad-7")
        assert both == {ana.pk: held["gad-7"], amy.pk: of_amy}
        assert [row.patient_id for row in responses_of(ben, act, ana.pk)] == [ana.pk]
        assert [row.patient_id for row in assignments_of(ben, act, amy.pk)] == [amy.pk]
        assert next_due(ben, act, [amy.pk]) == {}  # she answered, and only Ana has one that waits
        assert [row.instrument for row in next_due(ben, act, [ana.pk]).values()] == ["phq-8"]
        assert {one.patient for one in scores_for(ben, act, [ana.pk])} == {ana.pk}
