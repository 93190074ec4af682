"""What the care team may read of check-ins: copies, made while the client's switch is on.

The rows themselves are private, and no action of anybody else may ask for them. So a check-in is
written down twice while the switch is on, and the copy goes when it is off.
"""

from datetime import datetime

from waymark.record.checkins.models import CheckIn, SharedCheckIn
from waymark.record.checkins.said import Said, own_words, snapshot_of
from waymark.record.checkins.tracking import Tracked
from waymark.record.safety.words import hear_words
from waymark.record.sharing.models import Stream
from waymark.record.tenancy.days import day_of
from waymark.record.tenancy.models import Patient

STREAM = "check-in"


def switch() -> Stream | None:
    """The switch, if it is on. Inside an action over its owner."""
    return Stream.objects.filter(kind=STREAM, until=None).first()


def heard(patient: Patient, held: Said, tracked: Tracked, *, at: datetime) -> bool:
    """Danger in own words that go to the clinic; those that do not are read by nobody."""
    if switch() is None:
        return False
    words = own_words(held, tracked.questions())
    return hear_words(patient, words, about="A check-in", at=at) is not None


def copy(patient: Patient, row: CheckIn, held: Said, tracked: Tracked) -> None:
    """Write down what the care team reads of it; nothing of a day before the switch."""
    on = switch()
    if on is None or row.for_date < day_of(on.since, zone=patient.zone):
        return
    shown = snapshot_of(held, row.for_date, tracked.questions())
    SharedCheckIn.objects.create(
        patient=patient,
        clinic_id=patient.clinic_id,
        stream=on,
        check_in=row.pk,
        for_date=row.for_date,
        at=row.at,
        offset=row.offset,
        back_filled=row.back_filled,
        body=shown.body,
    )


def recopy(row: CheckIn, held: Said, tracked: Tracked) -> None:
    """What was changed is read as it is now; where there was no copy there is none."""
    for copied in SharedCheckIn.objects.filter(check_in=row.pk):
        copied.body = snapshot_of(held, row.for_date, tracked.questions()).body
        copied.save(update_fields=["body"])


def uncopy(row: CheckIn) -> None:
    SharedCheckIn.objects.filter(check_in=row.pk).delete()
