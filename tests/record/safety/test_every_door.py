"""Raw answers are looked at before anything may refuse them: every door, state and error.

Ana answers "several days" to question 9 of a PHQ-9. However it comes, and whatever is wrong with
the rest of it, a concern is open afterwards, and somebody was told.

doors   draft, send, send again, paper, telephone, a sheet that is not whole, import; a file that is
        looked at and left alone, one that is confirmed and never gets a worker, one that is stored
states  waiting, begun, lapsed, its rule ended, sent before, care ended
errors  none, another item out of range, an unknown item, a wrong day, nobody responsible
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from tests.cast import NOON, Cast, after, looking
from tests.record.steps import TODAY, answer, concern_of, entries_of, give, phq9, told
from waymark.access.vocabulary import Action
from waymark.record.assessments import actions as assessments
from waymark.record.assessments.actions import Entry, Past
from waymark.record.assessments.models import Administration, Assignment
from waymark.record.episodes.models import Episode
from waymark.record.safety.models import Concern, Screening
from waymark.record.safety.queries import open_states
from waymark.record.tenancy.action import Conflict, Invalid, Refused, reading
from waymark.record.tenancy.models import Duty

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

Answers = Mapping[str, Any]
LATER = after(days=1)


# States: what became of the occasion before the answers come


def waits(cast: Cast, occasion: Administration) -> None:
    pass


def begun(cast: Cast, occasion: Administration) -> None:
    assessments.save_draft(occasion, answers={"q1": 1}, by=cast.viewer("ana"), at=NOON)


def lapsed(cast: Cast, occasion: Administration) -> None:
    assessments.bring_due(cast.patients["ana"], by=cast.clock(), at=after(days=20))


def rule_ended(cast: Cast, occasion: Administration) -> None:
    with looking():
        rule = Assignment.objects.get(patient=cast.patients["ana"])
    assessments.end_assignment(rule, by=cast.viewer("ben"), at=NOON)


def sent_before(cast: Cast, occasion: Administration) -> None:
    assessments.submit(occasion, answers=phq9(q9=0), by=cast.viewer("ana"), at=NOON)


def care_ended(cast: Cast, occasion: Administration) -> None:
    with looking():
        episode = Episode.objects.select_related("patient", "clinic").get(
            patient=cast.patients["ana"]
        )
    assessments.end_care(episode, ended_at=NOON, by=cast.viewer("ben"), at=NOON)


STATES = {one.__name__: one for one in (waits, begun, lapsed, rule_ended, sent_before, care_ended)}


# Doors: how the answers come


def draft(cast: Cast, occasion: Administration, answers: Answers) -> None:
    assessments.save_draft(occasion, answers=answers, by=cast.viewer("ana"), at=LATER)


def send(cast: Cast, occasion: Administration, answers: Answers) -> None:
    assessments.submit(occasion, answers=answers, by=cast.viewer("ana"), at=LATER, key=uuid4())


def by_staff(mode: str, day: date = TODAY) -> Callable[[Cast, Administration, Answers], None]:
    def door(cast: Cast, occasion: Administration, answers: Answers) -> None:
        assessments.enter(
            cast.patients["ana"],
            instrument="phq-9",
            answers=answers,
            came=Entry(mode, day),
            by=cast.viewer("ben"),
            at=LATER,
        )

    return door


def sheet_with_gaps(cast: Cast, occasion: Administration, answers: Answers) -> None:
    assessments.listen(
        cast.patients["ana"],
        instrument="phq-9",
        answers=answers,
        by=cast.viewer("ben"),
        at=LATER,
    )


def imported(*days: int) -> Callable[[Cast, Administration, Answers], None]:
    def door(cast: Cast, occasion: Administration, answers: Answers) -> None:
        rows = [Past("phq-9", TODAY - timedelta(days=day), answers=answers) for day in days]
        assessments.bring_in(cast.patients["ana"], rows=rows, by=cast.viewer("ben"), at=LATER)

    return door


def file_looked_at(cast: Cast, occasion: Administration, answers: Answers) -> None:
    """A row that is left out, or a file that is never confirmed; its day cannot be read."""
    said = [assessments.Said("phq-9", answers)]
    assessments.hear_past(cast.patients["ana"], said=said, by=cast.viewer("ben"), at=LATER)


def file_confirmed(cast: Cast, occasion: Administration, answers: Answers) -> None:
    """Kept for a worker that never comes."""
    rows = [Past("phq-9", TODAY - timedelta(days=3), answers=answers, line=2)]
    ana, ben = cast.patients["ana"], cast.viewer("ben")
    assessments.take_in(ana, rows=rows, work=uuid4(), by=ben, at=LATER)


def file_stored(cast: Cast, occasion: Administration, answers: Answers) -> None:
    file_confirmed(cast, occasion, answers)
    assert assessments.carry_next(cast.clinic, at=LATER) is not None


DOORS = {
    "draft": draft,
    "send": send,
    "paper": by_staff("paper"),
    "phone": by_staff("phone"),
    "paper, with a day to come": by_staff("paper", date(2026, 3, 9)),
    "paper, with no way named": by_staff("pigeon"),
    "a sheet with gaps": sheet_with_gaps,
    "import": imported(3),
    "import, with a day to come": imported(3, -9),
    "a file that is looked at": file_looked_at,
    "a confirmed file": file_confirmed,
    "a confirmed file that is stored": file_stored,
}

# What else is wrong with them; PHQ-9 lists 0 to 3, and ten items.
ERRORS: dict[str, dict[str, Any]] = {
    "nothing": {},
    "another item out of range": {"q2": 7},
    "an unknown item": {"q11": 1},
    "a word for a number": {"q3": "often"},
}


def comes(door: str, cast: Cast, occasion: Administration, answers: Answers) -> bool:
    """Whether it was carried out; a refusal is no reason to have heard nothing."""
    try:
        DOORS[door](cast, occasion, answers)
    except Invalid:
        return False
    return True


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("door", DOORS)
def test_danger_is_heard_through_every_door(
    lakeside: Cast, door: str, state: str, error: str
) -> None:
    occasion = give(lakeside, "ana")
    STATES[state](lakeside, occasion)
    comes(door, lakeside, occasion, phq9(q9=1) | ERRORS[error])
    concern = concern_of(lakeside, "ana")
    assert concern is not None
    answered = [row.body["answers"] for row in entries_of(lakeside, "ana") if row.kind == "answer"]
    assert answered[-1][0]["label"] == "Several days"
    assert lakeside.accounts["ben"].pk in told("review-needed")


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("door", DOORS)
def test_a_calm_answer_opens_nothing_through_any_door(
    lakeside: Cast, door: str, state: str
) -> None:
    occasion = give(lakeside, "ana")
    STATES[state](lakeside, occasion)
    comes(door, lakeside, occasion, phq9(q9=0))
    assert concern_of(lakeside, "ana") is None
    assert told("review-needed") == []


def test_the_same_key_with_other_answers_is_refused_and_heard(lakeside: Cast) -> None:
    """Sent | back in the browser, another answer to question 9 | sent again by the same form."""
    occasion, key, ana = give(lakeside, "ana"), uuid4(), lakeside.viewer("ana")
    assessments.submit(occasion, answers=phq9(q9=0), by=ana, at=NOON, key=key)
    with pytest.raises(Conflict):
        assessments.submit(occasion, answers=phq9(q9=2), by=ana, at=LATER, key=key)
    assert concern_of(lakeside, "ana") is not None


def test_what_is_refused_is_told_once(lakeside: Cast) -> None:
    """A form with an error is sent again and again: the team hears of it once."""
    occasion = give(lakeside, "ana")
    for _ in range(3):
        comes("draft", lakeside, occasion, phq9(q9=1) | {"q2": 7})
        comes("a sheet with gaps", lakeside, occasion, phq9(q9=1))
    assert [row.kind for row in entries_of(lakeside, "ana")].count("answer") == 2
    with looking():
        assert Screening.objects.count() == 2


@pytest.mark.parametrize(("minutes", "told_again"), [(59.9, False), (60, True)])
def test_an_hour_later_the_same_is_told_again(
    lakeside: Cast, minutes: float, told_again: bool
) -> None:
    """A sheet with gaps is looked at twice; within the hour it is the same sheet."""
    for at in (LATER, LATER + timedelta(minutes=minutes)):
        assessments.listen(
            lakeside.patients["ana"],
            instrument="phq-9",
            answers={"q9": 1},
            by=lakeside.viewer("ben"),
            at=at,
        )
    heard = [row.kind for row in entries_of(lakeside, "ana")].count("answer")
    assert heard == (2 if told_again else 1)


def test_a_stranger_is_not_heard(lakeside: Cast) -> None:
    """Who may not answer for Ana makes no concern about her, either."""
    occasion = give(lakeside, "ana")
    with pytest.raises(Refused):
        assessments.submit(occasion, answers=phq9(q9=3), by=lakeside.viewer("eli"), at=LATER)
    with looking():
        assert not Concern.objects.exists()


def test_an_import_of_a_day_that_is_there_already_is_heard(lakeside: Cast) -> None:
    """A day brought in calm | the same day again, with danger: left out, and heard."""
    imported(3)(lakeside, None, phq9(q9=0))
    imported(3)(lakeside, None, phq9(q9=0))
    assert concern_of(lakeside, "ana") is None
    imported(3)(lakeside, None, phq9(q9=2))
    assert concern_of(lakeside, "ana") is not None


def test_two_rows_of_one_day_are_both_heard(lakeside: Cast) -> None:
    rows = [Past("phq-9", TODAY, answers=phq9(q9=q9)) for q9 in (2, 0)]
    assessments.bring_in(lakeside.patients["ana"], rows=rows, by=lakeside.viewer("ben"), at=LATER)
    assert concern_of(lakeside, "ana") is not None


def test_an_import_before_the_clinic_is_ready_is_refused_and_heard(lakeside: Cast) -> None:
    with looking():
        Duty.objects.update(until=NOON)
    assert not comes("import", lakeside, None, phq9(q9=2))
    assert concern_of(lakeside, "ana") is not None


def test_a_file_of_somebody_elses_client_is_not_heard(lakeside: Cast) -> None:
    """Who may bring in nothing of Ana makes no concern about her; their page shows the line."""
    said = [assessments.Said("phq-9", phq9(q9=3))]
    with pytest.raises(Refused):
        assessments.hear_past(
            lakeside.patients["ana"], said=said, by=lakeside.viewer("gil"), at=LATER
        )
    with looking():
        assert not Concern.objects.exists()


def test_what_was_only_begun_or_refused_is_no_earlier_danger(lakeside: Cast) -> None:
    """A draft with danger, discarded; a refused form | the first one sent is owned the same day."""
    occasion = give(lakeside, "ana")
    comes("draft", lakeside, occasion, {"q9": 1})
    comes("draft", lakeside, occasion, {"q9": 1, "q2": 7})
    assessments.discard(occasion, by=lakeside.viewer("ana"), at=LATER)
    with looking():
        ben = lakeside.memberships["ben"]
        Concern.objects.update(state="closed", closed_at=LATER, owner=ben)
    comes("send", lakeside, occasion, phq9(q9=1))
    concern = concern_of(lakeside, "ana")
    assert concern is not None
    assert concern.tier == "same-day"


NEVER_STORED: dict[str, tuple[str, Answers]] = {
    "a draft": ("draft", {"q9": 1}),
    "a form with an error": ("send", phq9(q9=1) | {"q2": 7}),
    "a sheet with a day to come": ("paper, with a day to come", phq9(q9=1)),
    "a sheet with gaps": ("a sheet with gaps", {"q9": 1}),
}


@pytest.mark.parametrize("what", NEVER_STORED)
def test_danger_that_was_never_stored_slows_no_later_occasion(lakeside: Cast, what: str) -> None:
    """Mar 2: danger, left there; it lapses | Apr 1: the first one that is sent, on a new form.

    It is the first answer of danger that counts as one, and is owned the same day, not for review.
    """
    occasion = give(lakeside, "ana")
    comes(NEVER_STORED[what][0], lakeside, occasion, NEVER_STORED[what][1])
    with looking():
        ben = lakeside.memberships["ben"]
        assert Concern.objects.update(state="closed", closed_at=LATER, owner=ben) == 1
        Administration.objects.update(state="lapsed")
    answer(lakeside, "ana", phq9(q9=1), at=after(days=30))
    concern = concern_of(lakeside, "ana")
    assert concern is not None
    assert concern.tier == "same-day"


def test_a_page_that_asked_before_knows_of_what_was_heard_since(lakeside: Cast) -> None:
    """Ben's page asks who has an open concern; then he keys in a sheet that cannot be stored."""
    ben, ana, act = lakeside.viewer("ben"), lakeside.patients["ana"], Action.ENTER_ANSWERS
    with reading(act, by=ben, at=NOON):
        assert open_states(ben, act, [ana.pk]) == {}
        with pytest.raises(Invalid):
            assessments.enter(
                ana,
                instrument="phq-9",
                answers={"q9": 2},
                came=Entry("paper", TODAY + timedelta(days=30)),
                by=ben,
                at=NOON,
            )
        assert set(open_states(ben, act, [ana.pk])) == {ana.pk}
