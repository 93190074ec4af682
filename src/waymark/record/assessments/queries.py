"""Questions about assessments: what waits, what was answered, the scores of a series."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Max, QuerySet

from waymark.access.vocabulary import Action, Viewer
from waymark.library.instrument import Instrument
from waymark.library.instruments import INSTRUMENTS
from waymark.record.assessments.actions.assign import refused
from waymark.record.assessments.actions.clock import (
    CHOSEN,
    lapsed_too_soon,
    late,
    of_days_to_come,
    opened_at,
)
from waymark.record.assessments.calendar import due_on, next_day
from waymark.record.assessments.models import (
    Administration,
    AdministrationState,
    Assignment,
    Draft,
    Response,
    Score,
)
from waymark.record.episodes.queries import last_meetings
from waymark.record.people.queries import patients_for
from waymark.record.tenancy.days import day_of
from waymark.record.tenancy.models import Clinic, Patient, PatientState
from waymark.record.tenancy.paging import leaf
from waymark.record.vault.batch import open_all

WAITING = (AdministrationState.DUE, AdministrationState.OPEN)


@dataclass(frozen=True, slots=True)
class Offer:
    """An instrument of the library as a clinic may, or may not, give it now."""

    instrument: Instrument
    refusal: str  # empty: it can be given

    @property
    def id(self) -> str:
        return self.instrument.id


def offers(clinic: Clinic, *, at: datetime) -> list[Offer]:
    """Every instrument, with the reason where it cannot be given."""
    return [Offer(one, refused(one.id, clinic, at=at)) for one in INSTRUMENTS.values()]


def usual_offers(clinic: Clinic, *, at: datetime) -> list[Offer]:
    """The clinic's usual set in its own order, with the reason where one cannot be given."""
    every = {one.id: one for one in offers(clinic, at=at)}
    return [every[id] for id in clinic.usual_set if id in every]


def waiting_for(
    viewer: Viewer, *, at: datetime, action: Action = Action.READ_TODAY
) -> list[Administration]:
    """What the client can answer now: begun ones, the oldest, then as the clinic's set goes.

    What one opened by oneself and left again untouched waits for nobody.
    """
    return sorted(_waiting(viewer, action, at=at), key=_turn)


@Administration.objects.prepared
def _waiting(rows: QuerySet[Administration], *, at: datetime) -> QuerySet[Administration]:
    held = rows.filter(~CHOSEN, state__in=WAITING, due_at__lte=at)
    return held.select_related("clinic").annotate(made_at=F("assignment__made_at"))


def _turn(row: Any) -> tuple[bool, datetime, datetime, int, str]:
    """Where an occasion stands in the line; a set given in one moment keeps its own order."""
    usual: list[str] = row.clinic.usual_set
    place = usual.index(row.instrument) if row.instrument in usual else len(usual)
    begun = row.state == AdministrationState.OPEN and not row.self_started
    return not begun, row.due_at, row.made_at or row.due_at, place, row.instrument


def answered_on(viewer: Viewer, action: Action, day: date) -> bool:
    """Whether the client has answered something for that day."""
    return bool(_answered(viewer, action, day=day))


@Response.objects.prepared
def _answered(rows: QuerySet[Response], *, day: date) -> QuerySet[Response, UUID]:
    return rows.filter(for_date=day).values_list("pk", flat=True)[:1]


def answers_of(viewer: Viewer, action: Action, responses: Iterable[UUID]) -> date | None:
    """The day of the newest of these answers."""
    return next(iter(_days(viewer, action, responses=tuple(responses))), None)


@Response.objects.prepared
def _days(rows: QuerySet[Response], *, responses: tuple[UUID, ...]) -> QuerySet[Response, date]:
    held = rows.filter(pk__in=responses).order_by("-for_date")
    return held.values_list("for_date", flat=True)[:1]


