"""Assigning instruments, and ending an assignment."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from waymark.access.vocabulary import Action, Viewer
from waymark.library.instrument import Instrument
from waymark.library.instruments import INSTRUMENTS
from waymark.record.assessments.actions.clock import WAITING, give, opened_at
from waymark.record.assessments.models import (
    Administration,
    AdministrationState,
    Assignment,
    Repeat,
)
from waymark.record.safety.prerequisites import refusal_of
from waymark.record.tenancy.action import Invalid, action
from waymark.record.tenancy.models import Clinic, Patient


def offered(id: str, clinic: Clinic, *, at: datetime) -> Instrument:
    """The instrument, if this clinic may give it now; else Invalid with the reason."""
    if id not in INSTRUMENTS or INSTRUMENTS[id].retired:
        raise Invalid("instrument", f"{id!r} is not an instrument of this library.")
    instrument = INSTRUMENTS[id]
    if instrument.compared is None:
        raise Invalid("instrument", f"{instrument.title}: its wording could not be compared.")
    if not opened_at(clinic, id):
        raise Invalid(
            "instrument",
            f"{instrument.title} has conditions; an administrator accepts them first.",
        )
    if refusal := refusal_of(instrument, clinic, at=at):
        raise Invalid("instrument", refusal)
    return instrument


def refused(id: str, clinic: Clinic, *, at: datetime) -> str:
    """Why this clinic may not give it now; empty where it may."""
    try:
        offered(id, clinic, at=at)
    except Invalid as error:
        return error.message
    return ""


@dataclass(frozen=True, slots=True)
class RepeatRule:
    """When an assigned instrument comes again: once, every so many days, at each session."""

    repeat: str = Repeat.ONCE
    every_days: int | None = None


@action(Action.ASSIGN_INSTRUMENT)
def assign(
    patient: Patient,
    *,
    instrument: str,
    rule: RepeatRule | None = None,
    starts_on: date,
    by: Viewer,
    at: datetime,
    key: UUID | None = None,
) -> Assignment:
    """Give an instrument by a rule; it replaces the rule before."""
    rule = rule or RepeatRule()
    definition = offered(instrument, patient.clinic, at=at)
    _check_rule(definition, rule)
    for held in Assignment.objects.filter(instrument=instrument, ended_at=None):
        held.ended_at = at
        held.save(update_fields=["ended_at"])
    row = Assignment.objects.create(
        patient=patient,
        clinic_id=patient.clinic_id,
        instrument=instrument,
        repeat=rule.repeat,
        every_days=rule.every_days if rule.repeat == Repeat.EVERY_DAYS else None,
        starts_on=starts_on,
        made_by=by.account or patient.clinic_id,
        made_at=at,
    )
    # What waits already is the first occasion of the new rule, or it would be asked twice.
    Administration.objects.filter(instrument=instrument, state__in=WAITING).update(assignment=row)
    give(row, patient, on=starts_on, at=at)
    return row


def _check_rule(instrument: Instrument, rule: RepeatRule) -> None:
    repeat, every_days = rule.repeat, rule.every_days
    if repeat not in Repeat.values:
        raise Invalid("repeat", f"Choose one of {', '.join(Repeat.values)}.")
    if repeat != Repeat.EVERY_DAYS:
        return
    if every_days is None or not 1 <= every_days <= 366:
        raise Invalid("every_days", "Say after how many days it comes again, from 1 to 366.")
    if every_days < instrument.retake_days:
        raise Invalid(
            "every_days",
            f"{instrument.title} asks about a longer time: every {instrument.retake_days} days "
            "at the most often.",
        )


@action(Action.ASSIGN_INSTRUMENT)
def assign_usual_set(
    patient: Patient,
    *,
    starts_on: date,
    only_possible: bool = False,
    by: Viewer,
    at: datetime,
    key: UUID | None = None,
) -> int | None:
    """Give the clinic's usual set, each instrument at its own pace; returns how many were given.

    None: this same request was carried out before.

    ``only_possible`` leaves out what the clinic may not give now; else that is refused as a whole.
    """
    held = set(Assignment.objects.filter(ended_at=None).values_list("instrument", flat=True))
    wanted = [id for id in patient.clinic.usual_set if id not in held]
    if only_possible:
        wanted = [id for id in wanted if not refused(id, patient.clinic, at=at)]
    for id in wanted:
        every = max(INSTRUMENTS[id].retake_days, 14) if id in INSTRUMENTS else 14
        assign(
            patient,
            instrument=id,
            rule=RepeatRule(Repeat.EVERY_DAYS, every),
            starts_on=starts_on,
            by=by,
            at=at,
        )
    return len(wanted)


@action(Action.ASSIGN_INSTRUMENT)
def end_assignment(assignment: Assignment, *, by: Viewer, at: datetime) -> Assignment:
    """Give it no more; what waits unanswered lapses, what was begun can still be sent."""
    if assignment.ended_at is None:
        ended(assignment, at=at)
    return assignment


def ended(assignment: Assignment, *, at: datetime) -> None:
    """Close a standing decision; what waits untouched lapses."""
    assignment.ended_at = at
    assignment.save(update_fields=["ended_at"])
    waiting = Administration.objects.filter(assignment=assignment, state=AdministrationState.DUE)
    waiting.update(state=AdministrationState.LAPSED)
