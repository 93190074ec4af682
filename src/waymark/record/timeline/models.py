"""Remarks: what the client answered to a finding."""

from django.db import models

from waymark.record.tenancy.models import ALL, OfPatient
from waymark.record.tenancy.scope import PatientOwned
from waymark.record.vault.fields import LONG, Sealed
from waymark.record.vault.privacy import Privacy


class Remark(OfPatient):
    """The client's answer to a finding: it fits, not how it feels, or what was going on."""

    clear = ("signal", "instrument", "scale", "last_score", "made_at")
    newest = ("made_at",)
    open_to_newcomers = ALL

    signal = models.CharField(max_length=40)
    instrument = models.CharField(max_length=40)
    scale = models.CharField(max_length=40)
    last_score = models.UUIDField()
    made_at = models.DateTimeField()
    body = Sealed(step=LONG, privacy=Privacy.WORDS)  # {"fits": true|false|null, "words": "..."}

    objects = PatientOwned["Remark"]()

    class Meta:
        indexes = [models.Index(fields=["patient", "-made_at"], name="newest_remarks")]
        constraints = [
            models.UniqueConstraint(fields=["signal", "last_score"], name="one_remark_a_finding")
        ]
