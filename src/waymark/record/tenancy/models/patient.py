"""The patient: whose record it is, who treats them, and what each row of theirs carries."""

from typing import Any, ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from waymark.record.tenancy.models.account import Account
from waymark.record.tenancy.models.clinic import Clinic, Membership
from waymark.record.tenancy.scope import LABEL, PatientOwned
from waymark.record.vault.fields import SHORT, Sealed
from waymark.record.vault.keyring import Owner
from waymark.record.vault.privacy import Privacy


class PatientState(models.TextChoices):
    INVITED = "invited"
    ACTIVE = "active"
    DISCHARGED = "discharged"


class Patient(models.Model):
    """One person at one clinic; the same person at another clinic is another patient."""

    clear = (
        "id", "clinic_id", "account_id", "audit_number", "state", "zone", "adult",
        "welcomed", "made_at", "unconfirmed",
    )  # fmt: skip

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    account = models.OneToOneField(Account, on_delete=models.PROTECT, null=True)
    audit_number = models.UUIDField(default=uuid4, unique=True, editable=False)
    state = models.CharField(
        max_length=12, choices=PatientState.choices, default=PatientState.INVITED
    )
    name = Sealed(step=SHORT, privacy=Privacy.IDENTIFYING)
    number = Sealed(
        step=SHORT, null=True, privacy=Privacy.IDENTIFYING
    )  # the clinic's own number, for imports
    sex = Sealed(
        step=SHORT, null=True, privacy=Privacy.CLINICAL
    )  # asked only where an instrument's line depends on it
    zone = models.CharField(max_length=64)
    adult = models.BooleanField()
    welcomed = models.PositiveSmallIntegerField(default=0)  # welcome screens seen
    made_at = models.DateTimeField()
    # Joined when something stood here already, and nobody who treats them said yet that it is them.
    unconfirmed = models.BooleanField(default=False)

    objects = PatientOwned["Patient"]()

    class Meta:
        app_label = LABEL
        constraints = [
            models.CheckConstraint(condition=Q(adult=True), name="waymark_is_for_adults")
        ]

    def sealed_for(self) -> Owner:
        return Owner(self.id, self.clinic_id)

    @property
    def patient(self) -> "Patient":
        """So that an action over a patient finds its subject like every other."""
        return self

    @property
    def patient_id(self) -> Any:
        return self.id


ALL, NONE = Q(), Q(pk__in=[])


def since_joining(column: str) -> Q:
    """Rows of after the day on which their client came in."""
    return Q(**{f"{column}__gte": F("patient__account__made_at")})


class OfPatient(models.Model):
    """What every patient-owned row carries: its own id, its patient, its clinic."""

    # Columns that stand in the table as they are; what is not named is sealed, or fails by name.
    clear: ClassVar[tuple[str, ...]] = ("clinic_id", "id", "patient_id")
    # What its lists go by, newest first, with an index (`paging`); or why it is never a list.
    newest: ClassVar[tuple[str, ...]] = ()
    unlisted: ClassVar[str] = ""
    # Whether its rows are the patient's alone: no action of anybody else's asks for them (`scope`).
    private: ClassVar[bool] = False
    # Which rows whoever joined may read before the clinic confirmed that it is them; all of them,
    # where a row is no part of what stood here before. A new table shows none, and counts.
    open_to_newcomers: ClassVar[Q] = NONE

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)

    class Meta:
        abstract = True

    def sealed_for(self) -> Owner:
        return Owner(self.patient_id, self.clinic_id)


class CareTeamMember(OfPatient):
    """That a clinician treats a patient, from a day until a day."""

    clear = ("membership_id", "primary", "since", "until")
    unlisted = "a handful, shown whole"
    open_to_newcomers = ALL

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT)
    primary = models.BooleanField(default=False)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    objects = PatientOwned["CareTeamMember"]()

    class Meta:
        app_label = LABEL
        constraints = [
            models.UniqueConstraint(
                fields=["patient", "membership"], condition=Q(until=None), name="on_a_team_once"
            )
        ]


class IdempotencyKey(models.Model):
    """That a request was carried out already; holds a digest of its body and the row it made."""

    clear = ("id", "account", "action", "key", "digest", "row", "at")

    account = models.CharField(max_length=40)
    action = models.CharField(max_length=40)
    key = models.UUIDField()
    digest = models.CharField(max_length=32)
    row = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        app_label = LABEL
        constraints = [
            models.UniqueConstraint(
                fields=["account", "action", "key"], name="a_request_is_done_once"
            )
        ]
