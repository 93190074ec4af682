"""What the actions of this room have in common: a version, a step of history, what is shared."""

from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from waymark.library.goal import MOST_ACTIVE, GoalState
from waymark.record.goals.models import Goal, GoalTurn, GoalVersion, OwnRating
from waymark.record.goals.rating import read_rated
from waymark.record.goals.showing import ABOUT, STREAM, Last, Seen, snapshot_of
from waymark.record.goals.terms import Terms, read
from waymark.record.goals.turns import NO_REASON, Turn, Why
from waymark.record.sharing.actions import ToShare, share_as_it_comes
from waymark.record.sharing.models import Share
from waymark.record.tenancy.days import day_of
from waymark.record.tenancy.models import Patient


@dataclass(frozen=True, slots=True)
class Now:
    """Inside an action: whose goals, and when."""

    patient: Patient
    at: datetime

    def version(self, goal: Goal, terms: Terms, *, number: int, since: int) -> GoalVersion:
        """Its terms from today on; ``since``: the number since which it is the same goal."""
        return GoalVersion.objects.create(
            patient=self.patient,
            clinic_id=self.patient.clinic_id,
            goal=goal,
            number=number,
            terms=since,
            since=day_of(self.at, zone=self.patient.zone),
            made_at=self.at,
            body=terms.body,
        )

    def turn(self, version: GoalVersion, turn: Turn, why: Why = NO_REASON) -> None:
        """A step of the history of the goal of this version."""
        GoalTurn.objects.create(
            patient=self.patient,
            clinic_id=self.patient.clinic_id,
            goal_id=version.goal_id,
            number=GoalTurn.objects.filter(goal=version.goal_id).count() + 1,
            turn=turn,
            version=version,
            for_date=day_of(self.at, zone=self.patient.zone),
            at=self.at,
            why=asdict(why),
        )

    def keeps_shared(self, goal: Goal) -> None:
        """Share it as it is now, where it is shared and such changes are shared as they come."""
        if is_shared(goal.pk):
            shown = snapshot_of(seen(goal))
            what = ToShare(ABOUT, goal.pk, shown, shown.digest)
            share_as_it_comes(self.patient, what, STREAM, at=self.at)


def newest(goal: UUID) -> GoalVersion:
    """The terms that hold now."""
    return GoalVersion.objects.filter(goal=goal).latest("number")


def seen(goal: Goal) -> Seen:
    """The goal as it would be shared."""
    version = newest(goal.pk)
    rows = OwnRating.objects.filter(goal=goal, version__terms=version.terms)
    row = rows.order_by("for_date", "at").last()
    last = Last(read_rated(row.body), row.for_date) if row else None
    state = GoalState(goal.state)
    return Seen(read(version.body), version.terms, version.since, state, last)


def is_shared(thing: UUID) -> bool:
    """Whether somebody reads a version of it now."""
    return Share.objects.filter(thing=thing, ended_at=None).exists()


def free_place() -> int | None:
    """The lowest of the three places that no goal has; None where each has one."""
    taken = set(Goal.objects.exclude(place=None).values_list("place", flat=True))
    return next((one for one in range(1, MOST_ACTIVE + 1) if one not in taken), None)
