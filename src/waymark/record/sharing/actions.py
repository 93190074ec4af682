"""Leaving a receipt: seen, or talked about. Each is written down as what it was."""

from datetime import datetime
from uuid import UUID

from waymark.access.vocabulary import Action, Viewer
from waymark.record.sharing.models import Receipt, Used
from waymark.record.tenancy.action import action
from waymark.record.tenancy.models import Patient


@action(Action.READ_ANSWERS)
def see(patient: Patient, *, about: str, things: list[UUID], by: Viewer, at: datetime) -> int:
    """Leave a receipt that each thing was seen."""
    return _leave(patient, about, things, Used.SEEN, by=by, at=at)


@action(Action.MARK_DISCUSSED)
def discuss(patient: Patient, *, about: str, things: list[UUID], by: Viewer, at: datetime) -> int:
    """Leave a receipt that each thing was talked about."""
    return _leave(patient, about, things, Used.DISCUSSED, by=by, at=at)


def _leave(
    patient: Patient, about: str, things: list[UUID], used: Used, *, by: Viewer, at: datetime
) -> int:
    """One receipt a thing; a second one by the same person changes nothing."""
    held = set(
        Receipt.objects.filter(thing__in=things, used=used, by=by.person).values_list(
            "thing", flat=True
        )
    )
    fresh = [thing for thing in things if thing not in held]
    for thing in fresh:
        Receipt.objects.create(
            patient=patient,
            clinic_id=patient.clinic_id,
            about=about,
            thing=thing,
            used=used,
            by=by.person,
            at=at,
        )
    return len(fresh)
