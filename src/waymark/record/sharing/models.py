"""Receipts: the client sees that what they shared was used."""

from django.db import models

from waymark.record.tenancy.models import OfPatient
from waymark.record.tenancy.scope import PatientOwned


class Used(models.TextChoices):
    SEEN = "seen"
    DISCUSSED = "discussed"


class Receipt(OfPatient):
    """That somebody saw, or talked about, one thing the client gave."""

    clear = ("about", "thing", "used", "by", "at")
    newest = ("at",)

    about = models.CharField(max_length=20)  # what kind of thing: "response"
    thing = models.UUIDField()
    used = models.CharField(max_length=10, choices=Used.choices)
    by = models.UUIDField()
    at = models.DateTimeField()

    objects = PatientOwned["Receipt"]()

    class Meta:
        indexes = [models.Index(fields=["patient", "-at"], name="newest_receipts")]
        constraints = [
            models.UniqueConstraint(fields=["thing", "used", "by"], name="one_receipt_each")
        ]
