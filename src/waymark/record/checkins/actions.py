"""Checking in, changing and taking it back; marking a day as hard."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from waymark.access.vocabulary import Action, Viewer
from waymark.record.checkins import copies, reminding
from waymark.record.checkins.models import CheckIn, HardDay, Source
from waymark.record.checkins.said import Said
from waymark.record.checkins.settings import kept, tracked_now
from waymark.record.checkins.tracking import Tracked
from waymark.record.checkins.whose_day import can_be_changed, is_back_filled, offset_of
from waymark.record.sharing.actions import withdraw
from waymark.record.tenancy.action import Conflict, Invalid, action
from waymark.record.tenancy.days import day_of
from waymark.record.tenancy.models import Patient

MOST_CHARACTERS = 600


@dataclass(frozen=True, slots=True)
class ToRecord:
    """One sending. ``day``: printed on the form, ``opened`` at that time by the clock over it."""

    day: date
    said: Said
    opened: datetime | None = None
    source: Source = Source.FORM


def _heard(
    patient: Patient, *, what: ToRecord, by: Viewer, at: datetime, id: UUID | None = None
) -> bool:
    return copies.heard(patient, what.said, tracked_now(), at=at)


@action(Action.KEEP_CHECK_INS, heard=_heard)
def record(
    patient: Patient, *, what: ToRecord, by: Viewer, at: datetime, id: UUID | None = None
) -> CheckIn:
    """Keep it. ``id`` may have been made on a device: a second sending of it is the same row, for
    ever, and Conflict where it says something else."""
    before = CheckIn.objects.filter(pk=id).first() if id else None
    if before is not None:
        return _the_same(before, what)
    tracked = tracked_now()
    copies.heard(patient, what.said, tracked, at=at)
    later = is_back_filled(what.day, opened=what.opened, at=at, zone=patient.zone)
    _checked(what.said, tracked)
    row = CheckIn(
        id=id or uuid4(),
        patient=patient,
        clinic_id=patient.clinic_id,
        for_date=what.day,
        at=at,
        offset=offset_of(at, zone=patient.zone),
        back_filled=later,
        source=what.source,
        body=what.said.body,
    )
    _insert(row)
    if not later:
        reminding.settled(what.day)
    copies.copy(patient, row, what.said, tracked)
    return row


def _insert(row: CheckIn) -> None:
    """Raises Conflict where the id is somebody else's: then it is of no use to this one."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise Conflict("the id of a check-in is taken") from error


def _the_same(before: CheckIn, what: ToRecord) -> CheckIn:
    """The first one: what was taken back does not come again, nor is anything written over."""
    if before.taken_back_at is None and (before.for_date, before.body) != (
        what.day,
        what.said.body,
    ):
        raise Conflict("this check-in was sent before with other content")
    return before


def _checked(said: Said, tracked: Tracked) -> None:
    if said.nothing:
        raise Invalid("answers", _("Nothing was chosen, so nothing is kept. That is fine."))
    if not {(one.item, one.version) for one in said.answers} <= tracked.questions().keys():
        raise Invalid("answers", _("One of these questions is not asked any more. Look again."))


def _heard_change(
    patient: Patient, *, check_in: UUID, said: Said, by: Viewer, at: datetime
) -> bool:
    return copies.heard(patient, said, tracked_now(), at=at)


@action(Action.KEEP_CHECK_INS, heard=_heard_change)
def change(patient: Patient, *, check_in: UUID, said: Said, by: Viewer, at: datetime) -> CheckIn:
    """Say it in another way, of today or yesterday; when it was first said stays."""
    row, tracked = _open(patient, check_in, at=at), tracked_now()
    copies.heard(patient, said, tracked, at=at)
    _checked(said, tracked)
    row.body = said.body
    row.save(update_fields=["body"])
    copies.recopy(row, said, tracked)
    return row


@action(Action.KEEP_CHECK_INS)
def take_back(patient: Patient, *, check_in: UUID, by: Viewer, at: datetime) -> None:
    """It was never said: its day is a gap again, and the care team reads it no more."""
    row = _open(patient, check_in, at=at)
    row.body, row.taken_back_at = None, at
    row.save(update_fields=["body", "taken_back_at"])
    copies.uncopy(row)
    withdraw(row.pk, at=at)


def _open(patient: Patient, id: UUID, *, at: datetime) -> CheckIn:
    """One that can still be changed. Raises DoesNotExist, and Invalid for an older one."""
    row = CheckIn.objects.get(pk=id, taken_back_at=None)
    if not can_be_changed(row.for_date, at=at, zone=patient.zone):
        raise Invalid("day", _("This day rests: only today and yesterday can be changed."))
    return row


# Days that are hard.


@action(Action.KEEP_CHECK_INS)
def mark_hard(patient: Patient, *, words: str | None = None, by: Viewer, at: datetime) -> HardDay:
    """Mark today as hard, for oneself alone; the check-in rests. ``words``: what makes it so; None
    leaves what was said before."""
    day = day_of(at, zone=patient.zone)
    row = HardDay.objects.filter(for_date=day).first() or HardDay(
        patient=patient, clinic_id=patient.clinic_id, for_date=day, at=at
    )
    if words is not None:
        row.words = _short(words)
    row.save()
    kept(patient, rests_on=day)
    reminding.settled(day)
    return row


def _short(words: str) -> str | None:
    """Raises Invalid where it is too long to read in one breath."""
    if len(words.strip()) > MOST_CHARACTERS:
        over = len(words.strip()) - MOST_CHARACTERS
        raise Invalid("words", _("Shorten it by %(over)d characters.") % {"over": over})
    return words.strip() or None


@action(Action.KEEP_CHECK_INS)
def unmark_hard(patient: Patient, *, hard_day: UUID, by: Viewer, at: datetime) -> None:
    """Take it back, of today or yesterday; what was shared of it is taken back too."""
    row = HardDay.objects.get(pk=hard_day)
    if not can_be_changed(row.for_date, at=at, zone=patient.zone):
        raise Invalid("day", _("This day rests: only today and yesterday can be changed."))
    withdraw(row.pk, at=at)
    row.delete()
    if tracked_now().rests_on == row.for_date:
        kept(patient, rests_on=None)
