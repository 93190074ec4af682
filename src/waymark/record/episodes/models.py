"""Episodes of care and encounters."""

from django.db import models
from django.db.models import F, Q

from waymark.record.tenancy.models import ALL, Membership, OfPatient
from waymark.record.tenancy.scope import PatientOwned


class Episode(OfPatient):
    """One stretch of treatment, from its start until its end (exclusive)."""

    clear = ("started_at", "ended_at")
    unlisted = "a handful, shown whole"
    open_to_newcomers = ALL

    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = PatientOwned["Episode"]()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("started_at")),
                name="an_episode_ends_after_it_starts",
            ),
            models.UniqueConstraint(
                fields=["patient"], condition=Q(ended_at=None), name="one_open_episode"
            ),
        ]


class EncounterKind(models.TextChoices):
    IN_PERSON = "in-person"
    VIDEO = "video"
    PHONE = "phone"


class Encounter(OfPatient):
    """That a meeting took place; a clinician marks it."""

    clear = ("episode_id", "kind", "took_place_at", "marked_by_id", "marked_at")
    newest = ("took_place_at",)

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, null=True)
    kind = models.CharField(max_length=10, choices=EncounterKind.choices)
    took_place_at = models.DateTimeField()
    marked_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True)
    marked_at = models.DateTimeField()

    objects = PatientOwned["Encounter"]()

    class Meta:
        indexes = [models.Index(fields=["patient", "-took_place_at"], name="newest_encounters")]
