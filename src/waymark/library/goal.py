"""What a goal is: in whose words, how one will know, and the states it can go through."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from waymark.library.marking import gettext_noop

MOST_ACTIVE = 3
"""Goals at a time, so that each has room."""

LEVELS: Mapping[int, str] = MappingProxyType(
    {
        2: gettext_noop("Much more than I hoped for"),
        1: gettext_noop("More than I hoped for"),
        0: gettext_noop("What I hoped for"),
        -1: gettext_noop("A bit less than I hoped for"),
        -2: gettext_noop("Much less than I hoped for"),
    }
)
"""The names of the levels of attainment scaling (`progress/change/attainment.py`)."""

RATING_ENDS = (gettext_noop("Not there at all"), gettext_noop("All the way there"))
"""The names of 0 and 10, where a client rates how far a goal has come and names no ends."""


class Counted(StrEnum):
    """How one will know: what is counted, or that something happened."""

    COUNT = "count"  # so many in all
    FREQUENCY = "frequency"  # so often in a stretch of time
    DURATION = "duration"  # so long
    INSTRUMENT = "instrument"  # a score; goes with a goal about something done
    YES_NO = "yes-no"  # it happened, or not


COUNTED: Mapping[Counted, str] = MappingProxyType(
    {
        Counted.COUNT: gettext_noop("How many"),
        Counted.FREQUENCY: gettext_noop("How often"),
        Counted.DURATION: gettext_noop("How long"),
        Counted.INSTRUMENT: gettext_noop("A score"),
        Counted.YES_NO: gettext_noop("It happens, or not"),
    }
)


@dataclass(frozen=True, slots=True)
class GoalMeasure:
    """How one will know. ``unit``: what is counted, ``times a week``, or the id of an instrument;
    ``baseline`` and ``target`` in that unit, None where not said or where it happens or not."""

    counted: Counted
    unit: str = ""
    baseline: float | None = None
    target: float | None = None


@dataclass(frozen=True, slots=True)
class GoalDraft:
    """A goal as it is being written; every part but the statement may be empty.

    ``confidence``: 0 to 10. ``matters``: the value or problem it belongs to. ``obstacle`` and
    ``plan``: if this comes up, then that.
    """

    statement: str
    measure: GoalMeasure | None = None
    confidence: int | None = None
    matters: str = ""
    due_on: date | None = None
    review_on: date | None = None
    first_step: str = ""
    obstacle: str = ""
    plan: str = ""


@dataclass(frozen=True, slots=True)
class Revision:
    """The terms of a goal from one day on. Older ones stay: what was done on a day is read by the
    terms of that day, and a goal that asks more now makes no failure of what was met then."""

    since: date
    draft: GoalDraft


def terms_on(revisions: Iterable[Revision], day: date) -> Revision | None:
    """The terms that held on a day; of several since one day, the last given. None before all."""
    held = sorted((one for one in revisions if one.since <= day), key=lambda one: one.since)
    return held[-1] if held else None


def reached(measure: GoalMeasure, value: float) -> bool | None:
    """Whether a value meets the target; None where the terms do not say.

    Which way leads there is told by where it began: from 16 to 9 is down. Without a beginning up is
    meant, but of a score nobody knows.
    """
    if measure.counted is Counted.YES_NO:
        return value >= 1
    if measure.target is None:
        return None
    if measure.baseline is None:
        return None if measure.counted is Counted.INSTRUMENT else value >= measure.target
    return value <= measure.target if measure.target < measure.baseline else value >= measure.target


class GoalState(StrEnum):
    """Where a goal stands."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    AGREED = "agreed"
    ACTIVE = "active"
    ADJUSTED = "adjusted"
    PAUSED = "paused"
    MET = "met"
    LET_GO = "let-go"


STATES: Mapping[GoalState, str] = MappingProxyType(
    {
        GoalState.DRAFT: gettext_noop("Being written"),
        GoalState.PROPOSED: gettext_noop("To talk about"),
        GoalState.AGREED: gettext_noop("Agreed"),
        GoalState.ACTIVE: gettext_noop("Working on it"),
        GoalState.ADJUSTED: gettext_noop("Changed"),
        GoalState.PAUSED: gettext_noop("Resting"),
        GoalState.MET: gettext_noop("Met"),
        GoalState.LET_GO: gettext_noop("Let go"),
    }
)

MOVES: Mapping[GoalState, frozenset[GoalState]] = MappingProxyType(
    {
        GoalState.DRAFT: frozenset({GoalState.PROPOSED, GoalState.LET_GO}),
        GoalState.PROPOSED: frozenset({GoalState.DRAFT, GoalState.AGREED, GoalState.LET_GO}),
        GoalState.AGREED: frozenset({GoalState.DRAFT, GoalState.ACTIVE, GoalState.LET_GO}),
        GoalState.ACTIVE: frozenset(
            {GoalState.ADJUSTED, GoalState.PAUSED, GoalState.MET, GoalState.LET_GO}
        ),
        GoalState.ADJUSTED: frozenset({GoalState.PROPOSED, GoalState.ACTIVE, GoalState.LET_GO}),
        GoalState.PAUSED: frozenset({GoalState.ACTIVE, GoalState.ADJUSTED, GoalState.LET_GO}),
        GoalState.MET: frozenset(),
        GoalState.LET_GO: frozenset(),
    }
)
"""Where a goal may go. Met and let go are ends: taken up again, it is a new goal that names the
old one, whose past stays as it was."""

LET_GO_BECAUSE: Mapping[str, str] = MappingProxyType(
    {
        "something-else": gettext_noop("Something else matters more now"),
        "not-mine": gettext_noop("It was not really mine"),
        "too-much": gettext_noop("It asked too much for now"),
        "no-longer-needed": gettext_noop("I do not need it any more"),
        "other": gettext_noop("Another reason"),
    }
)
"""Letting go is a good end too. A reason may be given, and need not be."""


class BadMove(ValueError):
    """A goal cannot go there from where it stands; says where it can go."""

    def __init__(self, state: GoalState, to: GoalState, allowed: frozenset[GoalState]) -> None:
        listed = ", ".join(sorted(allowed)) or "nowhere: begin a new goal"
        super().__init__(f"state: a goal that is {state} cannot become {to}. It can go to {listed}")
        self.state = state
        self.to = to


def moves_from(state: GoalState, *, alone: bool = False) -> frozenset[GoalState]:
    """Where a goal may go. ``alone``: it is its owner's alone, and needs nobody to agree."""
    begun = {GoalState.ACTIVE} if alone and state is GoalState.DRAFT else set()
    return MOVES[state] | begun


def moved(state: GoalState, to: GoalState, *, alone: bool = False) -> GoalState:
    """The state after a move. ``BadMove`` where there is no such move."""
    allowed = moves_from(state, alone=alone)
    if to not in allowed:
        raise BadMove(state, to, allowed)
    return to
