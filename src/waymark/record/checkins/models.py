"""Check-ins, what is tracked, days that were hard, and what the care team may read of them."""

from typing import Any

from django.db import models
from django.db.models import Q

from waymark.record.sharing.models import Stream
from waymark.record.tenancy.models import ALL, OfPatient
from waymark.record.tenancy.scope import PatientOwned
from waymark.record.vault.fields import LONG, TEXT, Sealed


class Source(models.TextChoices):
    """Where a check-in came from."""

    FORM = "form"
    DEVICE = "device"  # it was made without a network, with an id of its own


class CheckIn(OfPatient):
    """One sending, for one day. What was taken back keeps its id, so that it never comes again,
    and no word."""

    private = True
    clear = ("for_date", "at", "offset", "back_filled", "source", "taken_back_at")
    newest = ("for_date", "at")

    for_date = models.DateField()  # fixed when the form opened; it never moves with a zone
    at = models.DateTimeField()
    offset = models.SmallIntegerField()  # minutes of the sender's clock ahead of UTC
    back_filled = models.BooleanField(default=False)
    source = models.CharField(max_length=6, choices=Source.choices, default=Source.FORM)
    taken_back_at = models.DateTimeField(null=True)
    body: Any = Sealed(step=TEXT, null=True)  # `said.Said`

    objects = PatientOwned["CheckIn"]()

    class Meta:
        indexes = [models.Index(fields=["patient", "-for_date", "-at"], name="newest_check_ins")]
        constraints = [
            models.CheckConstraint(
                condition=Q(taken_back_at=None) | Q(body=None), name="taken_back_keeps_no_word"
            )
        ]


class Tracking(OfPatient):
    """What one client tracks, and when: `tracking.Tracked`. No row: as it is at first."""

    private = True
    clear = (
        "light", "first_at", "second_at", "paused", "paused_until", "settled_on", "rests_on",
    )  # fmt: skip
    unlisted = "one row a client"

    light = models.BooleanField(default=False)
    first_at = models.TimeField()  # on the wall of wherever they are
    second_at = models.TimeField(null=True)
    paused = models.BooleanField(default=False)
    paused_until = models.DateField(null=True)
    settled_on = models.DateField(null=True)
    rests_on = models.DateField(null=True)
    body: Any = Sealed(step=LONG)

    objects = PatientOwned["Tracking"]()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["patient"], name="tracked_in_one_row")]


class Reminder(OfPatient):
    """That a client asked for a letter at an hour of their day. No row: none is sent.

    The clock looks here and at nothing that was said: what settles a day (a check-in, a hard day, a
    pause) moves ``not_before``, the first day of which something may be sent.
    """

    clear = ("at", "not_before", "told_on")
    unlisted = "one row a client"

    at = models.TimeField()  # on the wall of wherever they are
    not_before = models.DateField()
    told_on = models.DateField(null=True)  # the client's own day of the last letter

    objects = PatientOwned["Reminder"]()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["patient"], name="reminded_by_one_row")]


class HardDay(OfPatient):
    """A day that its owner marked as hard, and what made it so, if they said."""

    private = True
    clear = ("for_date", "at")
    newest = ("for_date",)

    for_date = models.DateField()
    at = models.DateTimeField()
    words: Any = Sealed(step=TEXT, null=True)

    objects = PatientOwned["HardDay"]()

    class Meta:
        indexes = [models.Index(fields=["patient", "-for_date"], name="newest_hard_days")]
        constraints = [
            models.UniqueConstraint(fields=["patient", "for_date"], name="a_day_is_hard_once")
        ]


class SharedCheckIn(OfPatient):
    """What the care team reads of one check-in: written while the switch is on, and gone with it
    (docs/decisions/0025). ``check_in`` names the row that it is a copy of."""

    open_to_newcomers = ALL  # of what they said themself
    clear = ("stream_id", "check_in", "for_date", "at", "offset", "back_filled")
    newest = ("for_date", "at")

    stream = models.ForeignKey(Stream, on_delete=models.CASCADE)
    check_in = models.UUIDField(unique=True)
    for_date = models.DateField()
    at = models.DateTimeField()
    offset = models.SmallIntegerField()
    back_filled = models.BooleanField()
    body: Any = Sealed(step=TEXT)  # a snapshot

    objects = PatientOwned["SharedCheckIn"]()

    class Meta:
        indexes = [
            models.Index(fields=["patient", "-for_date", "-at"], name="newest_shared_check_ins")
        ]
