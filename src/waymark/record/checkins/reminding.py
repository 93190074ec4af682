"""One reminder on a client's day, at an hour of their own wall: asked for, decided, and stopped.

Whether one is sent is decided when it is sent, from the row alone: the clock reads nothing that a
client said. Whatever settles a day says so in the row, in the same step.
"""

from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from waymark.access.vocabulary import Action, Viewer, system
from waymark.record.checkins.models import CheckIn, Reminder
from waymark.record.checkins.tracking import Tracked
from waymark.record.outbox import actions as outbox
from waymark.record.outbox.kind import Kind
from waymark.record.people.queries import address_of_account
from waymark.record.people.tokens import REMINDER_LINK, same, token_of
from waymark.record.safety.queries import resting
from waymark.record.tenancy.action import Invalid, action
from waymark.record.tenancy.days import day_of
from waymark.record.tenancy.models import Patient, PatientState
from waymark.record.tenancy.row_security import across_clinics
from waymark.record.tenancy.scope import everyone

STILL_OF_USE = timedelta(hours=3)
"""After its hour a reminder is sent no more: questions of an evening are not for the night
(content B4: an answer window of three hours)."""

A_DAY = timedelta(days=1)


def due_at(day: date, at: time, *, zone: str) -> datetime:
    """The moment of an hour on somebody's own day, which ends at four in the morning."""
    on = day + A_DAY if at < time(4) else day
    return datetime.combine(on, at, tzinfo=ZoneInfo(zone))


def stands(row: Reminder, *, zone: str, at: datetime) -> bool:
    """Whether its hour has come, is not long over, and the day was not settled before."""
    day = day_of(at, zone=zone)
    late = at - due_at(day, row.at, zone=zone)
    return timedelta(0) <= late < STILL_OF_USE and row.not_before <= day


# What its owner asks for.


def ask(patient: Patient, *, wanted: bool, hour: time, first: date) -> None:
    """Send one at this hour from now on, or none; a new one on no day before ``first``. Inside an
    action over its owner. Raises Invalid where no letter would reach them."""
    row = Reminder.objects.first()
    if not wanted:
        if row is not None:
            row.delete()
        return
    if not can_be_reached(patient):
        raise Invalid("remind", _("There is no e-mail address here to send a reminder to."))
    held = row or Reminder(patient=patient, clinic_id=patient.clinic_id, not_before=first)
    held.at = hour
    held.save()


def first_day(tracked: Tracked, today: date) -> date:
    """The first day that is not settled already, by a pause, a check-in or a hard day. Inside an
    action over its owner."""
    if tracked.paused and tracked.rests(today):
        return tracked.paused_until or date.max
    told = CheckIn.objects.filter(for_date=today, taken_back_at=None)
    settled_today = tracked.rests(today) or told.exists()
    return today + A_DAY if settled_today else today


def can_be_reached(patient: Patient) -> bool:
    """Whether their account has an address to write to."""
    return bool(patient.account_id and address_of_account(patient.account_id))


def rests(until: date | None) -> None:
    """Nothing is sent before that day; None: until `resumed`. Inside an action over its owner."""
    Reminder.objects.update(not_before=until or date.max)


def resumed(today: date) -> None:
    """The rest is over; a day that is settled stays so. Inside an action over its owner."""
    Reminder.objects.filter(not_before__gt=today + A_DAY).update(not_before=today)


def settled(day: date) -> None:
    """That day needs no reminder. Inside an action over its owner."""
    Reminder.objects.filter(not_before__lte=day).update(not_before=day + A_DAY)


# What the clock does.


def wanting_reminder(viewer: Viewer, *, at: datetime) -> list[Patient]:
    """Whose hour has come, and who was not told on this day of theirs."""
    rows = Reminder.objects.visible_to(viewer, Action.RUN_CLOCK).select_related("patient")
    due = [
        row.patient
        for row in rows.exclude(patient__state=PatientState.DISCHARGED)
        if stands(row, zone=row.patient.zone, at=at)
        and row.told_on != day_of(at, zone=row.patient.zone)
    ]
    spared = resting(viewer, [one.pk for one in due], at=at) if due else set()
    return [one for one in due if one.pk not in spared]


@action(Action.RUN_CLOCK)
def remind_of_check_in(patient: Patient, *, by: Viewer, at: datetime) -> bool:
    """Put the letter of this day; False where it was put before, or nobody would read it."""
    day = day_of(at, zone=patient.zone)
    row = Reminder.objects.select_for_update().exclude(told_on=day).first()
    if row is None or not can_be_reached(patient):
        return False
    row.told_on = day
    row.save(update_fields=["told_on"])
    outbox.put(Kind.CHECK_IN, at=at, clinic=patient.clinic_id, account=patient.account_id)
    return True


def still_wanted(viewer: Viewer, account: UUID, *, at: datetime) -> Reminder | None:
    """The reminder behind a letter that is about to leave; None: it is not to leave any more."""
    rows = Reminder.objects.visible_to(viewer, Action.RUN_CLOCK).select_related("patient")
    row = rows.filter(patient__account_id=account).first()
    if row is None or not stands(row, zone=row.patient.zone, at=at):
        return None
    return None if resting(viewer, [row.patient_id], at=at) else row


# The way out that every such letter has.


def link_to_stop(reminder: UUID) -> str:
    """The path by which whoever holds the letter stops these letters, and does nothing else."""
    return (
        f"/account/reminder/{reminder}/{token_of(reminder, generation=1, purpose=REMINDER_LINK)}/"
    )


def may_stop(reminder: UUID, token: str) -> bool:
    """Whether this is the link of that reminder, which may be stopped already."""
    return same(token_of(reminder, generation=1, purpose=REMINDER_LINK), token)


def stop_by_link(reminder: UUID, *, at: datetime) -> None:
    """Stop it, by a link that `may_stop`; stopped before, it stays so."""
    with across_clinics(), everyone("the link of a letter stops such letters, without signing in"):
        row = Reminder.objects.select_related("patient").filter(pk=reminder).first()
    if row is not None:
        stop_reminding(row.patient, by=system(row.clinic_id), at=at)


@action(Action.RUN_CLOCK)
def stop_reminding(patient: Patient, *, by: Viewer, at: datetime) -> None:
    """Send no more of them: asked by the link of a letter, without signing in."""
    Reminder.objects.all().delete()
