"""The deployment check: what must not go on the air, and what is missing for a clinic."""

import stat
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import Error as DatabaseError
from django.db import connection

from waymark.interfaces.cli.owner.remedies import of_database
from waymark.interfaces.cli.owner.shape import ahead, newer, older, unmigrated, waits
from waymark.interfaces.endpoint import now
from waymark.record.audit.walk import broken_at
from waymark.record.fingerprint.queries import apart
from waymark.record.outbox.actions import clock_jumped, clock_ran_ahead, probe
from waymark.record.outbox.queries import stuck_letters
from waymark.record.people.queries import all_clinics
from waymark.record.people.reach import as_written, not_answered, only_here
from waymark.record.tenancy.grants import lacking, rights
from waymark.record.tenancy.row_security import across_clinics
from waymark.record.vault.master import NoMasterKey, current

LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, slots=True)
class Check:
    """One question of the check, its answer, and the remedy where the answer is no."""

    what: str
    well: bool
    remedy: str
    refuses: bool = False


def deployment(
    *, host: str = "127.0.0.1", behind_proxy: bool = False, logs: bool = False
) -> list[Check]:
    """Every question that failed. ``refuses`` marks what keeps the portal from starting.

    ``behind_proxy``: the owner says that a proxy alone reaches the port, though it is not here.
    ``logs``: walk over every line of every log, too; that refuses nothing, and takes a while.
    """
    return [check for check in _questions(host, behind_proxy, logs) if not check.well]


def _questions(host: str, behind_proxy: bool, logs: bool) -> list[Check]:
    """What can be asked without the database comes first; what needs it waits for that to hold."""
    before = [*_keys(), *_reach(host, behind_proxy)]
    if any(not check.well for check in _keys()):
        return before
    role: list[Check] = []
    try:
        role = _role()
        held = [*before, *role, *_belonging(), *_writes(), *_address(), *_clock(), *_mail()]
        # A log's head is kept in the keyring: it is asked for once that is known to be the one.
        apart = any(one.refuses and not one.well for one in held)
        return [*held, *_logs()] if logs and not apart else held
    except DatabaseError as error:
        if any(not one.well for one in role):  # what it may not read could not be asked
            return [*before, *role]
        return [*before, Check("database", False, of_database(error), True)]


def _keys() -> list[Check]:
    key, data = Path(settings.WAYMARK_MASTER_KEY_FILE), Path(settings.WAYMARK_HOME) / "data"
    beside = key.resolve().is_relative_to(data.resolve())
    return [
        Check("master key", not (trouble := _master()), trouble, True),
        Check("session key", not (lost := _session(key)), lost, True),
        Check(
            "key apart from data",
            not beside,
            f"The master key lies beside the data; move {key} elsewhere and name it in "
            "WAYMARK_MASTER_KEY_FILE.",
            True,
        ),
        Check(
            "key is private",
            not key.is_file() or _private(key),
            f"Others on this machine can read the master key: chmod 600 {key}",
            True,
        ),
        Check(
            "data is private",
            not data.exists() or _private(data),
            f"Others on this machine can look into the data: chmod 700 {data}",
            True,
        ),
        *_hidden(),
    ]


def _hidden() -> list[Check]:
    """What else nobody but its owner may read: a home that is shut keeps all that lies in it."""
    home = Path(settings.WAYMARK_HOME)
    folders = [home / "keyring", Path(settings.WAYMARK_SESSION_KEY_FILE).parent]
    files = [home / "waymark.toml", Path(settings.WAYMARK_SESSION_KEY_FILE)]
    held = [*((one, "700") for one in folders), *((one, "600") for one in files)]
    open_to_all = [(one, mode) for one, mode in held if not _shut(one, home)]
    commands = " && ".join(f"chmod {mode} {one}" for one, mode in open_to_all)
    words = f"Others on this machine can read keys or passwords: {commands}"
    return [Check("keyring, keys and settings are private", not open_to_all, words, True)]


def _shut(path: Path, home: Path) -> bool:
    within = [home, *(one for one in path.parents if one.is_relative_to(home)), path]
    return not path.exists() or any(_private(one) for one in within)


def _master() -> str:
    try:
        current()
    except NoMasterKey as error:
        return str(error)
    return ""


def _session(master: Path) -> str:
    file = Path(settings.WAYMARK_SESSION_KEY_FILE)
    if file.exists() or not master.exists():
        return ""
    return (
        f"No session key at {file}: each process would make up its own, and nobody could sign in. "
        "Put it back, or run `waymark init`, which makes a new one: then everybody signs in again."
    )


def _private(path: Path) -> bool:
    return not path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)


def _reach(host: str, behind_proxy: bool) -> list[Check]:
    here = host in LOOPBACK
    secure = settings.WAYMARK_ADDRESS.startswith("https://")
    return [
        Check("no debugging", not settings.DEBUG, "Turn DEBUG off: it shows records.", True),
        Check(
            "encrypted outside this machine",
            here or secure,
            "Beyond this machine only https: put a proxy with a certificate in front, set the "
            "address with `waymark init`, and let Waymark listen on 127.0.0.1.",
            True,
        ),
        Check(
            "nobody passes the proxy by",
            here or behind_proxy or not secure,
            f"On {host} others reach Waymark in clear, past the proxy and its certificate. Let it "
            "listen on 127.0.0.1. Where the proxy runs in another container, and it alone reaches "
            "this port, say so with --behind-proxy.",
            True,
        ),
        Check(
            "no demo outside this machine",
            not settings.WAYMARK_DEMO or (here and not secure),
            "The demo lets staff in without a second factor; it stays on this machine.",
            True,
        ),
    ]


