"""A file of past scores after its confirmation: kept sealed, stored a portion at a time.

Danger in it was heard before anything else, when the file was looked at and when it was confirmed:
it waits for no worker. What is here can therefore take its time.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import OperationalError, transaction
from django.db.models import F, Max

from waymark.access.vocabulary import Action, Viewer, system
from waymark.record.assessments.actions.bring_in import (
    Past,
    Store,
    faults_of,
    in_order,
    past_heard,
)
from waymark.record.assessments.models import Portion, PortionState
from waymark.record.people.queries import colleague
from waymark.record.tenancy.action import Invalid, Refused, action
from waymark.record.tenancy.models import Clinic, Patient
from waymark.record.tenancy.row_security import across_clinics, clinic_only

PORTION = 50  # rows that are stored at once: SQLite has one writer, and clients answer meanwhile
KEPT_FOR = timedelta(days=90)  # what became of a file, in figures; longer than its request key
A_SWEEP = 500  # rows at once


@action(Action.IMPORT_SCORES, heard=past_heard)
def take_in(
    patient: Patient,
    *,
    rows: Sequence[Past],
    work: UUID,
    by: Viewer,
    at: datetime,
    key: UUID | None = None,
) -> Portion:
    """Keep one patient's rows of a confirmed file until they are stored; hear their danger now."""
    if not rows:
        raise Invalid("rows", "There is no row to be stored.")
    past_heard(patient, rows=rows, by=by, at=at)
    ordered = sorted(rows, key=lambda row: row.day)
    parts = [ordered[start : start + PORTION] for start in range(0, len(ordered), PORTION)]
    made = [
        Portion.objects.create(
            patient=patient,
            clinic_id=patient.clinic_id,
            work=work,
            place=place,
            by=by.person,
            made_at=at,
            size=len(part),
            rows=[_packed(row) for row in part],
        )
        for place, part in enumerate(parts)
    ]
    return made[0]


def _packed(row: Past) -> list[Any]:
    return [row.line, row.instrument, row.day.isoformat(), row.scale, row.value, dict(row.answers)]


def _unpacked(held: list[Any]) -> Past:
    line, instrument, day, scale, value, answers = held
    return Past(instrument, date.fromisoformat(day), scale, value, answers, line)


@action(Action.IMPORT_SCORES)
def carry_out(portion: Portion, *, by: Viewer, at: datetime) -> Portion:
    """Store the rows of a portion, and in the same step that they are stored.

    One row that cannot be stored is noted with its line, and the others are stored all the same.
    """
    held = Portion.objects.select_for_update().get(pk=portion.pk)
    if held.state != PortionState.WAITING:
        return held
    rows = in_order(_unpacked(one) for one in held.rows)
    faults = {n: one.message for n, one in faults_of(held.patient, rows, at=at).items()}
    stored = _stored(Store(held.patient, rows, by=by, at=at), rows, faults)
    held.state, held.rows, held.tried_at = PortionState.STORED, None, at
    held.stored, held.left_out = stored, len(faults)
    held.known_before = held.size - stored - len(faults)
    held.faults = sorted([rows[n].line, words] for n, words in faults.items()) or None
    held.save()
    return held


def _stored(store: Store, rows: Sequence[Past], faults: dict[int, str]) -> int:
    """Store each row by itself; what goes wrong with one is written into ``faults``."""
    stored = 0
    for place, row in enumerate(rows):
        if place in faults:
            continue
        try:
            with transaction.atomic():
                stored += store.take(row)
        except OperationalError:  # the disk, the database: no fault of this row, so none is stored
            raise
        except Exception as error:  # whatever it is, the other rows do not wait for it
            faults[place] = (
                f"It could not be stored ({type(error).__name__}); the others were. "
                "Tell whoever keeps the portal, and bring this row in again."
            )
    return stored


@action(Action.RUN_CLOCK)
def stop(portion: Portion, *, by: Viewer, at: datetime) -> int:
    """Whoever brought it in may not do so any more: the rest is not stored, and not kept."""
    rest = Portion.objects.filter(work=portion.work, by=portion.by, state=PortionState.WAITING)
    return rest.update(state=PortionState.STOPPED, rows=None, tried_at=at)


@dataclass
class Turn:
    """What was tried for one clinic."""

    rows: int = 0
    troubles: list[str] = field(default_factory=list)


def carry_next(clinic: Clinic, *, at: datetime) -> Turn | None:
    """Store the portion that waits longest at a clinic, if its bringer may still; None: none waits.

    What failed comes last again, so that nothing waits behind it.
    """
    with clinic_only(clinic.pk):
        waiting = Portion._base_manager.filter(clinic=clinic, state=PortionState.WAITING)
        ordered = waiting.order_by(F("tried_at").asc(nulls_first=True), "place", "made_at", "pk")
        portion = ordered.select_related("patient", "clinic").first()
    return _tried(portion, at=at) if portion else None


def carry_work(work: UUID, *, clinic: UUID, at: datetime) -> list[Turn]:
    """Store all that waits of one small file now; what fails is left to the worker."""
    with clinic_only(clinic):
        waiting = Portion._base_manager.filter(work=work, state=PortionState.WAITING)
        held = list(waiting.filter(clinic=clinic).select_related("patient", "clinic"))
    return [_tried(one, at=at) for one in held]


def _tried(portion: Portion, *, at: datetime) -> Turn:
    try:
        carry_out(portion, by=colleague(portion.by, clinic=portion.clinic_id), at=at)
    except Refused:
        stop(portion, by=system(portion.clinic_id), at=at)
    except Exception as error:
        with clinic_only(portion.clinic_id):
            Portion._base_manager.filter(pk=portion.pk).update(tried_at=at)
        return Turn(0, [f"past scores of {portion.patient.audit_number}: {type(error).__name__}"])
    return Turn(portion.size)


def with_portions() -> list[Clinic]:
    """The clinics in which rows wait to be stored, the one whose turn is longest ago first."""
    with across_clinics():
        waiting = Portion._base_manager.filter(state=PortionState.WAITING)
        clinics = list(Clinic.objects.filter(pk__in=waiting.values("clinic")))
        last = dict(
            Portion._base_manager.filter(clinic__in=clinics)
            .values_list("clinic")
            .annotate(last=Max("tried_at"))
            .order_by()
        )
    return sorted(clinics, key=lambda one: (last[one.pk] is not None, last[one.pk] or one.made_at))


def sweep_portions(*, at: datetime) -> int:
    """Remove some of those that were over long ago; returns how many."""
    with across_clinics():
        old = Portion._base_manager.exclude(state=PortionState.WAITING)
        some = old.filter(made_at__lt=at - KEPT_FOR).order_by("made_at")
        gone, _ = Portion._base_manager.filter(
            pk__in=list(some.values_list("pk", flat=True)[:A_SWEEP])
        ).delete()
    return gone
