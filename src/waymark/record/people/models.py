"""How people come in and are reached: invitations, resets, contact, consents, and what was proven.

Who they are, and who stands how to whom, are tables of `tenancy`.
"""

from uuid import uuid4

from django.db import models

from waymark.record.tenancy.models import ALL, Account, Clinic, OfPatient
from waymark.record.tenancy.models.clinic import STAFF_ROLES
from waymark.record.tenancy.scope import ClinicOwned, PatientOwned
from waymark.record.vault.fields import SHORT, TEXT, Sealed
from waymark.record.vault.keyring import Kind, Owner
from waymark.record.vault.privacy import Privacy


class Reset(models.Model):
    """A password reset that was asked for; its token is derived, never stored.

    One that staff made names who did: it works once a second person confirmed who asked for it, or
    after a day where its owner could be told; ``works_from`` is empty where they could not.
    """

    clear = (
        "id", "account_id", "made_at", "expires_at", "used_at", "replaced_at", "made_by",
        "works_from", "confirmed_by",
    )  # fmt: skip

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    replaced_at = models.DateTimeField(null=True)  # another way was made or used: this one is over
    made_by = models.UUIDField(null=True)  # an account of the staff; nobody: asked for by mail
    works_from = models.DateTimeField(null=True)
    confirmed_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(confirmed_by=None) | ~models.Q(confirmed_by=models.F("made_by")),
                name="nobody_confirms_their_own_reset",
            )
        ]


class StaffInvitation(models.Model):
    """An invitation of a colleague: the link makes an account with a second factor."""

    clear = (
        "id", "clinic_id", "role", "licensed", "secret", "generation", "made_at",
        "expires_at", "used_at", "made_by",
    )  # fmt: skip

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    role = models.CharField(max_length=16, choices=STAFF_ROLES)
    licensed = models.BooleanField(default=False)
    name = Sealed(step=SHORT, kind=Kind.CLINIC, privacy=Privacy.IDENTIFYING)
    email = Sealed(step=SHORT, kind=Kind.CLINIC, privacy=Privacy.IDENTIFYING)
    secret = models.CharField(max_length=32, unique=True)  # blind index of the link's token
    generation = models.PositiveSmallIntegerField(default=1)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    made_by = models.UUIDField(null=True)  # whose invitation it is, by account

    objects = ClinicOwned["StaffInvitation"]()

    def sealed_for(self) -> Owner:
        return Owner(self.clinic_id, self.clinic_id)


class Invitation(OfPatient):
    """A client's way to their first sign-in: by link, QR or printed code, for 14 days."""

    clear = ("secret", "code", "generation", "made_at", "expires_at", "used_at", "usual_set_by")
    unlisted = "a handful, found by its secret"
    open_to_newcomers = ALL

    secret = models.CharField(max_length=32, unique=True)  # blind index of the link's token
    code = models.CharField(max_length=32, unique=True)  # blind index of the printed code
    generation = models.PositiveSmallIntegerField(default=1)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    usual_set_by = models.UUIDField(null=True)  # whose seat gives the usual set at joining

    objects = PatientOwned["Invitation"]()


class Contact(OfPatient):
    """How the person may be reached, safely, and how they like to be asked."""

    clear = ("one_at_a_time", "changed_at")
    unlisted = "one a patient"
    open_to_newcomers = ALL

    email = Sealed(step=SHORT, null=True, privacy=Privacy.IDENTIFYING)
    phone = Sealed(step=SHORT, null=True, privacy=Privacy.IDENTIFYING)
    safe = Sealed(
        step=TEXT, null=True, privacy=Privacy.IDENTIFYING
    )  # {"call": true, "voicemail": false, "text": ..., "post": ...}
    emergency = Sealed(step=TEXT, null=True, privacy=Privacy.IDENTIFYING)  # staff only: who to call
    location = Sealed(
        step=TEXT, null=True, privacy=Privacy.IDENTIFYING
    )  # where the person usually is
    # Questions one at a time: "always", "never", or as the screen is wide.
    one_at_a_time = models.CharField(max_length=6, default="", blank=True)
    changed_at = models.DateTimeField()

    objects = PatientOwned["Contact"]()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["patient"], name="one_contact_a_patient")]


class Consent(OfPatient):
    """What the person agreed to, in which wording, and when they took it back."""

    clear = ("about", "version", "given_at", "withdrawn_at")
    unlisted = "a handful, asked one by one"
    open_to_newcomers = ALL

    about = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField()
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    objects = PatientOwned["Consent"]()


class ConfirmedLine(models.Model):
    """A crisis line that an administrator called, or looked up, and confirmed."""

    clear = ("id", "clinic_id", "line", "hours", "by", "at")

    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    line = models.CharField(max_length=60)
    hours = models.CharField(max_length=120, blank=True)  # when it answers, as found out here
    by = models.UUIDField()
    at = models.DateTimeField()

    objects = ClinicOwned["ConfirmedLine"]()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["clinic", "line"], name="a_line_is_confirmed_once")
        ]


class ProofKind(models.TextChoices):
    """What an installation proved before clients came."""

    RECOVERY_COPY = "recovery-copy"  # the master key was typed again from its copy
    BACKUP_TARGET = "backup-target"  # the folder took a file
    TEST_MAIL = "test-mail"  # somebody saw the test message arrive


class Proof(models.Model):
    """That one part of the set-up was proven, when and by whom; a later proof replaces it."""

    clear = ("id", "clinic_id", "kind", "detail", "by", "at")

    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    kind = models.CharField(max_length=16, choices=ProofKind.choices)
    detail = models.CharField(max_length=300, blank=True)  # the folder, never a key
    by = models.UUIDField()
    at = models.DateTimeField()

    objects = ClinicOwned["Proof"]()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["clinic", "kind"], name="one_proof_a_kind")]
