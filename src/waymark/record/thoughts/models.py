"""A thought record as it stands: every column of it sealed, in one."""

from typing import Any

from django.db import models

from waymark.record.tenancy.models import OfPatient
from waymark.record.tenancy.scope import PatientOwned
from waymark.record.vault.fields import LONG, Sealed


class ThoughtRecordRow(OfPatient):
    """One of them. ``did_not_help``: its balanced thought is not offered beside a later one."""

    private = True
    clear = ("for_date", "begun_at", "did_not_help")
    newest = ("for_date", "begun_at")

    for_date = models.DateField()  # the writer's own day; it never moves with a zone
    begun_at = models.DateTimeField()
    did_not_help = models.BooleanField(default=False)
    body: Any = Sealed(step=LONG)  # `library.thought_record.ThoughtRecord`

    objects = PatientOwned["ThoughtRecordRow"]()

    class Meta:
        indexes = [
            models.Index(
                fields=["patient", "-for_date", "-begun_at"], name="newest_thought_records"
            ),
        ]
