"""What Ana and Ben do with her goals, in a word each: for the tests of this room."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from tests.cast import NOON, Cast
from waymark.library.goal import Counted, GoalDraft, GoalMeasure, GoalState
from waymark.record.goals import actions
from waymark.record.goals.answering import agree
from waymark.record.goals.models import Goal
from waymark.record.goals.queries import Held, goal_of, goals_of
from waymark.record.goals.rate import rate_goal
from waymark.record.goals.rating import Rated
from waymark.record.goals.showing import snapshot_of
from waymark.record.goals.terms import Terms
from waymark.record.goals.turns import NO_REASON, Why
from waymark.record.sharing.actions import ToShare, share
from waymark.record.sharing.models import Share
from waymark.record.tenancy.action import reading

LEVELS = {
    2: "I bring a topic of my own.",
    1: "I speak twice.",
    0: "I speak once in each meeting.",
    -1: "I speak once in two meetings.",
    -2: "I take notes and say nothing.",
}
DRAFT = GoalDraft(
    statement="Speak once in each weekly meeting",
    measure=GoalMeasure(Counted.FREQUENCY, "times a meeting", 0, 1),
    confidence=7,
    matters="So that I am in the room.",
    due_on=date(2026, 4, 30),
    review_on=date(2026, 4, 1),
    first_step="Write one line before the meeting.",
    obstacle="my throat closes",
    plan="I breathe out once and read the line.",
)
SPEAK = Terms(DRAFT, LEVELS, start=-2, ends=("I sit there", "I am in the room"))
WALK = Terms(GoalDraft("Walk after work on three days a week"))


def writes(cast: Cast, terms: Terms = SPEAK, *, at: datetime = NOON, **given: Any) -> Goal:
    name = given.pop("name", "ana")
    by = cast.viewer(given.pop("by", name))
    made: Goal = actions.write(cast.patients[name], terms=terms, by=by, at=at, **given)
    return made


def moves(
    cast: Cast, goal: Goal, to: GoalState, *, at: datetime = NOON, why: Why = NO_REASON
) -> None:
    ana = cast.patients["ana"]
    actions.move(ana, goal=goal.pk, to=to, why=why, by=cast.viewer("ana"), at=at)


def begins(cast: Cast, terms: Terms = SPEAK, *, at: datetime = NOON) -> Goal:
    goal = writes(cast, terms, at=at)
    moves(cast, goal, GoalState.ACTIVE, at=at)
    return goal


def says(
    cast: Cast, goal: Goal, *, at: datetime = NOON, why: Why = NO_REASON, **parts: Any
) -> None:
    """Ana changes parts of the draft, or ``levels`` and ``start``."""
    apart = {name: parts.pop(name) for name in ("levels", "start", "ends") if name in parts}

    def changed(terms: Terms) -> Terms:
        return replace(terms, draft=replace(terms.draft, **parts), **apart)

    given = {"changed": changed, "why": why, "at": at}
    actions.change(cast.patients["ana"], goal=goal.pk, by=cast.viewer("ana"), **given)


def rates(
    cast: Cast, goal: Goal, number: int | None = None, level: int | None = None, **given: Any
) -> None:
    at, rated = given.pop("at", NOON), Rated(number, level)
    by = cast.viewer("ana")
    rate_goal(cast.patients["ana"], goal=goal.pk, rated=rated, by=by, at=at, **given)


def held(cast: Cast, goal: Goal) -> Held:
    by = cast.viewer("ana")
    with reading(actions.Action.KEEP_GOALS, by=by, at=NOON):
        return goal_of(by, goal.pk)


def every(cast: Cast, name: str = "ana") -> list[Held]:
    by = cast.viewer(name)
    with reading(actions.Action.KEEP_GOALS, by=by, at=NOON):
        return goals_of(by)


def shares(cast: Cast, goal: Goal, *, at: datetime = NOON) -> Share:
    """As it stands now, by the preview that Ana has seen."""
    shown = snapshot_of(held(cast, goal).seen)
    what = ToShare("goal", goal.pk, shown, shown.digest)
    return share(cast.patients["ana"], what=what, by=cast.viewer("ana"), at=at)


def agrees(cast: Cast, shared: Share, *, by: str = "ben", at: datetime = NOON) -> Any:
    return agree(cast.patients["ana"], share=shared.pk, by=cast.viewer(by), at=at)