def _role() -> list[Check]:
    """On PostgreSQL: who serves is bound by the wall, owns nothing, and cannot mend the log."""
    if connection.vendor != "postgresql":
        return []
    above, owns, mends = rights()
    lacks = lacking()
    named = ", ".join(lacks[:3]) + (f" and {len(lacks) - 3} more" if len(lacks) > 3 else "")
    page = "docs/how-to/deploy.md shows the two roles and what each may."
    return [
        Check(
            "database role stands behind the wall",
            not above,
            "The database role is a superuser or bypasses row security: make one with NOSUPERUSER "
            f"NOBYPASSRLS; {page}",
            True,
        ),
        Check(
            "database role owns no table",
            not owns,
            "The database role owns the tables, so it could take down the wall and change the "
            f"audit log. Serve as the application's role; {page}",
            True,
        ),
        Check(
            "database role may use every table",
            not lacks,
            f"The database role may not read and write {named}: run `waymark upgrade` with the "
            f"DATABASE_URL of the role that owns the tables, which gives it what it needs; {page}",
            True,
        ),
        Check(
            "database role cannot change the audit log",
            owns or not mends,
            f"The database role may change or empty {mends}: REVOKE UPDATE, DELETE, TRUNCATE ON "
            f"{mends} FROM it; {page}",
            True,
        ),
    ]


def _belonging() -> list[Check]:
    """Record, keyring and keys are of one home, and of this version."""
    troubles = apart()
    beyond = [] if troubles else newer()
    waiting = [] if troubles or beyond else waits()
    return [
        *[Check("record, keyring and keys", False, trouble, True) for trouble in troubles],
        Check("tables are of this version", not beyond, ahead(beyond), True),
        Check(
            "tables are of this version",
            not waiting,
            f"{older(waiting)}; docs/how-to/upgrade.md.",
            True,
        ),
    ]


def _writes() -> list[Check]:
    """The record takes a row: what its error says is told by whoever asks."""
    if not unmigrated():
        probe(at=now())
    return []


def _address() -> list[Check]:
    """What the clinics give their clients, and what the portal believes of itself, agree."""
    if unmigrated():
        return []
    with across_clinics():
        given = [as_written(one.address) for one in all_clinics() if one.address]
    told = next((one for one in given if one.startswith("https://")), "")
    here = settings.WAYMARK_ADDRESS
    astray = [fault for one in given if (fault := not_answered(one, names=settings.ALLOWED_HOSTS))]
    return [
        Check(
            "links lead to this portal",
            not astray,
            f"{' '.join(astray)} Or write the new address under Settings, Clinic.",
        ),
        Check(
            "one address",
            not given or only_here(here) or here in given,
            f"Clients open {given[0] if given else ''}, and waymark.toml or WAYMARK_ADDRESS says "
            f"{here}. Write the same in both: there, or under Settings, Clinic.",
        ),
        Check(
            "address is encrypted as the clinic says",
            not told or settings.WAYMARK_ADDRESS.startswith("https://"),
            f"Clients open {told}, but the address in waymark.toml or WAYMARK_ADDRESS is "
            f"{settings.WAYMARK_ADDRESS}, so cookies would travel in clear. Write the same there.",
            True,
        ),
    ]


def _clock() -> list[Check]:
    """The time is one that follows on what was last believed; one machine knows no more."""
    if unmigrated():
        return []
    at = now()
    return [
        Check(
            "the time of this machine",
            not (clock_jumped(at=at) or clock_ran_ahead(at=at)),
            f"It says {at:%A, %B %-d, %Y, %H:%M} UTC: more than a week after the worker "
            "was last here, or before it. If that is wrong, set the clock right. If it is right, "
            "say so with `waymark doctor --clock-is-right`: until then nobody is asked anything.",
        )
    ]


def _mail() -> list[Check]:
    """Letters leave: of those that were tried, none waits or was given up."""
    if unmigrated():
        return []
    stuck, given_up = stuck_letters()
    many = f"{stuck} letter{'' if stuck == 1 else 's'}"
    return [
        Check(
            "mail leaves",
            not stuck,
            f"{many} did not leave after several tries, {given_up} of them given up. Look at "
            "smtp_host, smtp_port and the login in waymark.toml: what waits is tried again by "
            "itself; what was given up stands under Settings, Set-up, in the portal.",
        )
    ]


def _logs() -> list[Check]:
    """The log of each clinic, and that of no clinic, is whole up to the head that was kept."""
    with across_clinics():
        asked = [(None, "no clinic"), *((one.pk, one.name) for one in all_clinics())]
    broken = [(name, broken_at(clinic)) for clinic, name in asked]
    cut = [f"{name} (from line {place})" for name, place in broken if place]
    return [
        Check(
            "audit log as it was kept",
            not cut,
            f"Lines of the audit log of {', '.join(cut)} were removed or changed, by somebody who "
            "can write to the database. Change nothing, copy record and keyring as they are, and "
            "see `waymark audit verify`, and Clinic, Audit report. After a restore: put back both, "
            "of one backup, and verify again.",
        )
    ]
