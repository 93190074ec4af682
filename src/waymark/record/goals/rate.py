"""Saying how far a goal has come, or how big a problem is: once a week, anew on the same day."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from waymark.access.vocabulary import Action, Viewer
from waymark.record.goals.keeping import Now, newest
from waymark.record.goals.models import Goal, GoalVersion, OwnRating, Problem
from waymark.record.goals.rating import Rated, checked_rating, is_due, next_on
from waymark.record.goals.terms import read
from waymark.record.goals.turns import WORKING
from waymark.record.tenancy.action import Invalid, action
from waymark.record.tenancy.days import day_of
from waymark.record.tenancy.models import Patient


@action(Action.KEEP_GOALS)
def rate_goal(
    patient: Patient,
    *,
    goal: UUID,
    rated: Rated,
    by: Viewer,
    at: datetime,
    key: UUID | None = None,
) -> OwnRating:
    """Of a goal that is worked on, under its terms of today. Raises Invalid."""
    row = Goal.objects.get(pk=goal)
    if row.state not in WORKING:
        raise Invalid("number", _("Begin it first. Then you can say how far you are."))
    version = newest(goal)
    terms = read(version.body)
    kept = _kept(Rating(patient, checked_rating(rated, scaled=terms.scaled), at), goal=version)
    Now(patient, at).keeps_shared(row)
    return kept


@action(Action.KEEP_GOALS)
def rate_problem(
    patient: Patient,
    *,
    problem: UUID,
    rated: Rated,
    by: Viewer,
    at: datetime,
    key: UUID | None = None,
) -> OwnRating:
    """Of a problem that is not put aside. Raises Invalid."""
    row = Problem.objects.get(pk=problem)
    if row.ended_at is not None:
        raise Invalid("number", _("You put this aside. Take it up again to rate it."))
    return _kept(Rating(patient, checked_rating(rated, scaled=False), at), problem=row)


@dataclass(frozen=True, slots=True)
class Rating:
    """What is said, by whom and when."""

    patient: Patient
    rated: Rated
    at: datetime


def _kept(
    what: Rating, *, goal: GoalVersion | None = None, problem: Problem | None = None
) -> OwnRating:
    """A week after the last one at the soonest; on the day of the last one it takes its place."""
    about = {"goal_id": goal.goal_id} if goal else {"problem": problem}
    today = day_of(what.at, zone=what.patient.zone)
    last = OwnRating.objects.filter(**about).order_by("for_date").last()
    if last is not None and last.for_date == today:
        last.body, last.at, last.version = what.rated.body, what.at, goal
        last.save(update_fields=["body", "at", "version"])
        return last
    if last is not None and not is_due(last.for_date, today=today):
        values = {
            "last": date_format(last.for_date, "F j"),
            "next": date_format(next_on(last.for_date), "F j"),
        }
        raise Invalid(
            "number",
            _("You said so on %(last)s. Once a week is enough: next from %(next)s on.") % values,
        )
    return OwnRating.objects.create(
        patient=what.patient,
        clinic_id=what.patient.clinic_id,
        version=goal,
        for_date=today,
        at=what.at,
        body=what.rated.body,
        **about,
    )
