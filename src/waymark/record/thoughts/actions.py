"""Beginning a thought record, filling in a column, saying that it did not help, removing it."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from waymark.access.vocabulary import Action, Viewer
from waymark.library.thought_record import ThoughtRecord
from waymark.record.sharing.actions import withdraw
from waymark.record.tenancy.action import action
from waymark.record.tenancy.days import day_of
from waymark.record.tenancy.models import Patient
from waymark.record.thoughts.holding import body_of, checked, read
from waymark.record.thoughts.models import ThoughtRecordRow

ABOUT = "thought-record"


@action(Action.KEEP_THOUGHT_RECORDS)
def begin(
    patient: Patient, *, record: ThoughtRecord, by: Viewer, at: datetime, key: UUID | None = None
) -> ThoughtRecordRow:
    """Keep a new one, of today, however little stands in it. Raises Invalid."""
    return ThoughtRecordRow.objects.create(
        patient=patient,
        clinic_id=patient.clinic_id,
        for_date=day_of(at, zone=patient.zone),
        begun_at=at,
        body=body_of(checked(record)),
    )


@action(Action.KEEP_THOUGHT_RECORDS)
def fill(
    patient: Patient,
    *,
    record: UUID,
    filled: Callable[[ThoughtRecord], ThoughtRecord],
    by: Viewer,
    at: datetime,
) -> ThoughtRecordRow:
    """Write one column anew, and leave the others as they stand now. Raises Invalid, DoesNotExist.

    ``filled`` is handed the record as it is stored: what another tab filled in meanwhile stays.
    Whoever reads it keeps what was shared, until the change is shared too.
    """
    row = ThoughtRecordRow.objects.select_for_update().get(pk=record)
    row.body = body_of(checked(filled(read(row.body))))
    row.save(update_fields=["body"])
    return row


@action(Action.KEEP_THOUGHT_RECORDS)
def say_whether_it_helped(
    patient: Patient, *, record: UUID, helped: bool, by: Viewer, at: datetime
) -> ThoughtRecordRow:
    """One that did not help is not offered beside a later one."""
    row = ThoughtRecordRow.objects.get(pk=record)
    row.did_not_help = not helped
    row.save(update_fields=["did_not_help"])
    return row


@action(Action.KEEP_THOUGHT_RECORDS)
def remove(patient: Patient, *, record: UUID, by: Viewer, at: datetime) -> None:
    """Remove it for good; what was shared of it is taken back. Raises DoesNotExist."""
    row = ThoughtRecordRow.objects.get(pk=record)
    withdraw(row.pk, at=at)
    row.delete()
