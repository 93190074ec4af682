"""The concern board: what is open, for whom, by when, in the exact words that were chosen."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q

from waymark.access.vocabulary import Action, Viewer
from waymark.record.people.models import Contact, Patient
from waymark.record.people.queries import names_of
from waymark.record.safety.models import (
    Concern,
    ConcernEntry,
    ConcernState,
    EntryKind,
    SafetyPolicy,
)


@dataclass(frozen=True, slots=True)
class Happened:
    """One line of a concern's history, ready to be shown."""

    kind: str
    at: datetime
    by: str
    body: dict[str, object]


@dataclass(frozen=True, slots=True)
class OpenConcern:
    """One concern as the board shows it."""

    concern: Concern
    patient: Patient
    name: str
    phone: str
    safe: dict[str, bool]
    emergency: str
    location: str
    owner: str
    owned_by_viewer: bool
    offered_to_viewer: bool
    latest: dict[str, object]
    history: tuple[Happened, ...]

    def overdue(self, at: datetime) -> bool:
        return self.concern.owner_id is None and at > self.concern.due_at


def concern_for(viewer: Viewer, action: Action, id: UUID) -> Concern:
    """One concern; NotFound (DoesNotExist) when absent or not the viewer's to see."""
    return Concern.objects.visible_to(viewer, action).select_related("patient", "clinic").get(pk=id)


def own_open_concern(viewer: Viewer) -> Concern | None:
    """The client's own open concern, for "I tapped by mistake"."""
    rows = Concern.objects.visible_to(viewer, Action.ANSWER_INSTRUMENT)
    return rows.exclude(state=ConcernState.CLOSED).first()


def open_concerns(viewer: Viewer) -> list[OpenConcern]:
    """Every open concern the viewer may see: un-owned first, then by the time it is due."""
    rows = list(
        Concern.objects.visible_to(viewer, Action.READ_CONCERNS)
        .exclude(state=ConcernState.CLOSED)
        .select_related("patient", "owner__account")
        .order_by("due_at")
    )
    rows.sort(key=lambda row: row.owner_id is not None)
    return _shown(viewer, rows)


def shown(viewer: Viewer, concern: Concern) -> OpenConcern:
    """One concern with its whole history."""
    return _shown(viewer, [concern])[0]


def closed_concerns(viewer: Viewer, patient: UUID) -> list[OpenConcern]:
    """The closed concerns of one patient, newest first."""
    rows = Concern.objects.visible_to(viewer, Action.READ_CONCERNS).filter(
        patient=patient, state=ConcernState.CLOSED
    )
    return _shown(viewer, list(rows.select_related("patient").order_by("-closed_at")))


def open_states(viewer: Viewer, action: Action, patients: Iterable[UUID]) -> dict[UUID, Concern]:
    """The open concern of each patient who has one."""
    rows = Concern.objects.visible_to(viewer, action).filter(patient__in=patients)
    open_ones = rows.exclude(state=ConcernState.CLOSED).select_related("owner__account")
    return {row.patient_id: row for row in open_ones}


def _shown(viewer: Viewer, rows: list[Concern]) -> list[OpenConcern]:
    patients = [row.patient_id for row in rows]
    contacts = {
        c.patient_id: c
        for c in Contact.objects.visible_to(viewer, Action.READ_CONCERNS).filter(
            patient__in=patients
        )
    }
    entries = _entries(viewer, rows)
    names = names_of({e.by for held in entries.values() for e in held if e.by})
    return [
        _one(viewer, row, contacts.get(row.patient_id), entries.get(row.pk, []), names)
        for row in rows
    ]


def _entries(viewer: Viewer, rows: list[Concern]) -> dict[UUID, list[ConcernEntry]]:
    found: dict[UUID, list[ConcernEntry]] = {}
    held = ConcernEntry.objects.visible_to(viewer, Action.READ_CONCERNS).filter(concern__in=rows)
    for entry in sorted(held, key=_in_order):
        found.setdefault(entry.concern_id, []).append(entry)
    return found


def _in_order(entry: ConcernEntry) -> tuple[datetime, int, str]:
    """By time; in one moment the answers stand first, by their day, and then who was told."""
    return entry.at, EntryKind.values.index(entry.kind), str(entry.body.get("for_date") or "")


def _one(
    viewer: Viewer,
    row: Concern,
    contact: Contact | None,
    entries: list[ConcernEntry],
    names: dict[UUID, str],
) -> OpenConcern:
    answers = [entry for entry in entries if entry.kind == EntryKind.ANSWER]
    return OpenConcern(
        concern=row,
        patient=row.patient,
        name=row.patient.name,
        phone=(contact and contact.phone) or "",
        safe=(contact and contact.safe) or {},
        emergency=(contact and contact.emergency) or "",
        location=(contact and contact.location) or "",
        owner=row.owner.account.name if row.owner else "",
        owned_by_viewer=row.owner_id in viewer.memberships,
        offered_to_viewer=row.offered_to_id in viewer.memberships,
        latest=answers[-1].body if answers else {},
        history=tuple(
            Happened(e.kind, e.at, names.get(e.by, "") if e.by else "", e.body) for e in entries
        ),
    )


def outside_backup(policy: UUID) -> str:
    """The address of the backup outside the clinic, as the signed policy names it."""
    row = SafetyPolicy._base_manager.filter(pk=policy).first()
    return str((row and row.outside_backup) or "")


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many open concerns nobody owns, and how many the viewer does."""

    unowned: int
    own: int


def waiting_for(viewer: Viewer) -> Waiting:
    """What waits for the viewer among the concerns they may see; asked on every staff page."""
    rows = Concern.objects.visible_to(viewer, Action.READ_CONCERNS)
    found = rows.exclude(state=ConcernState.CLOSED).aggregate(
        unowned=Count("pk", filter=Q(owner=None), distinct=True),
        own=Count("pk", filter=Q(owner__in=viewer.memberships), distinct=True),
    )
    return Waiting(**found)
