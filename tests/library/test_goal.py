"""Goals: the states and the ways between them, and hints that never stand in the way."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest

from waymark.library.goal import (
    COUNTED,
    LET_GO_BECAUSE,
    LEVELS,
    MOST_ACTIVE,
    MOVES,
    RATING_ENDS,
    STATES,
    BadMove,
    Counted,
    GoalDraft,
    GoalMeasure,
    GoalState,
    Revision,
    moved,
    moves_from,
    reached,
    terms_on,
)
from waymark.library.goal_hints import hints
from waymark.progress.change import attainment

TODAY = date(2027, 3, 1)
WALK = GoalDraft(
    statement="Walk for 20 minutes on 4 days a week",
    measure=GoalMeasure(Counted.FREQUENCY, "walks a week", baseline=1, target=4),
    confidence=8,
    matters="I sleep better after a walk",
    due_on=TODAY + timedelta(weeks=6),
    review_on=TODAY + timedelta(weeks=3),
)

# States

ALLOWED = """
draft: proposed let-go
proposed: draft agreed let-go
agreed: draft active let-go
active: adjusted paused met let-go
adjusted: proposed active let-go
paused: active adjusted let-go
met:
let-go:
"""
WRITTEN = {
    GoalState(line.partition(":")[0]): {GoalState(one) for one in line.partition(":")[2].split()}
    for line in ALLOWED.strip().splitlines()
}


@pytest.mark.parametrize(("state", "to"), list(product(GoalState, GoalState)))
def test_every_move_is_allowed_or_refused_as_it_is_written_here(
    state: GoalState, to: GoalState
) -> None:
    if to in WRITTEN[state]:
        assert moved(state, to) is to
        return
    with pytest.raises(BadMove, match=f"a goal that is {state} cannot become {to}") as refused:
        moved(state, to)
    assert (refused.value.state, refused.value.to) == (state, to)


def test_a_goal_of_ones_own_needs_nobody_to_agree() -> None:
    assert moved(GoalState.DRAFT, GoalState.ACTIVE, alone=True) is GoalState.ACTIVE
    for state in GoalState:
        more = moves_from(state, alone=True) - moves_from(state)
        assert more == ({GoalState.ACTIVE} if state is GoalState.DRAFT else set())


def test_an_ended_goal_says_to_begin_a_new_one() -> None:
    with pytest.raises(BadMove, match="nowhere: begin a new goal"):
        moved(GoalState.LET_GO, GoalState.ACTIVE)


def test_every_state_and_kind_has_a_name_and_letting_go_has_reasons() -> None:
    assert set(STATES) == set(MOVES) == set(GoalState)
    assert set(COUNTED) == set(Counted)
    assert list(LET_GO_BECAUSE)[-1] == "other"


def test_letting_go_is_open_from_everywhere_but_an_end() -> None:
    ends = {state for state in GoalState if not MOVES[state]}
    assert ends == {GoalState.MET, GoalState.LET_GO}
    assert all(GoalState.LET_GO in MOVES[state] for state in set(GoalState) - ends)


# Terms


def test_what_was_met_stays_met_when_a_goal_asks_for_more() -> None:
    """C10: three walks a week in February, five from March on."""
    february = GoalMeasure(Counted.FREQUENCY, "walks a week", baseline=1, target=3)
    three = Revision(date(2027, 2, 1), replace(WALK, measure=february))
    five = Revision(TODAY, replace(WALK, measure=replace(february, target=5)))
    weeks = {date(2027, 2, 7): 3, date(2027, 2, 14): 4, date(2027, 2, 21): 3, date(2027, 3, 7): 4}

    def met(*revisions: Revision) -> list[bool | None]:
        held = [(terms_on(revisions, day), walks) for day, walks in weeks.items()]
        return [
            reached(one.draft.measure, walks) for one, walks in held if one and one.draft.measure
        ]

    assert met(three) == [True, True, True, True]
    assert met(five, three) == [True, True, True, False]


def test_the_terms_of_a_day_are_the_last_that_were_given() -> None:
    first, second = Revision(TODAY, WALK), Revision(TODAY, replace(WALK, confidence=9))
    assert terms_on([first, second], TODAY) is second
    assert terms_on([first], TODAY - timedelta(days=1)) is None


@pytest.mark.parametrize(
    ("measure", "value", "met"),
    [
        (GoalMeasure(Counted.YES_NO), 1, True),
        (GoalMeasure(Counted.YES_NO), 0, False),
        (GoalMeasure(Counted.COUNT, "calls"), 3, None),
        (GoalMeasure(Counted.COUNT, "calls", target=3), 3, True),
        (GoalMeasure(Counted.COUNT, "calls", target=3), 2, False),
        (GoalMeasure(Counted.INSTRUMENT, "phq-9", target=9), 9, None),
        (GoalMeasure(Counted.INSTRUMENT, "phq-9", baseline=16, target=9), 9, True),
        (GoalMeasure(Counted.INSTRUMENT, "phq-9", baseline=16, target=9), 10, False),
        (GoalMeasure(Counted.INSTRUMENT, "who-5", baseline=30, target=50), 48, False),
        (GoalMeasure(Counted.INSTRUMENT, "who-5", baseline=30, target=50), 52, True),
    ],
)
def test_whether_a_value_meets_the_target(
    measure: GoalMeasure, value: float, met: bool | None
) -> None:
    assert reached(measure, value) is met


def test_every_level_and_both_ends_of_a_rating_have_a_name() -> None:
    """C21; the levels are those that attainment is worked out from."""
    assert sorted(LEVELS) == list(attainment.LEVELS)
    assert len({*LEVELS.values(), *RATING_ENDS}) == 7


# Hints


def told(draft: GoalDraft, *, active: int = 0) -> set[str]:
    return {hint.id for hint in hints(draft, today=TODAY, active=active)}


def of_statement(statement: str) -> set[str]:
    return told(replace(WALK, statement=statement))


def test_a_goal_that_can_be_kept_needs_no_hint() -> None:
    assert hints(WALK, today=TODAY) == ()


def test_an_empty_goal_is_kept_too_and_each_hint_names_its_field() -> None:
    found = hints(GoalDraft(""), today=TODAY, active=3)
    assert [hint.id for hint in found] == ["action", "measure", "matters", "no-day", "three"]
    assert [hint.field for hint in found] == ["statement", "measure", "matters", "due_on", ""]


VAGUE_AND_BETTER = [
    ("Feel better", "Attend two social events a month for eight weeks"),
    ("Sleep", "Screens off by 10:30 PM on 5 of 7 nights for 4 weeks"),
    ("Less anxious at work", "Speak once in each weekly meeting until June 30"),
    ("Panic", "Take the bus 2 stops, 3 times a week, then 4 stops"),
    ("Boundaries", "Decline one non-essential request a week for 6 weeks"),
    ("Be kinder", "Write one friendly line after a mistake, 4 days a week"),
    ("Depression", "20-minute walk on 4 days a week for 6 weeks"),
    ("Conflict", "One planned 15-minute conversation with my partner on Sundays for 5 weeks"),
    ("PHQ-9", "PHQ-9 from 16 to 9 or less by week 12"),
    ("Be more confident", "Swimming twice a week until May"),
    ("Get happy", "Sing in the choir on Mondays"),
    ("Try to be calm", "Breathe slowly for two minutes before each call"),
    ("Have no worries", "Set a worry time of ten minutes at five, and write it down"),
    ("Exercise more", "Bike to work on Tuesdays"),
    ("Call people", "Call one friend every Sunday"),
]


@pytest.mark.parametrize(("vague", "better"), VAGUE_AND_BETTER)
def test_a_vague_goal_gets_a_hint_and_a_better_one_gets_none(vague: str, better: str) -> None:
    assert of_statement(vague) & {"action", "place"}
    assert not of_statement(better) & {"action", "place", "own-hands", "toward"}


@pytest.mark.parametrize(
    "statement",
    [
        "Make him listen at dinner",
        "Get my son to talk to me once a week",
        "Have my boss stop calling me after six",
        "Let my mother treat me with respect by May",
        "Convince my wife to forgive me by June",
        "My boss respects me by summer",
        "They stop shouting at night",
        "She apologizes before Easter",
    ],
)
def test_what_is_up_to_somebody_else_is_said(statement: str) -> None:
    assert "own-hands" in of_statement(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "Make my partner dinner on Fridays",
        "Get my son to school by eight",
        "Get my license by June",
        "Make my bed each morning",
        "Have lunch with my sister once a month",
        "Let my phone rest after nine",
        "Tell my boss what I need in each review",
        "Ask my friends for help once a week",
    ],
)
def test_what_is_in_ones_own_hands_is_left_alone(statement: str) -> None:
    assert "own-hands" not in of_statement(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "Stop checking my phone in bed at night",
        "I want to stop smoking by June",
        "Avoid conflict with my sister",
        "Don't yell at the kids on weekdays",
        "Never lie in bed after nine",
        "No more snacks after ten",
        "Quit my second job by March",
    ],
)
def test_a_goal_that_leaves_something_is_asked_where_to(statement: str) -> None:
    assert "toward" in of_statement(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "Stop drinking at night and make tea",
        "Read on paper instead of my phone at night",
        "Walk to the bus stop each morning",
        "Stop by my sister's on Sundays",
        "Stop at the library on Mondays",
        "Not my phone but a book in bed at night; lights out at ten",
    ],
)
def test_a_goal_that_goes_toward_something_is_left_alone(statement: str) -> None:
    assert "toward" not in of_statement(statement)


@pytest.mark.parametrize(
    ("statement", "two"),
    [
        ("Walk and meditate daily", True),
        ("Call Ana on Sundays, write to Sam on Mondays", True),
        ("Swim on Mondays; I will cook on Fridays", True),
        ("Walk with Sam and Ana on Sundays", False),
        ("Walk in rain and shine each morning", False),
        ("Take the bus 2 stops, 3 times a week, then 4 stops", False),
    ],
)
def test_two_things_at_once_are_seen(statement: str, two: bool) -> None:
    assert ("one-thing" in of_statement(statement)) is two


@pytest.mark.parametrize(
    ("measure", "found"),
    [
        (None, {"measure"}),
        (GoalMeasure(Counted.COUNT, "calls"), {"measure"}),
        (GoalMeasure(Counted.DURATION, " ", target=20), {"measure"}),
        (GoalMeasure(Counted.COUNT, "calls", target=0), set()),
        (GoalMeasure(Counted.YES_NO), set()),
        (GoalMeasure(Counted.INSTRUMENT, "phq-9", baseline=16, target=9), {"pair"}),
    ],
)
def test_how_one_will_know(measure: GoalMeasure | None, found: set[str]) -> None:
    assert told(replace(WALK, measure=measure)) == found


@pytest.mark.parametrize(
    ("confidence", "found"),
    [(None, set()), (0, {"smaller-step"}), (6, {"smaller-step"}), (7, set()), (10, set())],
)
def test_below_seven_a_smaller_step_is_offered(confidence: int | None, found: set[str]) -> None:
    assert told(replace(WALK, confidence=confidence)) == found


@pytest.mark.parametrize(
    ("days", "found"),
    [
        (-1, {"past"}),
        (0, {"past"}),
        (1, {"soon"}),
        (6, {"soon"}),
        (7, set()),
        (182, set()),
        (183, {"far"}),
        (None, {"no-day"}),
    ],
)
def test_a_day_lies_between_a_week_and_half_a_year(days: int | None, found: set[str]) -> None:
    due = None if days is None else TODAY + timedelta(days=days)
    assert told(replace(WALK, due_on=due, review_on=None)) == found


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (lambda due: due, set()),
        (lambda due: due + timedelta(days=1), {"review"}),
        (lambda due: TODAY, {"review"}),
        (lambda due: TODAY + timedelta(days=1), set()),
    ],
)
def test_a_review_lies_on_the_way(change: Callable[[date], date], found: set[str]) -> None:
    due = TODAY + timedelta(weeks=6)
    assert told(replace(WALK, review_on=change(due))) == found


def test_without_a_last_day_a_review_may_lie_anywhere_ahead() -> None:
    assert told(replace(WALK, due_on=None)) == {"no-day"}


@pytest.mark.parametrize("active", range(5))
def test_three_at_a_time(active: int) -> None:
    assert told(WALK, active=active) == ({"three"} if active >= MOST_ACTIVE else set())
