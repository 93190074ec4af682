"""What can become of a goal, each step with its reason: its history, in the words of its page."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from django.utils.translation import gettext as _

from waymark.library.goal import LET_GO_BECAUSE, GoalState
from waymark.library.marking import gettext_noop
from waymark.record.goals.terms import short
from waymark.record.tenancy.action import Invalid

LONGEST_REASON = 1000


class Turn(StrEnum):
    """One step in the life of a goal."""

    WRITTEN = "written"
    PROPOSED = "proposed"
    BEGUN = "begun"
    AGREED = "agreed"
    REWORDED = "reworded"
    CHANGED = "changed"  # its target or one of its levels
    REFINED = "refined"  # its plan, its days; what is rated is the same
    PARKED = "parked"
    RESUMED = "resumed"
    SPLIT = "split"
    REPLACED = "replaced"
    MET = "met"
    LET_GO = "let-go"


TURNS: Mapping[Turn, str] = MappingProxyType(
    {
        Turn.WRITTEN: gettext_noop("Written down"),
        Turn.PROPOSED: gettext_noop("Put up to talk about"),
        Turn.BEGUN: gettext_noop("Begun"),
        Turn.AGREED: gettext_noop("Agreed"),
        Turn.REWORDED: gettext_noop("Reworded"),
        Turn.CHANGED: gettext_noop("Changed"),
        Turn.REFINED: gettext_noop("Plan or days changed"),
        Turn.PARKED: gettext_noop("Resting"),
        Turn.RESUMED: gettext_noop("Taken up again"),
        Turn.SPLIT: gettext_noop("Split into smaller ones"),
        Turn.REPLACED: gettext_noop("Replaced by another one"),
        Turn.MET: gettext_noop("Met"),
        Turn.LET_GO: gettext_noop("Let go"),
    }
)

WORKING = frozenset({GoalState.ACTIVE, GoalState.ADJUSTED})
"""Those that have a place among the three."""

ENDED = frozenset({GoalState.MET, GoalState.LET_GO})


def turn_to(to: GoalState, *, was: GoalState) -> Turn:
    """What a move by its owner is called in the history."""
    if to is GoalState.ACTIVE:
        resumed = was in {GoalState.PAUSED, GoalState.ADJUSTED}
        return Turn.RESUMED if resumed else Turn.BEGUN
    return {
        GoalState.DRAFT: Turn.WRITTEN,
        GoalState.PROPOSED: Turn.PROPOSED,
        GoalState.PAUSED: Turn.PARKED,
        GoalState.MET: Turn.MET,
        GoalState.LET_GO: Turn.LET_GO,
    }[to]


@dataclass(frozen=True, slots=True)
class Why:
    """The reason, as far as it was given: it is asked for, and need not be. ``because`` is one of
    `library.goal.LET_GO_BECAUSE`."""

    because: str = ""
    words: str = ""


NO_REASON = Why()


def checked_reason(why: Why) -> Why:
    """The same without spaces around. Raises Invalid."""
    if why.because and why.because not in LET_GO_BECAUSE:
        raise Invalid("because", _("Choose a reason from the list, or none."))
    return Why(why.because, short("reason", why.words, LONGEST_REASON))