def administration_for(viewer: Viewer, action: Action, id: UUID) -> Administration:
    """One occasion; DoesNotExist when absent or not the viewer's."""
    rows = Administration.objects.visible_to(viewer, action)
    return rows.select_related("patient", "clinic").get(pk=id)


def waiting_of(viewer: Viewer, action: Action, instrument: str) -> Administration | None:
    """The client's own occasion of this instrument that waits for answers, if there is one."""
    rows = Administration.objects.visible_to(viewer, action)
    return rows.filter(instrument=instrument, state__in=WAITING).first()


def draft_of(viewer: Viewer, action: Action, administration: Administration) -> Draft | None:
    rows = Draft.objects.visible_to(viewer, action)
    return rows.filter(administration=administration).first()


def drafts_of(viewer: Viewer, action: Action, ids: Iterable[UUID]) -> dict[UUID, Draft]:
    """What was begun of each of these occasions."""
    rows = Draft.objects.visible_to(viewer, action).filter(administration__in=list(ids))
    return {row.administration_id: row for row in rows}


def response_for(viewer: Viewer, action: Action, id: UUID) -> Response:
    """One set of answers; DoesNotExist when absent or not the viewer's to see."""
    rows = Response.objects.visible_to(viewer, action)
    return rows.select_related("administration", "patient").get(pk=id)


def response_to(viewer: Viewer, action: Action, administration: Administration) -> Response | None:
    """What was answered on an occasion, if anything was."""
    rows = Response.objects.visible_to(viewer, action)
    return rows.filter(administration=administration).first()


def responses_of(viewer: Viewer, action: Action, patient: UUID) -> QuerySet[Response]:
    """All responses of a patient, newest first."""
    rows = Response.objects.visible_to(viewer, action).filter(patient=patient)
    return rows.select_related("administration").order_by("-for_date", "-submitted_at")


def assignments_of(viewer: Viewer, action: Action, patient: UUID) -> list[Assignment]:
    """The standing decisions for a patient."""
    return _assignments(viewer, action, patient=patient)


@Assignment.objects.prepared
def _assignments(rows: QuerySet[Assignment], *, patient: UUID) -> QuerySet[Assignment]:
    return rows.filter(patient=patient, ended_at=None).order_by("made_at")


def assigned_to(viewer: Viewer, action: Action, patients: Iterable[UUID]) -> dict[UUID, set[str]]:
    """The ids of the instruments that each of these patients is given by a standing decision."""
    rows = Assignment.objects.visible_to(viewer, action).filter(patient__in=patients, ended_at=None)
    found: dict[UUID, set[str]] = {}
    for patient, instrument in rows.values_list("patient", "instrument"):
        found.setdefault(patient, set()).add(instrument)
    return found


def rules_for(
    viewer: Viewer, action: Action, patients: Iterable[UUID], *, instrument: str
) -> dict[UUID, Assignment]:
    """By which standing decision each of these patients is given one instrument."""
    rows = Assignment.objects.visible_to(viewer, action)
    held = rows.filter(patient__in=patients, instrument=instrument, ended_at=None)
    return {row.patient_id: row for row in held}


def assignment_for(viewer: Viewer, action: Action, id: UUID) -> Assignment:
    return Assignment.objects.visible_to(viewer, action).select_related("patient").get(pk=id)


@dataclass(frozen=True, slots=True)
class Taken:
    """One score, opened."""

    id: UUID
    patient: UUID
    response: UUID | None
    episode: UUID | None
    instrument: str
    version: int
    scale: str
    source: str
    taken_at: datetime
    for_date: date
    value: float | None
    exact: float | None
    band: str | None
    prorated: bool
    note: str


def scores_for(
    viewer: Viewer, action: Action, patients: Iterable[UUID], *, instrument: str | None = None
) -> Iterator[Taken]:
    """The scores of these patients in order of time."""
    rows = _scores(viewer, action, patients=tuple(patients), instrument=instrument)
    return (_taken(row) for row in open_all(rows, "result"))


