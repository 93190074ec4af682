"""What a client shares, a version at a time, and receipts: they see that it was used."""

from typing import Any

from django.db import models
from django.db.models import Q

from waymark.record.tenancy.models import ALL, OfPatient
from waymark.record.tenancy.scope import PatientOwned
from waymark.record.vault.fields import LONG, Sealed


class Used(models.TextChoices):
    SEEN = "seen"
    DISCUSSED = "discussed"
    NOTED = "noted"  # for later: it is not forgotten


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


class Ended(models.TextChoices):
    """Why a version is shown to nobody any more."""

    CHANGED = "changed"  # a later version of the thing was shared
    WITHDRAWN = "withdrawn"


class Share(OfPatient):
    """One version of a thing, shared with the care team. What ended keeps no word of it."""

    clear = ("about", "thing", "shared_at", "ended", "ended_at")
    newest = ("shared_at",)
    open_to_newcomers = ALL

    about = models.CharField(max_length=20)  # what kind of thing: "journal", "win"
    thing = models.UUIDField()
    words: Any = Sealed(step=LONG, null=True)  # the snapshot; none once it ended
    shared_at = models.DateTimeField()
    ended = models.CharField(max_length=10, choices=Ended.choices, blank=True)
    ended_at = models.DateTimeField(null=True)

    objects = PatientOwned["Share"]()

    class Meta:
        indexes = [models.Index(fields=["patient", "-shared_at"], name="newest_shares")]
        constraints = [
            models.UniqueConstraint(
                fields=["patient", "thing"],
                condition=Q(ended_at=None),
                name="one_version_is_shared",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(words=None), name="what_ended_keeps_no_word"
            ),
        ]


class Stream(OfPatient):
    """A kind of thing that is shared as it comes, from a moment on: check-ins, small wins."""

    clear = ("kind", "since", "until")
    unlisted = "one row each time a switch is turned on; few"
    open_to_newcomers = ALL

    kind = models.CharField(max_length=20)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    objects = PatientOwned["Stream"]()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["patient", "kind"], condition=Q(until=None), name="a_stream_is_on_once"
            )
        ]
