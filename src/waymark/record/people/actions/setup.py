"""Proving the set-up: the recovery copy of the key, the backup target, the test mail."""

from datetime import datetime
from pathlib import Path

from django.conf import settings

from waymark.access.vocabulary import Action, Viewer
from waymark.record.outbox import actions as outbox
from waymark.record.outbox.kind import Kind
from waymark.record.people.models import Proof, ProofKind
from waymark.record.people.tokens import same
from waymark.record.tenancy.action import Invalid, action
from waymark.record.tenancy.models import Clinic
from waymark.record.vault.master import current

GROUP = 8


def recovery_copy() -> str:
    """The master key as it is written on paper: groups of eight characters."""
    key = current().hex()
    return " ".join(key[start : start + GROUP] for start in range(0, len(key), GROUP))


@action(Action.MANAGE_SETTINGS, over=Clinic)
def prove_recovery(clinic: Clinic, *, typed: str, by: Viewer, at: datetime) -> Proof:
    """The copy on paper is right if, typed again, it is the key."""
    plain = "".join(typed.split()).lower()
    if not same(current().hex(), plain):
        raise Invalid("typed", "This is not the key. Look at your copy once more; nothing is lost.")
    return _proven(clinic, ProofKind.RECOVERY_COPY, "", by=by, at=at)


@action(Action.MANAGE_SETTINGS, over=Clinic)
def set_backup_target(clinic: Clinic, *, folder: str, by: Viewer, at: datetime) -> Proof:
    """A folder that takes a file, and that does not lie inside the data it should save."""
    target = Path(folder).expanduser()
    if not target.is_absolute() or not target.is_dir():
        raise Invalid("folder", f"{folder} is not a folder here. Make it first, or mount it.")
    if target.resolve().is_relative_to(Path(settings.WAYMARK_HOME).resolve()):
        raise Invalid("folder", "A backup beside the data is lost with it. Choose another disk.")
    probe = target / ".waymark-probe"
    try:
        probe.write_text("probe")
        probe.unlink()
    except OSError as error:
        raise Invalid("folder", f"Waymark cannot write to {folder}.") from error
    return _proven(clinic, ProofKind.BACKUP_TARGET, str(target), by=by, at=at)


def on_this_disk(folder: str) -> bool:
    """Whether a folder lies on the disk that holds the record: one that breaks with it."""
    try:
        return Path(folder).stat().st_dev == Path(settings.WAYMARK_HOME).stat().st_dev
    except OSError:
        return False


@action(Action.MANAGE_SETTINGS, over=Clinic)
def send_test_mail(clinic: Clinic, *, by: Viewer, at: datetime) -> None:
    """Put a test message to the asker into the outbox; the worker sends it."""
    outbox.put(Kind.TEST, at=at, clinic=clinic.pk, account=by.person)


@action(Action.MANAGE_SETTINGS, over=Clinic)
def confirm_test_mail(clinic: Clinic, *, by: Viewer, at: datetime) -> Proof:
    """Somebody saw it arrive; acceptance by a mail server is no proof."""
    return _proven(clinic, ProofKind.TEST_MAIL, "", by=by, at=at)


def _proven(clinic: Clinic, kind: ProofKind, detail: str, *, by: Viewer, at: datetime) -> Proof:
    row, _ = Proof.objects.update_or_create(
        clinic=clinic, kind=kind, defaults={"detail": detail, "by": by.person, "at": at}
    )
    return row
