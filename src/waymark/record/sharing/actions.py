"""Sharing a version of a thing, taking it back, and receipts: seen, talked about, noted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from waymark.access.vocabulary import Action, Viewer
from waymark.record.safety.words import hear_words
from waymark.record.sharing.models import Ended, Receipt, Share, Stream, Used
from waymark.record.sharing.snapshot import Snapshot
from waymark.record.tenancy.action import Invalid, action
from waymark.record.tenancy.models import Patient


@action(Action.READ_ANSWERS)
def see(patient: Patient, *, about: str, things: list[UUID], by: Viewer, at: datetime) -> int:
    """Leave a receipt that each thing was seen."""
    return _leave(patient, about, things, Used.SEEN, by=by, at=at)


@action(Action.MARK_DISCUSSED)
def discuss(patient: Patient, *, about: str, things: list[UUID], by: Viewer, at: datetime) -> int:
    """Leave a receipt that each thing was talked about."""
    return _leave(patient, about, things, Used.DISCUSSED, by=by, at=at)


@action(Action.READ_SHARED)
def see_shared(patient: Patient, *, shares: list[UUID], by: Viewer, at: datetime) -> int:
    """Leave a receipt that each version was seen."""
    return _leave(patient, "share", _live(shares), Used.SEEN, by=by, at=at)


@action(Action.READ_SHARED)
def note_shared(
    patient: Patient, *, share: UUID, used: str, by: Viewer, at: datetime
) -> Share | None:
    """Say that a version was talked about, or noted for later. None: it was taken back since."""
    if used not in (Used.DISCUSSED, Used.NOTED):
        raise Invalid("used", "Choose “talked about” or “noted”.")
    held = Share.objects.filter(pk=share, ended_at=None).first()
    if held is not None:
        _leave(patient, "share", [held.pk], Used(used), by=by, at=at)
    return held


def _live(shares: Iterable[UUID]) -> list[UUID]:
    rows = Share.objects.filter(pk__in=list(shares), ended_at=None)
    return list(rows.values_list("pk", flat=True))


# What a client shares.


@dataclass(frozen=True, slots=True)
class ToShare:
    """A version on its way to the care team: of which thing, and what was on the screen.

    ``seen`` is the digest of what was shown. ``tell``: the client asks that somebody is told.
    """

    about: str
    thing: UUID
    snapshot: Snapshot
    seen: str
    tell: bool = False


def _heard(patient: Patient, *, what: ToShare, by: Viewer, at: datetime) -> bool:
    """Danger in the words of a share, also of one that is refused, and a call for somebody."""
    words, about = what.snapshot.words, what.snapshot.title
    return hear_words(patient, words, about=about, at=at, asked=what.tell) is not None


@action(Action.SHARE, heard=_heard)
def share(
    patient: Patient, *, what: ToShare, by: Viewer, at: datetime, key: UUID | None = None
) -> Share:
    """Share this version of a thing, in place of an earlier one.

    Raises Invalid where the thing was changed since it was on the screen.
    """
    _heard(patient, what=what, by=by, at=at)
    if what.seen != what.snapshot.digest:
        raise Invalid("version", _("This was changed since you looked. Look again, then share it."))
    return _put(patient, what, at=at)


@action(Action.SHARE)
def ask_for_somebody(patient: Patient, *, words: str, about: str, by: Viewer, at: datetime) -> None:
    """Let the clinic know of words whose writer wants somebody told, though they were not kept."""
    hear_words(patient, words, about=about, at=at, asked=True)


def share_as_it_comes(patient: Patient, what: ToShare, stream: str, *, at: datetime) -> None:
    """Share what was just noted, where its kind is shared as it comes. Inside another action."""
    if Stream.objects.filter(kind=stream, until=None).exists():
        hear_words(patient, what.snapshot.words, about=what.snapshot.title, at=at)
        _put(patient, what, at=at)


def _put(patient: Patient, what: ToShare, *, at: datetime) -> Share:
    before = Share.objects.filter(thing=what.thing, ended_at=None).first()
    if before is not None:
        if before.words == what.snapshot.body:
            return before
        _end(before, Ended.CHANGED, at=at)
    return Share.objects.create(
        patient=patient,
        clinic_id=patient.clinic_id,
        about=what.about,
        thing=what.thing,
        words=what.snapshot.body,
        shared_at=at,
    )


@action(Action.SHARE)
def take_back(patient: Patient, *, thing: UUID, by: Viewer, at: datetime) -> bool:
    """Nobody but its writer reads it from now on. Whether it was shared at all."""
    return withdraw(thing, at=at)


def withdraw(thing: UUID, *, at: datetime) -> bool:
    """End the share of a thing, if it is shared: inside an action that takes it back, or removes
    the thing. Whether it was."""
    held = Share.objects.filter(thing=thing, ended_at=None).first()
    if held is not None:
        _end(held, Ended.WITHDRAWN, at=at)
    return held is not None


def _end(share: Share, how: Ended, *, at: datetime) -> None:
    share.words, share.ended, share.ended_at = None, how, at
    share.save(update_fields=["words", "ended", "ended_at"])


@action(Action.SHARE)
def set_stream(patient: Patient, *, kind: str, on: bool, by: Viewer, at: datetime) -> None:
    """Share a kind of thing as it comes, or no more. What is on stays on, as it was.

    Copies that a room keeps under a switch go with it: rows that name it (docs/decisions/0025).
    """
    held = Stream.objects.filter(kind=kind, until=None).first()
    if on and held is None:
        Stream.objects.create(patient=patient, clinic_id=patient.clinic_id, kind=kind, since=at)
    elif held is not None and not on:
        held.until = at
        held.save(update_fields=["until"])
        _forget(held)


def _forget(switch: Stream) -> None:
    for one in Stream._meta.related_objects:
        copies: Any = one.related_model
        copies.objects.filter(**{one.field.name: switch}).delete()


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
