"""What a clinician says of a goal that is shared: that they agree, and where they see it."""

from datetime import datetime
from uuid import UUID

from waymark.access.vocabulary import Action, Viewer
from waymark.library.goal import GoalState, moved
from waymark.record.goals.keeping import Now, newest
from waymark.record.goals.models import Agreement, ClinicianRating, Goal
from waymark.record.goals.rating import Rated, checked_rating
from waymark.record.goals.showing import ABOUT
from waymark.record.goals.turns import Turn
from waymark.record.sharing.models import Share
from waymark.record.sharing.snapshot import Snapshot, read
from waymark.record.tenancy.action import action
from waymark.record.tenancy.days import day_of
from waymark.record.tenancy.models import Patient

TO_AGREED = {
    GoalState.DRAFT: (GoalState.PROPOSED, GoalState.AGREED),
    GoalState.PROPOSED: (GoalState.AGREED,),
    GoalState.ADJUSTED: (GoalState.ACTIVE,),
}
"""The steps that an agreement takes a goal. One that is begun goes on as it is."""


@action(Action.ANSWER_GOALS)
def agree(
    patient: Patient, *, share: UUID, by: Viewer, at: datetime, key: UUID | None = None
) -> Agreement | None:
    """Agree to a goal as it was on the screen. None: that is not what is shared any more."""
    held = _shared(share)
    if held is None:
        return None
    about, terms = held.thing, _snapshot(held).facts["terms"]
    before = Agreement.objects.filter(goal=about, terms=terms, by=by.person).first()
    if before is not None:
        return before
    _settle(Now(patient, at), about, terms=terms)
    return Agreement.objects.create(
        patient=patient,
        clinic_id=patient.clinic_id,
        goal=about,
        share=share,
        terms=terms,
        by=by.person,
        at=at,
    )


def _settle(now: Now, goal: UUID, *, terms: int) -> None:
    """Where its owner has not changed it since they shared it, it is agreed to as it stands."""
    row, version = Goal.objects.get(pk=goal), newest(goal)
    if version.terms != terms:
        return
    state = GoalState(row.state)
    for step in TO_AGREED.get(state, ()):
        state = moved(state, step)
    row.state = state
    row.save(update_fields=["state"])
    now.turn(version, Turn.AGREED)


@action(Action.ANSWER_GOALS)
def view(
    patient: Patient,
    *,
    share: UUID,
    rated: Rated,
    by: Viewer,
    at: datetime,
    key: UUID | None = None,
) -> ClinicianRating | None:
    """Where a clinician sees it, beside its owner's own rating and never in its place.

    One a day: a later one of that day takes its place. None: it is not shared so any more.
    """
    held = _shared(share)
    if held is None:
        return None
    facts = _snapshot(held).facts
    body = checked_rating(rated, scaled="levels" in facts).body
    row, _ = ClinicianRating.objects.update_or_create(
        goal=held.thing,
        by=by.person,
        for_date=day_of(at, zone=patient.zone),
        defaults={
            "patient": patient,
            "clinic_id": patient.clinic_id,
            "share": share,
            "terms": facts["terms"],
            "at": at,
            "body": body,
        },
    )
    return row


def _shared(share: UUID) -> Share | None:
    return Share.objects.filter(pk=share, about=ABOUT, ended_at=None).first()


def _snapshot(held: Share) -> Snapshot:
    return read(held.words)
