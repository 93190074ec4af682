"""Noting a small win or a setback, changing it, saying what it is like, and removing it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from waymark.access.vocabulary import Action, Viewer
from waymark.record.sharing.actions import ToShare, share_as_it_comes, withdraw
from waymark.record.tenancy.action import Invalid, action
from waymark.record.tenancy.days import day_of
from waymark.record.tenancy.models import Patient
from waymark.record.wins.happening import Happening, Sort, checked, snapshot_of
from waymark.record.wins.models import Win

ABOUT = STREAM = "win"


@dataclass(frozen=True, slots=True)
class ToNote:
    """What is noted: of which day, and what it is like, if anything. Without a day: today."""

    happening: Happening
    day: date | None = None
    like: UUID | None = None


@action(Action.KEEP_WINS)
def note(
    patient: Patient, *, what: ToNote, by: Viewer, at: datetime, key: UUID | None = None
) -> Win:
    """Keep it. A win is shared with it where wins are shared as they come."""
    happening, today = checked(what.happening), day_of(at, zone=patient.zone)
    day = what.day or today
    if day > today:
        raise Invalid("day", "Choose today or a day before.")
    row = Win.objects.create(
        patient=patient,
        clinic_id=patient.clinic_id,
        for_date=day,
        noted_at=at,
        body=happening.body,
        like=_older(what.like),
    )
    if happening.sort is Sort.WIN:
        shown = snapshot_of(happening, day)
        share_as_it_comes(patient, ToShare(ABOUT, row.pk, shown, shown.digest), STREAM, at=at)
    return row


@action(Action.KEEP_WINS)
def change(patient: Patient, *, win: UUID, happening: Happening, by: Viewer, at: datetime) -> Win:
    """Write it anew. Whoever reads it keeps what was shared, until the change is shared too."""
    row = Win.objects.get(pk=win)
    row.body = checked(happening).body
    row.save(update_fields=["body"])
    return row


@action(Action.KEEP_WINS)
def liken(patient: Patient, *, win: UUID, like: UUID | None, by: Viewer, at: datetime) -> Win:
    """Say which older one it is like, or that it is like none."""
    row = Win.objects.get(pk=win)
    older = _older(like)
    if older is not None and (older.for_date, older.noted_at) >= (row.for_date, row.noted_at):
        raise Invalid("like", "Choose one from before.")
    row.like = older
    row.save(update_fields=["like"])
    return row


@action(Action.KEEP_WINS)
def remove(patient: Patient, *, win: UUID, by: Viewer, at: datetime) -> None:
    """Remove it for good; what was shared of it is taken back. Raises DoesNotExist."""
    row = Win.objects.get(pk=win)
    withdraw(row.pk, at=at)
    row.delete()


def _older(id: UUID | None) -> Win | None:
    """Raises DoesNotExist where it is not this client's."""
    return Win.objects.get(pk=id) if id else None
