"""What the clock does with assignments: bring what is due, let lapse what was not answered."""

from datetime import date, datetime, timedelta

from django.db.models import F, Max, Q, QuerySet

from waymark.access.vocabulary import Action, Viewer
from waymark.library.instruments import INSTRUMENTS
from waymark.record.assessments.calendar import due_on, next_day
from waymark.record.assessments.models import (
    Administration,
    AdministrationState,
    Assignment,
    Draft,
)
from waymark.record.episodes.models import Encounter, Episode
from waymark.record.outbox import actions as outbox
from waymark.record.outbox.kind import Kind
from waymark.record.tenancy.action import action
from waymark.record.tenancy.days import day_of
from waymark.record.tenancy.models import Clinic, Patient

WAITING = (AdministrationState.DUE, AdministrationState.OPEN)
CHOSEN = Q(self_started=True, state=AdministrationState.DUE)  # opened by oneself, not begun
FIRST_LAPSE = timedelta(days=14)
GRACE = timedelta(days=7)
A_DAY = timedelta(days=1)


def give(
    assignment: Assignment, patient: Patient, *, on: date, at: datetime
) -> Administration | None:
    """One administration for the day; None if one of this instrument is waiting already."""
    waiting = Administration.objects.filter(instrument=assignment.instrument, state__in=WAITING)
    waiting.filter(CHOSEN).update(state=AdministrationState.LAPSED)  # nobody asked for that one
    if waiting.exists():
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
        lapses_at=due_on(on + _patience(assignment), zone=patient.zone),
    )


def _patience(assignment: Assignment) -> timedelta:
    """How long it waits: until the next one comes, or two weeks."""
    return timedelta(days=assignment.every_days) if assignment.every_days else FIRST_LAPSE


@action(Action.RUN_CLOCK)
def bring_due(patient: Patient, *, by: Viewer, at: datetime) -> int:
    """Lapse what waited too long, give what falls due; returns how many were given."""
    take_back(at=at)
    late(Administration.objects.all(), at=at).update(state=AdministrationState.LAPSED)
    given = 0
    for assignment in Assignment.objects.filter(ended_at=None):
        if not opened_at(patient.clinic, assignment.instrument):
            continue
        day = _next_day(assignment, patient, at=at)
        if day is not None and due_on(day, zone=patient.zone) <= at:
            given += give(assignment, patient, on=day, at=at) is not None
    if given and patient.account_id:
        outbox.put(Kind.SOMETHING_DUE, at=at, clinic=patient.clinic_id, account=patient.account_id)
    return given


def take_back(*, at: datetime) -> None:
    """Undo what a clock that ran ahead did: occasions of days to come, lapses before their time."""
    of_days_to_come(Administration.objects.all(), at=at).delete()
    waiting = Administration.objects.filter(state__in=WAITING).values("instrument")
    lapsed = lapsed_too_soon(Administration.objects.all(), at=at).exclude(instrument__in=waiting)
    newest = {row.instrument: row for row in lapsed.order_by("due_at")}
    for row in newest.values():
        begun = Draft.objects.filter(administration=row).exists()
        row.state = AdministrationState.OPEN if begun else AdministrationState.DUE
        row.save(update_fields=["state"])


def of_days_to_come(rows: QuerySet[Administration], *, at: datetime) -> QuerySet[Administration]:
    """Occasions that nobody chose for a day to come: only the first one of a rule can be chosen."""
    untouched = rows.filter(state=AdministrationState.DUE, due_at__gt=at + A_DAY)
    return untouched.filter(due_at__date__gt=F("assignment__starts_on"))


def lapsed_too_soon(rows: QuerySet[Administration], *, at: datetime) -> QuerySet[Administration]:
    """What lapsed by a clock ahead: its time is not over, and its rule still runs.

    What has no rule, or was opened by oneself, has no time at which it lapses.
    """
    return rows.filter(
        state=AdministrationState.LAPSED,
        lapses_at__gt=at,
        due_at__lte=at,
        assignment__ended_at=None,
    )


def opened_at(clinic: Clinic, instrument: str) -> bool:
    """Whether the clinic may use it: freely, or its conditions are accepted and not withdrawn."""
    return INSTRUMENTS[instrument].default_on or instrument in clinic.opened


def late(rows: QuerySet[Administration], *, at: datetime) -> QuerySet[Administration]:
    """What waited too long; what was begun waits a week more, so that nobody loses answers."""
    untouched = Q(state=AdministrationState.DUE, lapses_at__lte=at)
    begun = Q(state=AdministrationState.OPEN, lapses_at__lte=at - GRACE)
    return rows.filter(untouched | begun)


def _next_day(assignment: Assignment, patient: Patient, *, at: datetime) -> date | None:
    last = Administration.objects.filter(assignment=assignment).aggregate(at=Max("due_at"))["at"]
    meeting = Encounter.objects.aggregate(at=Max("took_place_at"))["at"]
    today = day_of(at, zone=patient.zone)
    return next_day(assignment, last=last, meeting=meeting, today=today, zone=patient.zone)
