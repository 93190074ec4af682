"""Whether a clinic is ready for clients: every question, whether it holds, and the remedy."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from waymark.access.vocabulary import Role
from waymark.record.people.models import Proof, ProofKind
from waymark.record.people.queries import proofs_of
from waymark.record.people.reach import phones_reach
from waymark.record.safety.prerequisites import needs
from waymark.record.tenancy.models import Clinic, Membership
from waymark.record.tenancy.row_security import clinic_only


@dataclass(frozen=True, slots=True)
class Question:
    """One thing a clinic needs before clients come; ``field`` says where it is set."""

    field: str
    name: str
    holds: bool
    remedy: str


def questions(clinic: Clinic, *, at: datetime) -> list[Question]:
    """All of them, in the order in which a set-up goes; it is ready when each one holds."""
    return [
        *_people(clinic),
        *_proven(clinic),
        *[Question(one.field, one.name, one.holds, one.remedy) for one in needs(clinic, at=at)],
    ]


def backup_folder(clinic: Clinic) -> str:
    """Where this clinic's backups go, or an empty string."""
    with clinic_only(clinic.pk):
        held = Proof._base_manager.filter(clinic=clinic, kind=ProofKind.BACKUP_TARGET).first()
    return held.detail if held else ""


def _people(clinic: Clinic) -> list[Question]:
    return [
        Question(
            "administrator", "An administrator", _works(clinic, Role.ADMINISTRATOR), "Make one."
        ),
        Question(
            "clinician",
            "A licensed clinician",
            _works(clinic, Role.CLINICIAN, licensed=True),
            "Invite one.",
        ),
    ]


def _proven(clinic: Clinic) -> list[Question]:
    proofs, folder = proofs_of(clinic), backup_folder(clinic)
    return [
        Question(
            "address",
            "The address phones reach",
            phones_reach(clinic.address),
            _address(clinic.address),
        ),
        Question(
            "recovery",
            "A recovery copy of the key",
            ProofKind.RECOVERY_COPY in proofs,
            "Write the key on paper and type it again: without it a broken disk takes everything.",
        ),
        Question(
            "backup_target",
            "A backup target",
            bool(folder) and Path(folder).is_dir(),
            f"{folder} is not there any more: mount it, or choose another."
            if folder
            else "Choose a folder elsewhere.",
        ),
        Question(
            "test_mail",
            "A test mail that arrived",
            ProofKind.TEST_MAIL in proofs,
            "Send one, look for it.",
        ),
    ]


def _address(address: str) -> str:
    if address:
        return f"{address} leads to this machine alone. Set an https address that phones open."
    return "Set the https address that phones open."


def _works(clinic: Clinic, role: Role, *, licensed: bool = False) -> bool:
    held = Membership._base_manager.filter(clinic=clinic, role=role, until=None)
    with clinic_only(clinic.pk):
        return (held.filter(licensed=True) if licensed else held).exists()
