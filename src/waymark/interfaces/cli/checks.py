"""The deployment check: what must not go on the air, and what is missing for a clinic."""

import socket
import stat
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection

LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, slots=True)
class Check:
    """One question of the check, its answer, and the remedy where the answer is no."""

    what: str
    well: bool
    remedy: str
    refuses: bool = False


def deployment(*, host: str = "127.0.0.1") -> list[Check]:
    """Every question that failed. ``refuses`` marks what keeps the portal from starting."""
    return [check for check in _questions(host) if not check.well]


def _questions(host: str) -> list[Check]:
    return [*_keys(), *_reach(host), *_database()]


def _keys() -> list[Check]:
    key, data = Path(settings.WAYMARK_MASTER_KEY_FILE), Path(settings.WAYMARK_HOME) / "data"
    beside = key.resolve().is_relative_to(data.resolve())
    return [
        Check("master key", key.exists(), f"No master key at {key}: run `waymark init`.", True),
        Check(
            "key apart from data",
            not beside,
            f"The master key lies beside the data; move {key} elsewhere and name it in "
            "WAYMARK_MASTER_KEY_FILE.",
            True,
        ),
        Check(
            "key is private",
            not key.exists() or _private(key),
            f"Others on this machine can read the master key: chmod 600 {key}",
            True,
        ),
        Check(
            "data is private",
            not data.exists() or _private(data),
            f"Others on this machine can look into the data: chmod 700 {data}",
            True,
        ),
    ]


def _private(path: Path) -> bool:
    return not path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)


def _reach(host: str) -> list[Check]:
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
            "no demo outside this machine",
            not settings.WAYMARK_DEMO or (here and not secure),
            "The demo lets staff in without a second factor; it stays on this machine.",
            True,
        ),
    ]


def _database() -> list[Check]:
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        over_the_wall = bool(cursor.fetchone()[0])
    return [
        Check(
            "database role stands behind the wall",
            not over_the_wall,
            "The database role is a superuser or bypasses row security: make one with NOSUPERUSER "
            "NOBYPASSRLS, as docs/how-to/deploy.md shows.",
            True,
        )
    ]


def port_is_free(host: str, port: int) -> bool:
    """Whether the portal can listen there."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True
