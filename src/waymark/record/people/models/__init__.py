"""The tables of people, by who they are about: sign-in, clinic, patient."""

from waymark.record.people.models.account import Account, Reset
from waymark.record.people.models.clinic import (
    Clinic,
    ConfirmedLine,
    Duty,
    DutyKind,
    Membership,
    Proof,
    ProofKind,
    StaffInvitation,
    Supervision,
)
from waymark.record.people.models.patient import (
    CareTeamMember,
    Consent,
    Contact,
    IdempotencyKey,
    Invitation,
    OfPatient,
    Patient,
    PatientState,
)

__all__ = [
    "Account",
    "CareTeamMember",
    "Clinic",
    "ConfirmedLine",
    "Consent",
    "Contact",
    "Duty",
    "DutyKind",
    "IdempotencyKey",
    "Invitation",
    "Membership",
    "OfPatient",
    "Patient",
    "PatientState",
    "Proof",
    "ProofKind",
    "Reset",
    "StaffInvitation",
    "Supervision",
]
