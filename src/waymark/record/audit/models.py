"""The audit tables: lines without names, and the chain of codes that shows whether one was changed.

No foreign keys, so that history never blocks a deletion; the subject is a random number whose
owner is known to the patient's row alone.
"""

from typing import Any

from django.db import models


class AuditVerdict(models.TextChoices):
    """What became of it."""

    DONE = "done"
    READ = "read"
    REFUSED = "refused"


SHOWN = "shown"  # why a reading was: somebody saw it on a page,
COMPARED = "compared"  # or it was only held against what somebody typed, and nobody saw it


class Immutable(RuntimeError):
    """What the log is made of is written once, by this room, and never changed or removed."""


class Written(models.Model):
    """A row that is written once. On PostgreSQL who serves lacks the right as well."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **given: Any) -> None:
        if self.pk is not None:
            raise Immutable("what stands in the audit log is never changed")
        super().save(*args, **given)

    def delete(self, *args: Any, **given: Any) -> tuple[int, dict[str, int]]:
        raise Immutable("what stands in the audit log is never removed")


class Line(Written):
    """One thing that one viewer did or read, of one person or of the clinic."""

    clear = ("id", "at", "clinic", "by", "action", "subject", "verdict", "reason")

    at = models.DateTimeField()
    clinic = models.UUIDField(null=True)
    by = models.CharField(max_length=40)
    action = models.CharField(max_length=40)
    subject = models.UUIDField(null=True)
    verdict = models.CharField(max_length=8, choices=AuditVerdict.choices)
    reason = models.CharField(max_length=120)

    class Meta:
        indexes = [
            models.Index(fields=["subject", "at"], name="lines_of_a_subject"),
            models.Index(fields=["clinic", "at"], name="lines_of_a_clinic"),
        ]


class Link(Written):
    """The code of one line, chained to the code of the line before it in the same clinic."""

    clear = ("id", "line", "clinic", "place", "code")

    line = models.BigIntegerField(unique=True)
    clinic = models.UUIDField(null=True)
    place = models.BigIntegerField()
    code = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["clinic", "place"], name="one_link_a_place"),
        ]