@Score.objects.prepared
def _scores(
    rows: QuerySet[Score], *, patients: tuple[UUID, ...], instrument: str | None
) -> QuerySet[Score]:
    held = rows.filter(patient__in=patients).order_by("taken_at", "pk")
    return held if instrument is None else held.filter(instrument=instrument)


def scores_among(viewer: Viewer, action: Action, responses: Iterable[UUID]) -> Iterator[Taken]:
    """What these responses scored, in order of time."""
    rows = Score.objects.visible_to(viewer, action).filter(response__in=list(responses))
    return (_taken(row) for row in open_all(rows.order_by("taken_at", "pk"), "result"))


def totals_of(
    viewer: Viewer, action: Action, patient: UUID, *, below: str, size: int
) -> tuple[list[Taken], str]:
    """Scores without responses, newest first, and the mark below which older ones stand."""
    rows = Score.objects.visible_to(viewer, action).filter(patient=patient, response=None)
    held = leaf(rows, below=below, size=size)
    return [_taken(row) for row in open_all(held.rows, "result")], held.older


def _taken(row: Score) -> Taken:
    result = row.result
    return Taken(
        id=row.pk,
        patient=row.patient_id,
        response=row.response_id,
        episode=row.episode_id,
        instrument=row.instrument,
        version=row.version,
        scale=row.scale,
        source=row.source,
        taken_at=row.taken_at,
        for_date=row.for_date,
        value=result["value"],
        exact=result["exact"],
        band=result["band"],
        prorated=result["prorated"],
        note=result["note"],
    )


def next_due(
    viewer: Viewer, action: Action, patients: Iterable[UUID]
) -> dict[UUID, Administration]:
    """What waits longest for each patient, of what somebody asked them for."""
    rows = Administration.objects.visible_to(viewer, action).filter(
        patient__in=patients, state__in=WAITING, assignment__isnull=False
    )
    found: dict[UUID, Administration] = {}
    for row in rows.order_by("due_at"):
        found.setdefault(row.patient_id, row)
    return found


def wanting_clock(viewer: Viewer, *, at: datetime) -> list[Patient]:
    """The patients for whom something falls due or lapses now; the same few questions for all.

    The clock acts on these alone, so that a quiet day leaves no audit lines.
    """
    act = Action.RUN_CLOCK
    occasions = Administration.objects.visible_to(viewer, act)
    found = set(late(occasions, at=at).values_list("patient", flat=True))
    held = set(occasions.filter(~CHOSEN, state__in=WAITING).values_list("patient", "instrument"))
    undone = set(of_days_to_come(occasions, at=at).values_list("patient", "instrument"))
    too_soon = set(lapsed_too_soon(occasions, at=at).values_list("patient", "instrument"))
    held -= undone
    found |= {patient for patient, _ in undone | (too_soon - held)}
    meetings = last_meetings(viewer, act)
    rows = Assignment.objects.visible_to(viewer, act).filter(ended_at=None)
    for row in rows.select_related("patient", "clinic").annotate(
        last=Max("administration__due_at")
    ):
        if (row.patient_id, row.instrument) in held:
            continue
        try:
            wanted = _comes_now(row, row.last, meetings.get(row.patient_id), at=at)
        except Exception:  # in their own turn it comes up again, and is told there
            wanted = True
        if wanted:
            found.add(row.patient_id)
    patients = patients_for(viewer, act).filter(pk__in=found)
    return list(patients.exclude(state=PatientState.DISCHARGED))


def _comes_now(
    rule: Assignment, last: datetime | None, meeting: datetime | None, *, at: datetime
) -> bool:
    """Whether the next occasion of a rule falls due now, or did before."""
    if not opened_at(rule.clinic, rule.instrument):
        return False
    zone = rule.patient.zone
    day = next_day(rule, last=last, meeting=meeting, today=day_of(at, zone=zone), zone=zone)
    return day is not None and due_on(day, zone=zone) <= at
