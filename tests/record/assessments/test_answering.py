"""Answering: saved as chosen, sent once, refused by name, stored whole or not at all."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from tests.cast import NOON, Cast, after, looking
from tests.record.steps import TODAY, answer, give, phq9, waiting
from waymark.access.vocabulary import Action
from waymark.record.assessments import actions
from waymark.record.assessments.actions import Entry, SentAlready
from waymark.record.assessments.models import (
    Administration,
    Assignment,
    Draft,
    Response,
    Score,
)
from waymark.record.assessments.queries import (
    answered_on,
    draft_of,
    next_due,
    response_for,
    response_to,
    responses_of,
    scores_for,
    waiting_for,
)
from waymark.record.people import actions as people
from waymark.record.safety.models import Screening
from waymark.record.tenancy.action import Invalid, Refused

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
LATER = after(hours=1)


def drafted(cast: Cast, answers: dict[str, int | None], *, at=LATER) -> Draft:
    row: Draft = actions.save_draft(
        waiting(cast, "ana"), answers=answers, by=cast.viewer("ana"), at=at
    )
    return row


def sent(cast: Cast, occasion: Administration, answers: Any = None, *, at=LATER) -> Response:
    row: Response = actions.submit(
        occasion, answers=phq9() if answers is None else answers, by=cast.viewer("ana"), at=at
    )
    return row


def entered(cast: Cast, *, by: str = "ben", mode: str = "paper", **given: Any) -> Response:
    came = Entry(mode, given.pop("for_date", TODAY))
    usual: dict[str, Any] = {"instrument": "phq-9", "answers": phq9(), "at": LATER}
    row: Response = actions.enter(
        cast.patients["ana"], **{**usual, **given}, came=came, by=cast.viewer(by)
    )
    return row


def state_of(occasion: Administration) -> str:
    with looking():
        return str(Administration.objects.get(pk=occasion.pk).state)


def nothing_stored() -> bool:
    with looking():
        tables = (Draft, Response, Score, Screening)
        return not any(table.objects.exists() for table in tables)


def nothing_kept() -> bool:
    """No answers; that danger in them was heard is another matter (see test_every_door)."""
    with looking():
        return not any(table.objects.exists() for table in (Draft, Response, Score))


def scores(cast: Cast) -> list[tuple[str, str, float | None, str]]:
    with looking():
        found = scores_for(cast.viewer("ben"), Action.READ_SCORES, [cast.patients["ana"].pk])
        return [(one.instrument, one.scale, one.value, one.source) for one in found]


# Drafts


def test_a_draft_begins_the_occasion_and_keeps_what_was_chosen(lakeside: Cast) -> None:
    occasion = give(lakeside, "ana")
    drafted(lakeside, {"q1": 2})
    assert state_of(occasion) == "open"
    with looking():
        draft = draft_of(lakeside.viewer("ana"), Action.ANSWER_INSTRUMENT, occasion)
        assert draft is not None
        assert (draft.answers, draft.saved_at) == ({"q1": 2}, LATER)


def test_a_later_draft_adds_and_changes_and_forgets_nothing(lakeside: Cast) -> None:
    give(lakeside, "ana")
    drafted(lakeside, {"q1": 2, "q2": 1})
    draft = drafted(lakeside, {"q2": 3, "q3": None})
    with looking():
        assert draft.answers == {"q1": 2, "q2": 3, "q3": None}
        assert Draft.objects.count() == 1


def test_what_was_begun_stands_first(lakeside: Cast) -> None:
    give(lakeside, "ana", "gad-7")
    give(lakeside, "ana", at=after(minutes=5))
    drafted(lakeside, {"q1": 1})
    with looking():
        rows = waiting_for(lakeside.viewer("ana"), at=LATER)
        assert [row.instrument for row in rows] == ["phq-9", "gad-7"]


def test_a_discarded_draft_is_gone_and_the_occasion_waits_again(lakeside: Cast) -> None:
    occasion = give(lakeside, "ana")
    drafted(lakeside, {"q1": 2})
    actions.discard(occasion, by=lakeside.viewer("ana"), at=LATER)
    assert state_of(occasion) == "due"
    assert nothing_stored()


# Sending


def test_what_is_sent_is_stored_scored_and_done(lakeside: Cast) -> None:
    occasion = give(lakeside, "ana")
    drafted(lakeside, {"q1": 2})
    response = sent(lakeside, occasion, phq9(rest=2))
    assert state_of(occasion) == "done"
    with looking():
        assert response.answers == phq9(rest=2) | {"q10": None}  # how difficult it was: not asked
        assert (response.mode, response.entered_by, response.for_date) == ("self", None, TODAY)
        assert response.offset_minutes == -360
        assert not Draft.objects.exists()
    assert scores(lakeside) == [("phq-9", "total", 16, "self")]


def test_answers_before_four_in_the_morning_are_of_the_day_before(lakeside: Cast) -> None:
    occasion = give(lakeside, "ana")
    assert sent(lakeside, occasion, at=after(hours=15, minutes=59)).for_date == TODAY
    with looking():
        ana = lakeside.viewer("ana")
        assert answered_on(ana, Action.READ_TODAY, TODAY)
        assert not answered_on(ana, Action.READ_TODAY, TODAY + timedelta(days=1))


def test_a_second_tab_hears_that_it_was_sent_already(lakeside: Cast) -> None:
    occasion = give(lakeside, "ana")
    tab = waiting(lakeside, "ana")
    sent(lakeside, occasion)
    for late in (lambda: sent(lakeside, tab, phq9(rest=3)), lambda: drafted_on(lakeside, tab)):
        with pytest.raises(SentAlready, match="already"):
            late()
    assert scores(lakeside) == [("phq-9", "total", 8, "self")]


def drafted_on(cast: Cast, occasion: Administration) -> Draft:
    row: Draft = actions.save_draft(occasion, answers={"q1": 1}, by=cast.viewer("ana"), at=LATER)
    return row


def test_what_has_lapsed_can_still_be_sent_by_who_has_it_open(lakeside: Cast) -> None:
    """Given | three weeks: nobody waits for it any more | sent all the same: it is stored."""
    occasion = give(lakeside, "ana")
    actions.bring_due(lakeside.patients["ana"], by=lakeside.clock(), at=after(days=20))
    assert state_of(occasion) == "lapsed"
    sent(lakeside, occasion, at=after(days=20))
    assert state_of(occasion) == "done"
    assert scores(lakeside) == [("phq-9", "total", 8, "self")]


def test_late_answers_belong_to_the_occasion_that_waits_now(lakeside: Cast) -> None:
    """Every week | the first one lapsed, the second waits | the old tab sends | asked no more."""
    occasion = give(lakeside, "ana", rule=actions.RepeatRule("every-days", 7))
    actions.bring_due(lakeside.patients["ana"], by=lakeside.clock(), at=after(days=7))
    second = waiting(lakeside, "ana")
    assert second.pk != occasion.pk
    response = sent(lakeside, occasion, at=after(days=7, hours=1))
    assert response.administration_id == second.pk
    assert (state_of(occasion), state_of(second)) == ("lapsed", "done")


@pytest.mark.parametrize(
    ("bad", "item"),
    [
        ({"q11": 1}, "q11"),
        ({"q3": 4}, "q3"),
        ({"q3": -1}, "q3"),
        ({"q3": 1.5}, "q3"),
        ({"q3": 1.0}, "q3"),
        ({"q3": True}, "q3"),
        ({"q3": "1"}, "q3"),
        ({"q9": 7}, "q9"),
    ],
)
def test_an_answer_that_is_none_is_refused_by_its_item(
    lakeside: Cast, bad: dict[str, Any], item: str
) -> None:
    occasion = give(lakeside, "ana")
    for attempt in (
        lambda: sent(lakeside, occasion, {**phq9(q9=2), **bad}),
        lambda: drafted(lakeside, {**phq9(q9=2), **bad}),
        lambda: entered(lakeside, answers={**phq9(q9=2), **bad}),
    ):
        with pytest.raises(Invalid) as caught:
            attempt()
        assert caught.value.field == item
    assert nothing_kept()
    assert state_of(occasion) == "due"


def test_too_many_missing_answers_give_no_score_and_the_reason(lakeside: Cast) -> None:
    """PHQ-9: at most two may be left out; the last item is looked at all the same."""
    answer(lakeside, "ana", {"q1": 3, "q2": 3, "q3": 3})
    with looking():
        score = Score.objects.get()
        assert score.result["value"] is None
        assert "No score" in score.result["note"]
        assert Screening.objects.count() == 1


def test_a_few_missing_answers_are_stood_in_for_and_marked(lakeside: Cast) -> None:
    answers = {**phq9(rest=2), "q8": None}
    answer(lakeside, "ana", answers)
    with looking():
        result = Score.objects.get().result
    assert (result["value"], result["prorated"]) == (16, True)  # 14 of seven and 0: 14 x 9 / 8
    assert result["exact"] == pytest.approx(15.75)


def test_an_answer_that_was_not_given_is_stored_as_not_given(lakeside: Cast) -> None:
    response = answer(lakeside, "ana", {"q1": 1})
    with looking():
        assert response.answers == {"q1": 1} | dict.fromkeys([f"q{n}" for n in range(2, 11)])


def test_every_scale_of_an_instrument_is_scored(lakeside: Cast) -> None:
    answer(lakeside, "ana", dict.fromkeys(["q1", "q2", "q3", "q4"], 2), instrument="phq-4")
    assert sorted(scores(lakeside)) == [
        ("phq-4", "anxiety", 4, "self"),
        ("phq-4", "depression", 4, "self"),
        ("phq-4", "total", 8, "self"),
    ]


def test_a_client_answers_for_nobody_else(lakeside: Cast) -> None:
    occasion = give(lakeside, "ana")
    for name in ("eli", "ben", "ada"):
        with pytest.raises(Refused):
            actions.submit(occasion, answers=phq9(), by=lakeside.viewer(name), at=LATER)
    assert nothing_stored()


# Entered by staff


@pytest.mark.parametrize("mode", ["paper", "phone"])
def test_answers_on_paper_go_the_same_way_and_name_who_entered_them(
    lakeside: Cast, mode: str
) -> None:
    response = entered(lakeside, mode=mode, for_date=date(2026, 2, 27))
    assert response.entered_by == lakeside.accounts["ben"].pk
    assert (response.mode, response.for_date) == (mode, date(2026, 2, 27))
    assert scores(lakeside) == [("phq-9", "total", 8, mode)]
    with looking():
        assert Score.objects.get().taken_at.isoformat() == "2026-02-27T18:00:00+00:00"


def test_answers_of_today_are_not_dated_into_the_future(lakeside: Cast) -> None:
    early = after(hours=-8)  # ten in UTC, four in the morning in Chicago
    with looking():
        assert entered(lakeside, at=early).scores.get().taken_at == early


def test_entering_answers_what_waits(lakeside: Cast) -> None:
    occasion = give(lakeside, "ana")
    assert entered(lakeside).administration_id == occasion.pk
    assert state_of(occasion) == "done"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"mode": "self"}, "mode"),
        ({"mode": "imported"}, "mode"),
        ({"for_date": date(2026, 3, 3)}, "for_date"),
        ({"instrument": "who-5"}, "instrument"),
    ],
)
def test_what_cannot_have_been_answered_is_refused(
    lakeside: Cast, given: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as caught:
        entered(lakeside, **given)
    assert caught.value.field == field
    assert nothing_stored()


def test_only_the_team_enters_answers(lakeside: Cast) -> None:
    for name in ("ana", "gil", "sue", "dana", "ada"):
        with pytest.raises(Refused):
            entered(lakeside, by=name)


# Started by oneself


def self_started(cast: Cast, instrument: str = "gad-7") -> Administration:
    row: Administration = actions.start_by_self(
        cast.patients["ana"], instrument=instrument, by=cast.viewer("ana"), at=LATER
    )
    return row


def open_for_starting(cast: Cast, *instruments: str) -> None:
    people.set_instruments(
        cast.clinic,
        opened=[],
        usual_set=[],
        self_start=list(instruments),
        by=cast.viewer("ada"),
        at=NOON,
    )
    cast.patients["ana"].clinic.refresh_from_db()


def test_a_client_starts_only_what_the_clinic_opened(lakeside: Cast) -> None:
    open_for_starting(lakeside, "gad-7")
    assert self_started(lakeside).self_started
    with pytest.raises(Invalid, match="not opened") as caught:
        self_started(lakeside, "phq-8")
    assert caught.value.field == "instrument"


def test_starting_what_waits_already_is_no_second_one(lakeside: Cast) -> None:
    open_for_starting(lakeside, "gad-7")
    occasion = give(lakeside, "ana", "gad-7")
    assert self_started(lakeside) == occasion


def test_leaving_what_one_started_leaves_nothing_waiting(lakeside: Cast) -> None:
    open_for_starting(lakeside, "gad-7")
    occasion = self_started(lakeside)
    actions.discard(occasion, by=lakeside.viewer("ana"), at=LATER)
    assert state_of(occasion) == "lapsed"


def test_an_instrument_with_risk_items_is_started_under_the_same_rule(
    lakeside: Cast, settings: Any
) -> None:
    open_for_starting(lakeside, "phq-9")
    settings.WAYMARK_DEMO = False
    with pytest.raises(Invalid, match="danger"):
        self_started(lakeside, "phq-9")


# Reading


def test_responses_are_listed_newest_first_and_found_by_their_occasion(lakeside: Cast) -> None:
    first = answer(lakeside, "ana", phq9())
    second = answer(lakeside, "ana", phq9(), at=after(days=7))
    ben, ana = lakeside.viewer("ben"), lakeside.patients["ana"]
    with looking():
        assert list(responses_of(ben, Action.READ_ANSWERS, ana.pk)) == [second, first]
        assert response_for(ben, Action.READ_ANSWERS, first.pk) == first
        occasion = Administration.objects.get(pk=first.administration_id)
        assert response_to(ben, Action.READ_ANSWERS, occasion) == first
        with pytest.raises(Response.DoesNotExist):
            response_for(lakeside.viewer("gil"), Action.READ_ANSWERS, first.pk)


def test_what_waits_longest_is_next(lakeside: Cast) -> None:
    give(lakeside, "ana", "gad-7", at=after(hours=-1))
    give(lakeside, "ana", starts_on=TODAY + timedelta(days=3))
    ben, ana, eli = lakeside.viewer("ben"), lakeside.patients["ana"], lakeside.patients["eli"]
    with looking():
        due = next_due(ben, Action.READ_CASELOAD, [ana.pk, eli.pk])
    assert {pk: row.instrument for pk, row in due.items()} == {ana.pk: "gad-7"}


def test_the_scores_of_one_instrument_alone(lakeside: Cast) -> None:
    answer(lakeside, "ana", phq9())
    answer(lakeside, "ana", dict.fromkeys(["q1", "q2"], 2), instrument="phq-2")
    ben, ana = lakeside.viewer("ben"), lakeside.patients["ana"].pk
    with looking():
        found = scores_for(ben, Action.READ_SCORES, [ana], instrument="phq-2")
        assert [one.instrument for one in found] == ["phq-2"]


# What the database itself refuses


def refused_by_the_database(row: Any, **changes: Any) -> None:
    """A copy of a good row with these changes is not taken."""
    with looking():
        row.pk = uuid4()
        for name, value in changes.items():
            setattr(row, name, value)
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save(force_insert=True)


def unsealed(row: Response) -> Response:
    """Opened, so that the copy is sealed for its own id."""
    with looking():
        assert row.answers
        return row


def test_a_response_about_danger_is_stored_with_its_screening_or_not_at_all(
    lakeside: Cast,
) -> None:
    row = unsealed(answer(lakeside, "ana", phq9()))
    occasion = give(lakeside, "ana", at=after(days=7))
    refused_by_the_database(row, administration=occasion, screening=None)


def test_an_occasion_has_one_response(lakeside: Cast) -> None:
    row = unsealed(answer(lakeside, "ana", phq9()))
    refused_by_the_database(row)


def test_another_occasion_takes_the_same_answers(lakeside: Cast) -> None:
    """The control: it is the occasion that makes the copy refused, and nothing else."""
    row = unsealed(answer(lakeside, "ana", phq9()))
    with looking():
        row.administration = give(lakeside, "ana", at=after(days=7))
        row.pk = uuid4()
        with transaction.atomic():
            row.save(force_insert=True)
        assert Response.objects.count() == 2


@pytest.mark.parametrize(
    ("repeat", "days"), [("every-days", None), ("every-days", 0), ("once", 7), ("each-session", 7)]
)
def test_a_rule_says_how_many_days_if_and_only_if_it_counts_days(
    lakeside: Cast, repeat: str, days: int | None
) -> None:
    give(lakeside, "ana")
    with looking():
        row = Assignment.objects.get()
    refused_by_the_database(row, instrument="gad-7", repeat=repeat, every_days=days)


def test_an_instrument_has_one_live_rule_and_waits_once(lakeside: Cast) -> None:
    occasion = give(lakeside, "ana")
    with looking():
        rule = Assignment.objects.get()
    refused_by_the_database(rule)
    refused_by_the_database(occasion)


def test_what_lapses_does_so_after_it_was_due(lakeside: Cast) -> None:
    occasion = give(lakeside, "ana")
    refused_by_the_database(occasion, instrument="gad-7", lapses_at=occasion.due_at)
