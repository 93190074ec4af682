"""What an owner reads where a command meets a home that cannot be used: what to do about it."""

import re

from django.db import Error as DatabaseError
from django.db import connection

from waymark.record.fingerprint.queries import keyring_trouble
from waymark.record.vault.keyring import Shredded
from waymark.record.vault.master import NoMasterKey, needed

NO_RECORD = (
    "There is no record here. Run it in the folder of the installation, or name that folder in "
    "WAYMARK_HOME; `waymark init` makes a new one."
)
TABLES = "Run `waymark init` for a new home, `waymark upgrade` after an update."
OLDER = re.compile(r"no such (table|column)|(relation|column) .* does not exist")
OTHER_KEYRING = (
    "The record names a key that is not in this keyring, so this cannot be read. Run `waymark "
    "doctor`: it says whether record and keyring are of one home and of one day."
)
PASSING = {
    "is locked": "Another program holds it: end that one, or try again in a moment.",
    "authentication failed": "PostgreSQL does not let this role in; see docs/how-to/deploy.md.",
    "is full": "Make room on its disk; what was kept is still there.",
}
ON_SQLITE = (
    "If the file is there, let the user that runs Waymark own it and its folder (chown, chmod 600 "
    "and 700). If it is gone or damaged, put back the record and the keyring of one backup; "
    "docs/how-to/deploy.md, Backups."
)
ON_POSTGRESQL = (
    "Is PostgreSQL running, and DATABASE_URL (or database_url) the right one? If the role lacks a "
    "permission, run `waymark upgrade` with the DATABASE_URL of the role that owns the tables."
)


def remedy_of(error: Exception) -> str | None:
    """What to do about it, where it comes from a home that cannot be used."""
    if isinstance(error, NoMasterKey):
        return str(error)
    if isinstance(error, Shredded):
        return OTHER_KEYRING
    return of_database(error) if isinstance(error, DatabaseError) else None


def of_database(error: DatabaseError) -> str:
    """That the record cannot be used, why, and the remedy."""
    why = str(error).strip().rstrip(".")
    if not needed() and connection.vendor != "postgresql":
        return NO_RECORD
    if OLDER.search(why):
        return f"The tables are not of this version. {TABLES}"
    if trouble := keyring_trouble():
        return trouble
    passing = next((words for sign, words in PASSING.items() if sign in why), "")
    usual = ON_POSTGRESQL if connection.vendor == "postgresql" else ON_SQLITE
    return f"{_place()} cannot be used: {why}. {passing or usual}"


def _place() -> str:
    held = connection.settings_dict
    if connection.vendor != "postgresql":
        return f"The record {held['NAME']}"
    return f"The database {held['NAME']} at {held['HOST'] or 'this machine'}"
