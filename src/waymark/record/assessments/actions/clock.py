"""What the clock does with assignments: bring what is due, let lapse what was not answered."""

from datetime import date, datetime, timedelta

from django.db.models import Q

from waymark.access.vocabulary import Action, Viewer
from waymark.library.instruments import INSTRUMENTS
from waymark.record.assessments.calendar import day_of, due_on
from waymark.record.assessments.models import (
    Administration,
    AdministrationState,
    Assignment,
    Repeat,
)
from waymark.record.episodes.models import Encounter, Episode
from waymark.record.outbox import actions as outbox
from waymark.record.outbox.kind import Kind
from waymark.record.people.conduct import action
from waymark.record.people.models import Patient

WAITING = (AdministrationState.DUE, AdministrationState.OPEN)
FIRST_LAPSE = timedelta(days=14)


def give(
    assignment: Assignment, patient: Patient, *, on: date, at: datetime
) -> Administration | None:
    """One administration for the day; None if one of this instrument is waiting already."""
    if Administration.objects.filter(instrument=assignment.instrument, state__in=WAITING).exists():
        return None
    due_at = due_on(on, zone=patient.zone)
    if due_at > at and on <= day_of(at, zone=patient.zone):
        due_at = at  # given today, before eight: it can be answered now
    return Administration.objects.create(
        patient=patient,
        clinic_id=patient.clinic_id,
        assignment=assignment,
        episode=Episode.objects.filter(ended_at=None).first(),
        instrument=assignment.instrument,
        version=INSTRUMENTS[assignment.instrument].version,
        due_at=due_at,
        lapses_at=due_at + _patience(assignment),
    )


def _patience(assignment: Assignment) -> timedelta:
    """How long it waits: until the next one comes, or two weeks."""
    return timedelta(days=assignment.every_days) if assignment.every_days else FIRST_LAPSE


@action(Action.RUN_CLOCK)
def bring_due(patient: Patient, *, by: Viewer, at: datetime) -> int:
    """Lapse what waited too long, give what falls due; returns how many were given."""
    _lapse(at=at)
    given = 0
    for assignment in Assignment.objects.filter(ended_at=None):
        day = _next_day(assignment, patient)
        if day is not None and due_on(day, zone=patient.zone) <= at:
            given += give(assignment, patient, on=day, at=at) is not None
    if given and patient.account_id:
        outbox.put(Kind.SOMETHING_DUE, at=at, clinic=patient.clinic_id, account=patient.account_id)
    return given


def _lapse(*, at: datetime) -> int:
    late = Administration.objects.filter(state=AdministrationState.DUE, lapses_at__lte=at)
    return late.update(state=AdministrationState.LAPSED)


def _next_day(assignment: Assignment, patient: Patient) -> date | None:
    """The day the next occasion falls on, or None if nothing more comes by the clock."""
    last = Administration.objects.filter(assignment=assignment).order_by("-due_at").first()
    if last is None:
        return assignment.starts_on
    if assignment.repeat == Repeat.EVERY_DAYS and assignment.every_days:
        return day_of(last.due_at, zone=patient.zone) + timedelta(days=assignment.every_days)
    if assignment.repeat == Repeat.EACH_SESSION:
        return _day_after_session(last, patient)
    return None


def _day_after_session(last: Administration, patient: Patient) -> date | None:
    """At each session: after a meeting that took place since the last occasion."""
    meeting = (
        Encounter.objects.filter(Q(took_place_at__gt=last.due_at))
        .order_by("-took_place_at")
        .first()
    )
    return day_of(meeting.took_place_at, zone=patient.zone) if meeting else None
