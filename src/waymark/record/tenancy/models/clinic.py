"""The clinic: the tenant, its staff, who supervises whom and who is on duty."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import models
from django.db.models import Q

from waymark.access.vocabulary import Role
from waymark.record.tenancy.models.account import Account
from waymark.record.tenancy.scope import LABEL, ClinicOwned
from waymark.record.vault.keyring import Owner

STAFF_ROLES = [(role.value, role.value) for role in Role if role.staff]


class Clinic(models.Model):
    """One organization. Its name and settings are not secret: they stand on its letterhead."""

    clear = (
        "id", "name", "zone", "region", "phone", "address", "hours", "holidays",
        "after_hours", "usual_set", "self_start", "opened", "made_at",
    )  # fmt: skip

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.CharField(max_length=120)
    zone = models.CharField(max_length=64)
    region = models.CharField(max_length=2)  # whose crisis lines are shown
    phone = models.CharField(max_length=40, blank=True)
    address = models.URLField(blank=True)  # where clients' phones reach the portal
    hours: Any = models.JSONField(default=dict)  # {"mon": ["08:00", "19:00"], ...}
    holidays: Any = models.JSONField(default=list)  # ["2026-12-25", ...]
    after_hours: Any = models.TextField(blank=True)  # what clients are told out of hours
    usual_set: Any = models.JSONField(default=list)  # instrument ids given to a new client
    self_start: Any = models.JSONField(default=list)  # instrument ids a client may start
    opened: Any = models.JSONField(default=list)  # instruments with conditions that were accepted
    made_at = models.DateTimeField()

    class Meta:
        app_label = LABEL
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="a_clinic_has_a_name")]

    def sealed_for(self) -> Owner:
        return Owner(self.id, self.id)

    @property
    def clinic(self) -> "Clinic":
        """So that an action over a clinic finds its subject like every other."""
        return self


class Membership(models.Model):
    """That an account works at a clinic in one role, from a day until a day."""

    clear = ("id", "account_id", "clinic_id", "role", "licensed", "since", "until", "made_by")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="memberships")
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    role = models.CharField(max_length=16, choices=STAFF_ROLES)
    licensed = models.BooleanField(default=False)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    made_by = models.UUIDField(null=True)  # the account that invited or appointed them

    objects = ClinicOwned["Membership"]()

    class Meta:
        app_label = LABEL
        constraints = [
            models.UniqueConstraint(
                fields=["account", "clinic", "role"],
                condition=Q(until=None),
                name="one_live_membership_a_role",
            )
        ]


class Supervision(models.Model):
    """That a supervisor reads along with a clinician."""

    clear = ("id", "clinic_id", "supervisor_id", "supervisee_id", "since", "until")

    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    supervisor = models.ForeignKey(
        Membership, on_delete=models.PROTECT, related_name="supervisions"
    )
    supervisee = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="supervised")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    objects = ClinicOwned["Supervision"]()

    class Meta:
        app_label = LABEL


class DutyKind(models.TextChoices):
    """What somebody answers for when an answer tells of danger."""

    SAFETY_LEAD = "safety-lead"
    PRIMARY = "primary"
    BACKUP = "backup"


class Duty(models.Model):
    """A named responder of the clinic."""

    clear = ("id", "clinic_id", "membership_id", "kind", "since", "until")

    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="duties")
    kind = models.CharField(max_length=12, choices=DutyKind.choices)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    objects = ClinicOwned["Duty"]()

    class Meta:
        app_label = LABEL
        constraints = [
            models.UniqueConstraint(
                fields=["clinic", "membership", "kind"],
                condition=Q(until=None),
                name="one_live_duty_a_kind",
            )
        ]


def ended(row: Membership | Supervision | Duty, *, at: datetime) -> None:
    """Close the half-open period of a row: it holds until ``at``, exclusive."""
    row.until = at
    row.save(update_fields=["until"])
