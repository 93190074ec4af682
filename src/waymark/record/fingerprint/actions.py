"""Writing the fingerprint: once, when record and keyring are new or an older home is taken over."""

from uuid import uuid4

from django.db import transaction

from waymark.record.fingerprint.models import Fingerprint
from waymark.record.fingerprint.queries import apart, prints, session_name
from waymark.record.vault import master
from waymark.record.vault.keyring import KEYRING
from waymark.record.vault.models import KeyringFingerprint


class Apart(Exception):
    """Record, keyring and keys do not belong together; each line says what and the remedy."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("\n- ".join(["Record, keyring and keys do not fit:", *lines]))


def introduce() -> None:
    """Let record and keyring know each other, unless they do. Raises Apart for strangers."""
    if troubles := apart():
        raise Apart(troubles)
    in_record, in_keyring = prints()
    if in_record is not None and in_keyring is not None:
        return
    house = in_keyring.house if in_keyring else uuid4()
    names = {"house": house, "master": master.name_of(master.current()), "session": session_name()}
    if in_keyring is None:  # first here: a record alone would look like one that lost its keyring
        KeyringFingerprint.objects.using(KEYRING).create(pk=1, **names)
    Fingerprint.objects.create(pk=1, **names)


def take_session_key() -> bool:
    """Take the session key that lies there now for this home's own; returns whether it is new.

    It signs cookies and links alone. Everybody signs in again, and nothing of the record is lost.
    """
    in_record, in_keyring = prints()
    if in_record is None or in_keyring is None or in_record.session == session_name():
        return False
    with transaction.atomic():
        Fingerprint.objects.update(session=session_name())
        KeyringFingerprint.objects.using(KEYRING).update(session=session_name())
    return True
