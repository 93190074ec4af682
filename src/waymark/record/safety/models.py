"""Screenings, concerns and their history; the clinic's signed safety policy."""

from typing import Any
from uuid import uuid4

from django.db import models
from django.db.models import Q

from waymark.record.tenancy.models import Clinic, Membership, OfPatient, since_joining
from waymark.record.tenancy.scope import ClinicOwned, PatientOwned
from waymark.record.vault.fields import LONG, SHORT, TEXT, Sealed
from waymark.record.vault.keyring import Kind, Owner
from waymark.record.vault.privacy import Privacy


class SafetyPolicy(models.Model):
    """What the clinic signed before it gave out a risk item; a new version replaces the old."""

    clear = (
        "id", "clinic_id", "version", "timers", "review_on", "signed_by", "signed_at",
        "replaced_at",
    )  # fmt: skip

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    version = models.PositiveSmallIntegerField()
    timers: Any = models.JSONField()  # {"review": working days, "same-day": hours, "urgent": min}
    review_on = models.DateField()
    signed_by = models.UUIDField()
    signed_at = models.DateTimeField()
    outside_backup = Sealed(step=SHORT, kind=Kind.CLINIC, null=True, privacy=Privacy.IDENTIFYING)
    replaced_at = models.DateTimeField(null=True)

    objects = ClinicOwned["SafetyPolicy"]()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["clinic"], condition=Q(replaced_at=None), name="one_safety_policy"
            )
        ]

    def sealed_for(self) -> Owner:
        return Owner(self.clinic_id, self.clinic_id)


class Source(models.TextChoices):
    """Where the answers came from that were screened."""

    DRAFT = "draft"
    RESPONSE = "response"
    STAFF = "staff"
    IMPORT = "import"
    HEARD = "heard"  # said, and then not stored as answers: a form that was over, a wrong date
    WORDS = "words"  # written in their own words, and sent to the clinic or shared with it


class Screening(OfPatient):
    """That raw answers were looked at for danger, before scoring; its outcome is sealed."""

    clear = ("instrument", "administration", "source", "at", "for_date")
    unlisted = "looked at by instrument and moment, by indexes of its own"

    instrument = models.CharField(max_length=40)
    administration = models.UUIDField(null=True)
    source = models.CharField(max_length=10, choices=Source.choices)
    at = models.DateTimeField()
    for_date = models.DateField(null=True)  # the past day that a file speaks of
    outcome = Sealed(
        step=TEXT, kind=Kind.RISK, privacy=Privacy.CLINICAL
    )  # {"answers": {item: value|null}, "positive": [..]}

    objects = PatientOwned["Screening"]()

    class Meta:
        indexes = [
            models.Index(fields=["patient", "instrument", "at"], name="screenings_of"),
            models.Index(
                fields=["patient", "instrument", "for_date"],
                condition=Q(for_date__isnull=False),
                name="screenings_of_a_past_day",
            ),
        ]


class ConcernState(models.TextChoices):
    NEW = "new"
    OWNED = "owned"
    ASSESSED = "assessed"
    PLANNED = "planned"
    CLOSED = "closed"


class Concern(OfPatient):
    """A matter of danger that a named human must own and close."""

    clear = (
        "state", "tier", "late", "opened_at", "due_at", "next_step_at", "visit_at",
        "follow_up_on", "owner_id", "offered_to_id", "closed_at",
    )  # fmt: skip
    unlisted = "a handful: a second answer joins the open one"
    open_to_newcomers = since_joining("opened_at")

    state = models.CharField(max_length=10, choices=ConcernState.choices, default=ConcernState.NEW)
    tier = models.CharField(max_length=10)  # routing, not a level of risk
    late = models.BooleanField(default=False)  # the answer is older than its arrival
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    next_step_at = models.DateTimeField(null=True)  # the next try to reach them
    visit_at = models.DateTimeField(null=True)  # both as the last plan says, also when it is closed
    follow_up_on = models.DateField(null=True)
    owner = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, related_name="concerns"
    )
    offered_to = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, related_name="offered_concerns"
    )
    closed_at = models.DateTimeField(null=True)

    objects = PatientOwned["Concern"]()

    class Meta:
        indexes = [models.Index(fields=["clinic", "state", "due_at"], name="concerns_due")]
        constraints = [
            models.UniqueConstraint(
                fields=["patient"], condition=~Q(state="closed"), name="one_open_concern"
            ),
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False)
                | (~Q(state="closed") & Q(closed_at=None)),
                name="a_closed_concern_says_when",
            ),
            models.CheckConstraint(
                condition=Q(state="new") | Q(owner__isnull=False),
                name="work_on_a_concern_has_an_owner",
            ),
        ]


class EntryKind(models.TextChoices):
    """What happened to a concern; the history is only ever added to."""

    ANSWER = "answer"
    CHANGED_BACK = "changed-back"
    MISTAKE = "mistake"
    NOTIFIED = "notified"
    OWNED = "owned"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    ATTEMPT = "attempt"
    ASSESSED = "assessed"
    PLANNED = "planned"
    AGREED = "agreed"  # a second licensed person agrees to close without contact
    RELEASED = "released"  # the owner left; it is un-owned again
    CLOSED = "closed"


class ConcernEntry(OfPatient):
    """One line of a concern's history, in the words that were chosen or written."""

    clear = ("concern_id", "kind", "at", "by", "screening_id")
    unlisted = "read with its concern"
    open_to_newcomers = since_joining("at")

    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=14, choices=EntryKind.choices)
    at = models.DateTimeField()
    by = models.UUIDField(null=True)  # an account, or nobody: the system
    screening = models.ForeignKey(Screening, on_delete=models.PROTECT, null=True)
    body = Sealed(step=LONG, kind=Kind.RISK, privacy=Privacy.WORDS)

    objects = PatientOwned["ConcernEntry"]()
