"""Which receipts there are for what a client gave."""

from uuid import UUID

from django.db.models import QuerySet

from waymark.access.vocabulary import Action, Viewer
from waymark.record.sharing.models import Receipt


def receipts_of(viewer: Viewer, action: Action, patient: UUID) -> QuerySet[Receipt]:
    """Every receipt of a patient's things, newest first."""
    rows = Receipt.objects.visible_to(viewer, action)
    return rows.filter(patient=patient).order_by("-at")
