"""Entries, what was begun, tags, what is not to be brought back, and events of a life."""

from typing import Any

from django.db import models
from django.db.models import Q

from waymark.record.tenancy.models import OfPatient
from waymark.record.tenancy.scope import PatientOwned
from waymark.record.vault.fields import LONG, SHORT, TEXT, Sealed


class Entry(OfPatient):
    """One entry. ``version`` counts its changes: whoever changes it says which one they saw."""

    private = True
    clear = ("for_date", "written_at", "version")
    newest = ("for_date", "written_at")

    for_date = models.DateField()  # the writer's own day; it never moves with a zone
    written_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    body: Any = Sealed(step=LONG)  # `writing.Writing`

    objects = PatientOwned["Entry"]()

    class Meta:
        indexes = [
            models.Index(fields=["patient", "-for_date", "-written_at"], name="newest_entries"),
        ]


class EntryDraft(OfPatient):
    """What was begun on one device: of a new entry, or of a change to one. It is no entry.

    A second device makes a second draft; both are shown. ``base`` is the version it began from.
    """

    private = True
    clear = ("entry_id", "device", "base", "saved_at")
    newest = ("saved_at",)

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, null=True, related_name="+")
    device = models.UUIDField()
    base = models.PositiveIntegerField(default=0)
    body: Any = Sealed(step=LONG)
    saved_at = models.DateTimeField()

    objects = PatientOwned["EntryDraft"]()

    class Meta:
        indexes = [models.Index(fields=["patient", "-saved_at"], name="newest_drafts")]
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "device"],
                condition=Q(entry__isnull=False),
                name="one_draft_of_an_entry_a_device",
            ),
            models.UniqueConstraint(
                fields=["patient", "device"],
                condition=Q(entry=None),
                name="one_new_draft_a_device",
            ),
        ]


class Tag(OfPatient):
    """A word that a client puts on entries. What was merged into another keeps its own entries."""

    private = True
    clear = ("into_id", "made_at")
    unlisted = "some dozens, shown whole"

    name: Any = Sealed(step=SHORT)  # {"now": .., "before": [..]}: a new name can be taken back
    into = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()

    objects = PatientOwned["Tag"]()


class Tagged(OfPatient):
    """That an entry carries a tag."""

    private = True
    clear = ("entry_id", "tag_id")
    unlisted = "looked at by entry or by tag, by indexes of their own"

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="+")
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="+")

    objects = PatientOwned["Tagged"]()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "tag"], name="an_entry_has_a_tag_once")
        ]


class Kept(models.TextChoices):
    """What is not to be brought back."""

    ENTRY = "entry"
    TAG = "tag"
    DATE = "date"


class LeftAlone(OfPatient):
    """That an entry, a tag or a day is not brought back by itself; it is still found."""

    private = True
    clear = ("what", "thing", "day", "since")
    unlisted = "a handful, shown whole"

    what = models.CharField(max_length=10, choices=Kept.choices)
    thing = models.UUIDField(null=True)
    day = models.DateField(null=True)
    since = models.DateTimeField()

    objects = PatientOwned["LeftAlone"]()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["patient", "thing"], condition=Q(day=None), name="a_thing_left_alone_once"
            ),
            models.UniqueConstraint(
                fields=["patient", "day"], condition=Q(thing=None), name="a_day_left_alone_once"
            ),
            models.CheckConstraint(
                condition=Q(what="date", thing=None) | Q(day=None, thing__isnull=False),
                name="a_day_or_a_thing_is_left_alone",
            ),
        ]


class LifeEvent(OfPatient):
    """Something that changed in a life, on a day or over days: it stands on every chart."""

    private = True
    clear = ("first", "last", "noted_at")
    newest = ("first",)

    first = models.DateField()
    last = models.DateField(null=True)
    words: Any = Sealed(step=TEXT)
    noted_at = models.DateTimeField()

    objects = PatientOwned["LifeEvent"]()

    class Meta:
        indexes = [models.Index(fields=["patient", "-first"], name="newest_life_events")]
