"""Fitted courses and their use by the clinic; openings and answered flags of one patient."""

from typing import Any
from uuid import uuid4

from django.db import models
from django.db.models import Q

from waymark.record.tenancy.models import ALL, Clinic, OfPatient
from waymark.record.tenancy.scope import ClinicOwned, PatientOwned
from waymark.record.vault.fields import LONG, Sealed
from waymark.record.vault.privacy import Privacy


class FittedCourse(models.Model):
    """One expected course, fitted on this clinic's own finished episodes: sums over many people
    and nothing of any one. A newer fit replaces it; the older one is kept."""

    clear = ("id", "clinic_id", "instrument", "scale", "figures", "fitted_at", "live")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    instrument = models.CharField(max_length=40)
    scale = models.CharField(max_length=40)
    figures: Any = models.JSONField()  # as progress.kept_course writes and reads them
    fitted_at = models.DateTimeField()
    live = models.BooleanField(default=True)

    objects = ClinicOwned["FittedCourse"]()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["clinic", "instrument", "scale"],
                condition=Q(live=True),
                name="one_live_course_a_scale",
            )
        ]


class IntendedUse(models.Model):
    """That somebody of the clinic read what expected courses are for, and accepted it."""

    clear = ("id", "clinic_id", "version", "accepted_at", "by", "ended_at")

    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    version = models.PositiveSmallIntegerField()  # of the words that were accepted
    accepted_at = models.DateTimeField()
    by = models.UUIDField()
    ended_at = models.DateTimeField(null=True)

    objects = ClinicOwned["IntendedUse"]()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["clinic"], condition=Q(ended_at=None), name="one_live_intended_use"
            )
        ]


class Opening(OfPatient):
    """That a client asked to see the expected course, and that it was opened together."""

    clear = ("asked_at", "opened_at", "opened_by", "closed_at")
    unlisted = "one a patient, and those that were closed"
    open_to_newcomers = ALL

    asked_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    opened_by = models.UUIDField(null=True)
    closed_at = models.DateTimeField(null=True)

    objects = PatientOwned["Opening"]()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["patient"], condition=Q(closed_at=None), name="one_opening_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(opened_at=None, opened_by=None)
                | Q(opened_at__isnull=False, opened_by__isnull=False),
                name="who_opened_it_and_when",
            ),
        ]


class FlagAnswer(OfPatient):
    """What somebody did about a flag, at the score that it stood on."""

    clear = ("instrument", "scale", "last_score", "at", "by")
    unlisted = "read with its finding"

    instrument = models.CharField(max_length=40)
    scale = models.CharField(max_length=40)
    last_score = models.UUIDField()
    at = models.DateTimeField()
    by = models.UUIDField()
    body = Sealed(step=LONG, privacy=Privacy.CLINICAL)  # {"did", "words", "week", "chance"}

    objects = PatientOwned["FlagAnswer"]()
