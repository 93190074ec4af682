"""Whether a clinic is ready for clients: every question, whether it holds, and the remedy."""

from dataclasses import dataclass
from datetime import datetime

from waymark.access.vocabulary import Role
from waymark.record.people.models import Clinic, Membership, ProofKind
from waymark.record.people.queries import proofs_of
from waymark.record.people.wall import behind
from waymark.record.safety.readiness import lacking

RISK_ONLY = {"policy", "review_on"}  # needed for risk items, not for the first client


@dataclass(frozen=True, slots=True)
class Question:
    """One thing a clinic needs before clients come."""

    name: str
    holds: bool
    remedy: str


def questions(clinic: Clinic, *, at: datetime) -> list[Question]:
    """All of them, in the order in which a set-up goes; it is ready when each one holds."""
    proofs = proofs_of(clinic)
    missing = [one for one in lacking(clinic, at=at) if one.field not in RISK_ONLY]
    return [
        Question("An administrator", _works(clinic, Role.ADMINISTRATOR), "Make one."),
        Question(
            "A licensed clinician", _works(clinic, Role.CLINICIAN, licensed=True), "Invite one."
        ),
        Question("The address phones reach", bool(clinic.address), "Write it down."),
        Question(
            "A recovery copy of the key",
            ProofKind.RECOVERY_COPY in proofs,
            "Write the key on paper and type it again: without it a broken disk takes everything.",
        ),
        Question(
            "A backup target", ProofKind.BACKUP_TARGET in proofs, "Choose a folder elsewhere."
        ),
        Question(
            "A test mail that arrived", ProofKind.TEST_MAIL in proofs, "Send one, look for it."
        ),
        *[Question(f"Safety: {one.field.replace('_', ' ')}", False, one.remedy) for one in missing],
    ]


def _works(clinic: Clinic, role: Role, *, licensed: bool = False) -> bool:
    held = Membership._base_manager.filter(clinic=clinic, role=role, until=None)
    with behind(clinic.pk):
        return (held.filter(licensed=True) if licensed else held).exists()
