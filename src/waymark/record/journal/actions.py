"""Writing, changing and removing entries; drafts are kept, and are no entries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from waymark.access.vocabulary import Action, Viewer
from waymark.record.journal.models import Entry, EntryDraft, Tagged
from waymark.record.journal.tagging import tags_named
from waymark.record.journal.writing import Writing, checked, normal
from waymark.record.sharing.actions import withdraw
from waymark.record.tenancy.action import Invalid, action
from waymark.record.tenancy.days import day_of
from waymark.record.tenancy.models import Patient

MOST_DRAFT = 200_000  # characters: what is too long for an entry is kept all the same


class Changed(Invalid):
    """The entry was changed elsewhere since it was on the screen."""


@dataclass(frozen=True, slots=True)
class ToWrite:
    """What is written, with its tags by name. ``id`` is made on the device and is its own for ever:
    the same one sent again is the same entry. ``device``: whose draft it ends."""

    writing: Writing
    tags: tuple[str, ...] = ()
    id: UUID | None = None
    device: UUID | None = None


@action(Action.KEEP_JOURNAL)
def write(
    patient: Patient, *, what: ToWrite, by: Viewer, at: datetime, key: UUID | None = None
) -> Entry:
    """Keep an entry of today. Of an id that is there already it is that entry, unchanged."""
    known = Entry.objects.filter(pk=what.id).first() if what.id else None
    if known is not None:
        return known
    writing = checked(what.writing)
    row = Entry(
        patient=patient,
        clinic_id=patient.clinic_id,
        for_date=day_of(at, zone=patient.zone),
        written_at=at,
        body=writing.body,
    )
    if what.id is not None:
        row.id = what.id
    row.save(force_insert=True)
    _tag(row, what.tags, at=at)
    _end_draft(None, what.device)
    return row


@action(Action.KEEP_JOURNAL)
def change(
    patient: Patient, *, entry: UUID, seen: int, what: ToWrite, by: Viewer, at: datetime
) -> Entry:
    """Write it anew. ``seen`` is the version that was on the screen: raises Changed where another
    device was faster. What is shared of it stays as it was shared. An edit never makes an entry."""
    row = Entry.objects.select_for_update().get(pk=entry)
    if row.version != seen:
        raise Changed("text", _("This was changed on another device. Look at both, then choose."))
    row.body, row.version = checked(what.writing).body, row.version + 1
    row.save(update_fields=["body", "version"])
    Tagged.objects.filter(entry=row).delete()
    _tag(row, what.tags, at=at)
    _end_draft(row.pk, what.device)
    return row


@action(Action.KEEP_JOURNAL)
def remove(patient: Patient, *, entry: UUID, by: Viewer, at: datetime) -> None:
    """Remove it for good; what was shared of it is taken back. Raises DoesNotExist."""
    row = Entry.objects.get(pk=entry)
    withdraw(row.pk, at=at)
    row.delete()


@dataclass(frozen=True, slots=True)
class ToKeep:
    """What was typed so far on one device: of a new entry, or of a change to the version seen."""

    writing: Writing
    device: UUID
    entry: UUID | None = None
    base: int = 0


@action(Action.KEEP_JOURNAL)
def save_draft(patient: Patient, *, what: ToKeep, by: Viewer, at: datetime) -> EntryDraft | None:
    """Keep what was typed so far, whatever it is. None: there was nothing to keep any more."""
    text = normal(what.writing.text)
    if len(text) > MOST_DRAFT:
        over = len(text) - MOST_DRAFT
        raise Invalid("text", _("Shorten it by %(over)d characters.") % {"over": over})
    if what.entry is not None:
        Entry.objects.get(pk=what.entry)  # of this client, or there is none
    if not text.strip():
        _end_draft(what.entry, what.device)
        return None
    row = _draft(what.entry, what.device) or EntryDraft(
        patient=patient, clinic_id=patient.clinic_id, entry_id=what.entry, device=what.device
    )
    row.body, row.base, row.saved_at = what.writing.body, what.base, at
    row.save()
    return row


@action(Action.KEEP_JOURNAL)
def drop_draft(patient: Patient, *, draft: UUID, by: Viewer, at: datetime) -> None:
    """Let go of what was begun. Raises DoesNotExist."""
    EntryDraft.objects.get(pk=draft).delete()


def _draft(entry: UUID | None, device: UUID) -> EntryDraft | None:
    return EntryDraft.objects.filter(entry=entry, device=device).first()


def _end_draft(entry: UUID | None, device: UUID | None) -> None:
    if device is not None:
        EntryDraft.objects.filter(entry=entry, device=device).delete()


def _tag(entry: Entry, names: Iterable[str], *, at: datetime) -> None:
    for tag in tags_named(entry.patient, names, at=at):
        Tagged.objects.create(
            patient_id=entry.patient_id, clinic_id=entry.clinic_id, entry=entry, tag=tag
        )
