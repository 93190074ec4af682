"""Whether record, keyring and keys belong together, and what to do where they do not."""

import hashlib
from pathlib import Path

from cryptography.hazmat.primitives.keywrap import InvalidUnwrap
from django.conf import settings
from django.db import Error as DatabaseError
from django.db import connections, transaction

from waymark.record.fingerprint.lost_keys import keys_lost
from waymark.record.fingerprint.models import Fingerprint
from waymark.record.people.queries import all_clinics
from waymark.record.tenancy.models import Clinic, Patient
from waymark.record.tenancy.row_security import across_clinics
from waymark.record.vault import master
from waymark.record.vault.keyring import KEYRING, NO_CLINIC
from waymark.record.vault.models import KeyringFingerprint, Print, WrappingKey

STRANGERS = (
    "This record and this keyring do not belong together, so nothing in it could be read: {why}. "
    "Is DATABASE_URL (or database_url) the one of this home? After a restore, put back both, of "
    "one backup. For a new clinic, choose a new home."
)


A_LOOK = 20  # of the newest: a keyring of another day lacks those first


def session_name() -> str:
    """A short name that tells session keys apart and gives nothing away."""
    key = settings.SECRET_KEY.encode()
    return hashlib.sha256(b"waymark session key name" + key).hexdigest()[:16]


def prints() -> tuple[Print | None, Print | None]:
    """The fingerprint as the record holds it, and as the keyring does; None where there is none."""
    found = []
    for using, table in (("default", Fingerprint), (KEYRING, KeyringFingerprint)):
        standing = _holds(using, table._meta.db_table)
        found.append(table._base_manager.using(using).first() if standing else None)
    return found[0], found[1]


def apart() -> list[str]:
    """Why this record, this keyring and these keys cannot be served together; empty where they can.

    Two that never met are well if both are new, or if the keyring's keys open with the master key.
    """
    if trouble := keyring_trouble():
        return [trouble]
    in_record, in_keyring = prints()
    if in_record is not None and in_keyring is not None:
        return _differences(in_record, in_keyring) or _of_another_day()
    founded, keyed = _clinics(), _wrapping_keys()
    if in_record is None and in_keyring is None and bool(founded) == bool(keyed):
        return _older_home(founded, keyed)
    if in_record is None and not founded and not keyed:
        return []  # a set-up that was stopped between the one and the other
    return [STRANGERS.format(why=_why(in_record, in_keyring, founded=bool(founded)))]


def strangers() -> bool:
    """Whether this process serves with something that is not this record's own: a quick look."""
    in_record, in_keyring = prints()
    if in_record is None and in_keyring is None:
        return False
    if in_record is None or in_keyring is None or _differences(in_record, in_keyring):
        return True
    return bool(keys_lost(newest=A_LOOK))


def _holds(using: str, table: str) -> bool:
    with connections[using].cursor() as cursor:
        return table in connections[using].introspection.table_names(cursor)


def keyring_trouble() -> str:
    """What is wrong with the keyring as a file: it has to take a new key at any moment."""
    file = Path(str(connections[KEYRING].settings_dict["NAME"]))
    try:
        keyring_takes_writes()
    except DatabaseError as error:
        does = "written" if "readonly" in str(error) else "read"
        return (
            f"The keyring {file} cannot be {does} ({error}). Let the user that runs Waymark own it "
            "and its folder (chown, chmod 600 and 700); if it is damaged, put back its backup."
        )
    return ""


def keyring_takes_writes() -> None:
    """Raises the database's error where it does not; nothing is changed. (To begin a transaction
    that is to write raises none on a file that takes no writes.)"""
    with transaction.atomic(using=KEYRING), connections[KEYRING].cursor() as cursor:
        cursor.execute("PRAGMA user_version")  # a number of ours to use, written as it was
        cursor.execute(f"PRAGMA user_version = {int(cursor.fetchone()[0])}")


def _of_another_day() -> list[str]:
    if not _holds("default", Patient._meta.db_table):
        return []
    lost = len(keys_lost())
    if not lost:
        return []
    return [
        f"The keyring is older than the record: the keys of {lost} of those in it are not there, "
        "and nothing of theirs could be read. Put back record and keyring of one backup."
    ]


def _differences(in_record: Print, in_keyring: Print) -> list[str]:
    if in_record.house != in_keyring.house:
        return [STRANGERS.format(why="each was made with another one")]
    troubles = []
    if {in_record.master, in_keyring.master} != {master.name_of(master.current())}:
        troubles.append(
            f"The master key {settings.WAYMARK_MASTER_KEY_FILE} is not the one of this record. "
            "Put back the right one: it is written on the recovery copy."
        )
    if {in_record.session, in_keyring.session} != {session_name()}:
        troubles.append(
            f"The session key {settings.WAYMARK_SESSION_KEY_FILE} is not the one of this record. "
            "Put it back, or run `waymark init` to keep this one: then everybody signs in again."
        )
    return troubles


def _older_home(founded: list[str], keyed: dict[str, WrappingKey]) -> list[str]:
    """Two of before there were fingerprints: they fit if the keys are of these clinics and open."""
    of_clinics = keyed.keys() - {str(NO_CLINIC)}
    if of_clinics and not of_clinics & set(founded):
        return [STRANGERS.format(why="the keyring holds no key of this clinic")]
    try:
        for key in keyed.values():
            master.unwrap(bytes(key.wrapped))
    except InvalidUnwrap:
        return [
            f"The master key {settings.WAYMARK_MASTER_KEY_FILE} does not open this keyring. "
            "Put back the right one: it is written on the recovery copy."
        ]
    return []


def founded() -> bool:
    """Whether a clinic stands in this record; asked so that older tables can answer."""
    if not _holds("default", Clinic._meta.db_table):
        return False
    with transaction.atomic(), across_clinics():
        return Clinic.objects.exists()


def _clinics() -> list[str]:
    if not _holds("default", "people_clinic"):
        return []
    with transaction.atomic(), across_clinics():
        return [str(clinic.pk) for clinic in all_clinics()]


def _wrapping_keys() -> dict[str, WrappingKey]:
    if not _holds(KEYRING, WrappingKey._meta.db_table):
        return {}
    return {str(key.clinic): key for key in WrappingKey.objects.using(KEYRING).all()}


def _why(in_record: Print | None, in_keyring: Print | None, *, founded: bool) -> str:
    if in_record is None and not founded:
        return "the record is empty, and the keyring is not"
    if in_keyring is None:
        return "the keyring is empty, and the record is not"
    return "the record has never met this keyring"
