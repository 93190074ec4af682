"""The record's copy of the fingerprint; the keyring holds the other one."""

from waymark.record.vault.models import Print


class Fingerprint(Print):
    """The one row by which the record knows its keyring and its keys."""

    clear = ("id", "house", "master", "session")
