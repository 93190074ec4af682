"""What waits of a client's goals, for their first page: a rating that is due, an agreement."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Max, OuterRef, QuerySet, Subquery

from waymark.access.vocabulary import Action, Viewer
from waymark.library.goal import GoalState
from waymark.record.goals.models import GoalVersion, OwnRating
from waymark.record.goals.rating import is_due
from waymark.record.goals.review import to_review
from waymark.record.goals.terms import read
from waymark.record.goals.turns import WORKING
from waymark.record.vault.batch import open_all

WORKED_ON = tuple(sorted(WORKING))
ASKED_ABOUT = (*WORKED_ON, GoalState.AGREED)
STANDS = 3
"""Days in each week on which a rating is offered; then it is quiet until the next one."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A goal, and whether it was agreed to and may begin; else it may be rated."""

    id: UUID
    statement: str
    agreed: bool


def waiting(viewer: Viewer, action: Action, *, today: date) -> list[Waiting]:
    """Goals that were agreed to first, then those that may be rated, by their place.

    A goal that is made with a clinician is not asked about here.
    """
    held = open_all(_newest(viewer, action), "body")
    return [*_agreed(held), *_due(held, dict(_days(viewer, action)), today=today)]


@GoalVersion.objects.prepared
def _newest(rows: QuerySet[GoalVersion]) -> QuerySet[GoalVersion]:
    newest = rows.filter(goal=OuterRef("goal")).order_by("-number").values("pk")[:1]
    held = rows.filter(goal__state__in=ASKED_ABOUT, pk=Subquery(newest)).select_related("goal")
    return held.order_by("goal__place")


@OwnRating.objects.prepared
def _days(rows: QuerySet[OwnRating]) -> QuerySet[OwnRating, tuple[UUID, date]]:
    held = rows.filter(goal__state__in=WORKED_ON).order_by()
    return held.values("goal").annotate(last=Max("for_date")).values_list("goal", "last")


def _agreed(held: list[GoalVersion]) -> Iterator[Waiting]:
    for row in held:
        if row.goal.state == GoalState.AGREED:
            yield Waiting(row.goal_id, read(row.body).draft.statement, agreed=True)


def _due(held: list[GoalVersion], days: dict[UUID, date], *, today: date) -> Iterator[Waiting]:
    for row in held:
        last = days.get(row.goal_id)
        asks = row.goal.state in WORKING and is_due(last, today=today)
        terms = read(row.body)
        if asks and _this_week(last or row.since, today) and not to_review(terms):
            yield Waiting(row.goal_id, terms.draft.statement, agreed=False)


def _this_week(last: date, today: date) -> bool:
    return (today - last).days % 7 < STANDS
