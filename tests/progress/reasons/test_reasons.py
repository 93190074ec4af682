"""Each reason from plain facts: where it puts somebody, by when, and what would help.

Everything happens around Monday, March 2, 2026; scores are drawn as in `tests/progress/drawn.py`.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from tests.progress.drawn import series
from tests.progress.signals.test_signals import fitted_phq9
from waymark.progress.course.projection import projection_of
from waymark.progress.course.timeline import Timeline
from waymark.progress.reasons.reason import (
    Attention,
    AttentionReason,
    Danger,
    Facts,
    FollowUp,
    Helps,
    Invited,
    Kind,
    Scores,
    Waiting,
    first_of,
)
from waymark.progress.reasons.why import REASONS
from waymark.progress.signals.engine import judge

TODAY = date(2026, 3, 2)
NOON = datetime(2026, 3, 2, 18, tzinfo=UTC)
ANSWERS, CONCERN = UUID(int=1), UUID(int=2)


def course(drawing: str, *, on: date = TODAY, discussed_on: date | None = None) -> Scores:
    """A drawn course of the PHQ-9, answered last on that day."""
    one = replace(series(drawing), instrument_id="phq-9")
    return Scores(
        instrument="phq-9",
        findings=judge(Timeline((one,))),
        further=(),
        ahead=None,
        last_day=on,
        last_response=ANSWERS,
        by_self=True,
        discussed_on=discussed_on,
    )


WELL, HARDER, EVEN = "PHQ-9: 18 14 8", "PHQ-9: 8 12 18", "PHQ-9: 12 13 12 11 12 13 12 12 12"
IN_CARE = Facts(
    today=TODAY,
    joined=True,
    invited=None,
    invited_on=TODAY - timedelta(days=30),
    in_care=True,
    given=True,
    danger=None,
    courses=(course(WELL),),
    waiting=None,
)
OPEN = Danger(
    id=CONCERN,
    said="PHQ-9 tells of danger: “Several days”",
    others=0,
    slip=False,
    owner="",
    own=False,
    offered=False,
    due_at=NOON,
    next_step_at=None,
)
WEEK_OLD = Waiting("gad-7", TODAY - timedelta(days=9), True, NOON, TODAY)


def off_course() -> Scores:
    one = replace(series("PHQ-9 every 7 days: 12 14 16 18"), instrument_id="phq-9")
    return replace(course(EVEN), ahead=projection_of(one, fitted_phq9(), chances=True))


CASES: dict[str, Facts] = {
    "danger": replace(IN_CARE, danger=OPEN),
    "follow-up": replace(IN_CARE, follow_up=FollowUp(CONCERN, TODAY + timedelta(days=7), None)),
    "later-follow-up": replace(
        IN_CARE, follow_up=FollowUp(CONCERN, TODAY + timedelta(days=8), None)
    ),
    "harder": replace(IN_CARE, courses=(course(WELL), course(HARDER))),
    "off-course": replace(IN_CARE, courses=(off_course(),)),
    "no-change": replace(IN_CARE, courses=(course(EVEN),)),
    "invited": replace(IN_CARE, joined=False, courses=()),
    "not-in-care": replace(IN_CARE, in_care=False),
    "nothing-given": replace(IN_CARE, courses=(), given=False),
    "overdue": replace(IN_CARE, waiting=WEEK_OLD),
    "nothing-pressing": IN_CARE,
}


def who(facts: Facts) -> str:
    """The reason that puts this person where they stand."""
    found = first_of(REASONS, facts)
    return next(one.id for one in REASONS.values() if one.attention(facts) == found)


@pytest.mark.parametrize("reason", REASONS.values(), ids=lambda one: one.id)
def test_every_reason_is_drawn_and_leads_where_it_should(reason: AttentionReason) -> None:
    assert who(CASES[reason.id]) == reason.id


def test_the_most_pressing_one_leads() -> None:
    """Everything at once, and then one after the other is taken away."""
    scores = (course(HARDER), off_course(), course(EVEN))
    facts = replace(IN_CARE, danger=OPEN, courses=scores, waiting=WEEK_OLD)
    assert who(facts) == "danger"
    facts = replace(facts, danger=None)
    assert who(facts) == "harder"
    for days, leads in ((0, "follow-up"), (7, "follow-up"), (8, "harder")):
        agreed = FollowUp(CONCERN, TODAY + timedelta(days=days), None)
        assert who(replace(facts, follow_up=agreed)) == leads
        assert who(replace(facts, follow_up=agreed, danger=OPEN)) == "danger"
    facts = replace(facts, courses=scores[1:])
    assert who(facts) == "off-course"
    facts = replace(facts, courses=scores[2:])
    assert who(facts) == "no-change"
    facts = replace(facts, courses=(course(WELL),))
    assert who(facts) == "overdue"
    assert who(replace(facts, waiting=None)) == "nothing-pressing"


def test_urgency_says_who_waits_for_a_person() -> None:
    found = {name: first_of(REASONS, facts).urgency for name, facts in CASES.items()}
    assert found == {
        "danger": 0,
        "follow-up": 3,
        "later-follow-up": 4,
        "harder": 2,
        "off-course": 3,
        "no-change": 3,
        "invited": 4,
        "not-in-care": 4,
        "nothing-given": 4,
        "overdue": 4,
        "nothing-pressing": 6,
    }


# Danger


def test_danger_without_an_owner_names_its_time_and_asks_for_one() -> None:
    assert first_of(REASONS, CASES["danger"]) == Attention(
        0,
        Kind.RISK,
        "PHQ-9 tells of danger: “Several days”",
        "No owner yet, due",
        NOON,
        helps=Helps.OWNER,
        about=CONCERN,
    )


@pytest.mark.parametrize(
    ("changed", "by_when", "helps"),
    [
        ({"owner": "Ben", "own": True}, "You have taken it, next step", Helps.NOTHING),
        ({"owner": "Ben"}, "Ben has taken it, next step", Helps.NOTHING),
        ({"owner": "Ben", "offered": True}, "Ben has taken it, next step", Helps.ACCEPTING),
    ],
)
def test_danger_that_somebody_has_says_who(
    changed: dict[str, object], by_when: str, helps: Helps
) -> None:
    held = replace(OPEN, **changed)  # type: ignore[arg-type]  # by name, in a table
    found = first_of(REASONS, replace(IN_CARE, danger=held))
    assert (found.urgency, found.by_when, found.helps) == (1, by_when, helps)


def test_other_answers_and_a_slip_are_said_and_close_nothing() -> None:
    held = replace(OPEN, others=2, slip=True)
    found = first_of(REASONS, replace(IN_CARE, danger=held))
    assert found.why.endswith("“Several days”, and 2 more, said to be a slip")
    assert found.urgency == 0


def test_the_next_step_goes_before_the_time_for_an_owner() -> None:
    later = NOON + timedelta(hours=3)
    held = replace(OPEN, owner="Ben", next_step_at=later)
    assert first_of(REASONS, replace(IN_CARE, danger=held)).due_at == later


# Scores


def test_a_worsening_is_raised_within_a_week_of_the_answers() -> None:
    found = first_of(REASONS, CASES["harder"])
    assert found.by_when == "Raise it: by your next meeting, at the latest"
    assert found.due_on == TODAY + timedelta(days=7)
    assert (found.helps, found.about, found.named) == (Helps.TALK, ANSWERS, "PHQ-9 of Mar 2")


@pytest.mark.parametrize(("days", "over"), [(7, False), (8, True)])
def test_a_day_that_is_over_is_said_to_be_over(days: int, over: bool) -> None:
    held = course(HARDER, on=TODAY - timedelta(days=days))
    found = first_of(REASONS, replace(IN_CARE, courses=(held,)))
    assert ("it was due by" in found.by_when) is over


def test_what_was_talked_about_waits_for_nobody() -> None:
    held = course(HARDER, discussed_on=TODAY)
    found = first_of(REASONS, replace(IN_CARE, courses=(held,)))
    assert (found.urgency, found.by_when, found.due_on) == (5, "Talked about", TODAY)
    assert found.helps is Helps.NOTHING


@pytest.mark.parametrize("changed", [{"by_self": False}, {"last_response": None}])
def test_what_was_brought_in_is_not_talked_about_by_a_press(changed: dict[str, object]) -> None:
    held = replace(course(HARDER), **changed)  # type: ignore[arg-type]
    assert first_of(REASONS, replace(IN_CARE, courses=(held,))).helps is Helps.NOTHING


@pytest.mark.parametrize(("n", "waits"), [(7, False), (8, True)])
def test_no_change_is_looked_at_after_eight_answers(n: int, waits: bool) -> None:
    drawing = "PHQ-9: " + " ".join(["12"] * n)
    found = first_of(REASONS, replace(IN_CARE, courses=(course(drawing),)))
    assert ("Look at the plan together" in found.by_when) is waits
    assert found.urgency == (3 if waits else 5)


# On the way in


@pytest.mark.parametrize(
    ("held", "by_when", "named"),
    [
        (None, "There is no open invitation", ""),
        (Invited(ANSWERS, NOON, over=False), "The invitation works until", "open"),
        (Invited(ANSWERS, NOON, over=True), "The invitation ended", "over"),
    ],
)
def test_an_invitation_says_whether_it_works(
    held: Invited | None, by_when: str, named: str
) -> None:
    found = first_of(REASONS, replace(CASES["invited"], invited=held))
    assert (found.by_when, found.named, found.helps) == (by_when, named, Helps.INVITATION)


def test_what_waits_without_an_end_is_asked_about_today() -> None:
    endless = replace(WEEK_OLD, lapses_at=None, lapses_on=None)
    found = first_of(REASONS, replace(IN_CARE, waiting=endless))
    assert found.why == "GAD-7 has waited since Feb 21"
    assert found.by_when == "Ask about it: by your next meeting, at the latest"


def test_where_nothing_was_answered_nothing_is_said_of_change() -> None:
    waiting = replace(WEEK_OLD, overdue=False)
    found = first_of(REASONS, replace(IN_CARE, courses=(), waiting=waiting))
    assert (found.why, found.due_at) == ("Nothing answered yet", NOON)
    assert found.kind is Kind.INFO


def test_without_any_reason_it_is_an_error_and_no_silence() -> None:
    with pytest.raises(LookupError):
        first_of({}, IN_CARE)
