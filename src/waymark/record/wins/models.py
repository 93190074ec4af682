"""A small win or a setback: what happened, how long it stayed, and what it is like."""

from typing import Any

from django.db import models

from waymark.record.tenancy.models import OfPatient
from waymark.record.tenancy.scope import PatientOwned
from waymark.record.vault.fields import TEXT, Sealed


class Win(OfPatient):
    """One of them, as its writer put it. ``like``: an older one, of the same situation."""

    private = True
    clear = ("for_date", "noted_at", "like_id")
    newest = ("for_date", "noted_at")

    for_date = models.DateField()  # the writer's own day; it never moves with a zone
    noted_at = models.DateTimeField()
    body: Any = Sealed(step=TEXT)  # `happening.Happening`
    like = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+")

    objects = PatientOwned["Win"]()

    class Meta:
        indexes = [
            models.Index(fields=["patient", "-for_date", "-noted_at"], name="newest_wins"),
        ]
