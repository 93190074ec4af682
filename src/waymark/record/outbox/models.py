"""Messages waiting to be sent. Only ids and a kind: the address is looked up when it is sent."""

from django.db import models

from waymark.record.outbox.kind import Kind


class State(models.TextChoices):
    WAITING = "waiting"
    SENT = "sent"
    DEAD = "dead"  # given up; shown to staff


class Message(models.Model):
    """One message to one person, in one clinic's name."""

    clear = (
        "id", "clinic", "kind", "account", "invitation", "state", "made_at",
        "next_try_at", "tries", "leased_until", "sent_at", "trouble",
    )  # fmt: skip

    clinic = models.UUIDField(null=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    account = models.UUIDField(null=True)  # whom it is for, where they have an account
    invitation = models.UUIDField(null=True)  # or the invitation that knows the address
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    made_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=60, blank=True)  # the class of the last error, no text

    class Meta:
        indexes = [models.Index(fields=["state", "next_try_at"], name="messages_waiting")]


class Beat(models.Model):
    """That the worker lives: one row, beaten while it works, leased so that only one works."""

    clear = ("name", "holder", "beat_at")

    name = models.CharField(primary_key=True, max_length=20, default="worker")
    holder = models.CharField(max_length=60)
    beat_at = models.DateTimeField()
