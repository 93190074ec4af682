"""Which receipts there are for what a client gave."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from waymark.access.vocabulary import Action, Viewer
from waymark.record.people.queries import names_of
from waymark.record.sharing.models import Receipt, Used


def receipts_of(viewer: Viewer, action: Action, patient: UUID) -> QuerySet[Receipt]:
    """Every receipt of a patient's things, newest first."""
    rows = Receipt.objects.visible_to(viewer, action)
    return rows.filter(patient=patient).order_by("-at")


def used_of(viewer: Viewer, action: Action, things: Iterable[UUID]) -> dict[UUID, str]:
    """How each of these things was used; what was not is left out."""
    return dict(_used(viewer, action, things=tuple(things)))


@Receipt.objects.prepared
def _used(
    rows: QuerySet[Receipt], *, things: tuple[UUID, ...]
) -> QuerySet[Receipt, tuple[UUID, str]]:
    return rows.filter(thing__in=things).order_by("at").values_list("thing", "used")


def discussed_among(
    viewer: Viewer, action: Action, patients: Iterable[UUID]
) -> dict[UUID, datetime]:
    """The things of these patients that somebody talked about with them, and when that was."""
    return dict(_discussed(viewer, action, patients=tuple(patients)))


@Receipt.objects.prepared
def _discussed(
    rows: QuerySet[Receipt], *, patients: tuple[UUID, ...]
) -> QuerySet[Receipt, tuple[UUID, datetime]]:
    held = rows.filter(patient__in=patients, used=Used.DISCUSSED).order_by("at")
    return held.values_list("thing", "at")


@dataclass(frozen=True, slots=True)
class Seen:
    """That somebody used what the client gave, in the words of the first page."""

    name: str
    used: str
    at: datetime


@Receipt.objects.prepared
def _latest(rows: QuerySet[Receipt]) -> QuerySet[Receipt]:
    return rows.order_by("-at")[:1]


def latest_receipt(viewer: Viewer, action: Action) -> Seen | None:
    """The newest sign that what the client gave was used."""
    row = next(iter(_latest(viewer, action)), None)
    return Seen(names_of([row.by]).get(row.by, _("Your team")), row.used, row.at) if row else None
