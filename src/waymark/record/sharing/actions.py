"""Leaving a receipt: seen, or talked about."""

from datetime import datetime
from uuid import UUID

from waymark.access.vocabulary import Action, Viewer
from waymark.record.people.conduct import action
from waymark.record.people.models import Patient
from waymark.record.sharing.models import Receipt, Used


@action(Action.MARK_DISCUSSED)
def mark(
    patient: Patient, *, about: str, things: list[UUID], used: str, by: Viewer, at: datetime
) -> int:
    """Leave one receipt a thing; a second one by the same person changes nothing."""
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
            used=Used(used),
            by=by.person,
            at=at,
        )
    return len(fresh)
