"""Check-ins that the client keeps, one that is shared by the switch, a hard day, an own item."""

from datetime import time
from uuid import UUID

from tests.access.canaries import Client
from tests.cast import after, looking
from waymark.library.instrument import Better
from waymark.record.checkins.actions import ToRecord, mark_hard, record
from waymark.record.checkins.models import CheckIn, Reminder
from waymark.record.checkins.said import said
from waymark.record.checkins.settings import Own, add_own
from waymark.record.sharing.actions import set_stream
from waymark.record.tenancy.days import day_of

MEETS = {
    "checkin": {"self"},
    "sharedcheckin": {"self", "team"},
    "hardday": {"self"},
    "tracking": {"self"},
}


def plant(one: Client) -> dict[str, UUID]:
    kept = sent(one, "checkin", days=1)
    set_stream(one.patient, kind="check-in", on=True, by=one.me, at=after(days=2))
    shared = sent(one, "sharedcheckin", days=2)
    words = one.canary("hardday")
    hard = mark_hard(one.patient, words=words, by=one.me, at=after(days=2, hours=3))
    own = Own(one.canary("tracking"), "Not at all", "Very much", Better.HIGHER)
    remind(one)
    tracking = add_own(one.patient, own=own, by=one.me, at=after(days=2, hours=3))
    return {
        "checkin": kept.pk,
        "hardday": hard.pk,
        "ownitem": UUID(tracking.body["own"][-1]["id"]),
        "sharedcheckin": shared.pk,
    }


def remind(one: Client) -> None:
    """She asked for a word at eight; the row holds nothing that she said."""
    day = day_of(after(days=2), zone=one.patient.zone)
    held = {"patient": one.patient, "clinic_id": one.patient.clinic_id}
    with looking():
        Reminder.objects.create(at=time(20), not_before=day, **held)


def sent(one: Client, kind: str, *, days: int) -> CheckIn:
    at = after(days=days, hours=2)
    what = ToRecord(day_of(at, zone=one.patient.zone), said([], words=[one.canary(kind)]))
    return record(one.patient, what=what, by=one.me, at=at)
