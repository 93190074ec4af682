"""Who there is: accounts, clinics and who works there, patients and who treats them.

Their tables keep the label "people" (`scope.LABEL`), under which they were made.
"""

from waymark.record.tenancy.models.account import Account
from waymark.record.tenancy.models.clinic import Clinic, Duty, DutyKind, Membership, Supervision
from waymark.record.tenancy.models.patient import (
    ALL,
    CareTeamMember,
    IdempotencyKey,
    OfPatient,
    Patient,
    PatientState,
    since_joining,
)

__all__ = [
    "ALL",
    "Account",
    "CareTeamMember",
    "Clinic",
    "Duty",
    "DutyKind",
    "IdempotencyKey",
    "Membership",
    "OfPatient",
    "Patient",
    "PatientState",
    "Supervision",
    "since_joining",
]
