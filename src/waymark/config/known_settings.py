"""The settings there are, and how each is read: a value of its own kind, or why not and what to do.

Empty is not given: `WAYMARK_ADDRESS=` in a service file takes nothing away from the settings file.
"""

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.utils import parseaddr
from pathlib import Path
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from waymark.record.people.reach import as_written, fault_of, is_name

YES, NO = {"1", "yes", "true", "on"}, {"0", "no", "false", "off"}
Reader = Callable[[str], Any]


class BadValue(ValueError):
    """What was given cannot be used; the message says what to write."""


class BadSettings(ImproperlyConfigured):
    """Settings that cannot be used: one line for each, with where it stands and its remedy."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("These settings cannot be used:\n- " + "\n- ".join(lines))


def text(given: str) -> str:
    return given


def truth(given: str) -> bool:
    if given.lower() in YES:
        return True
    if given.lower() in NO:
        return False
    raise BadValue("it is neither yes nor no. Write yes or no.")


def port(given: str) -> int:
    if not given.isascii() or not given.isdecimal() or not 1 <= int(given) <= 65535:
        raise BadValue("it is no port. Write a number from 1 to 65535.")
    return int(given)


def address(given: str) -> str:
    """The address that clients open: no path, and encrypted unless it leads to this machine."""
    if fault := fault_of(given):
        raise BadValue(fault)
    return as_written(given)


def hosts(given: str) -> list[str]:
    """Names under which the portal is asked for, besides the one of its address."""
    names = [one.strip().lower() for one in given.split(",") if one.strip()]
    for name in names:
        if name.rpartition(":")[2].isdecimal() and not is_name(name):
            raise BadValue(f"{name} has a port. Write the name alone, like portal.example.org.")
        if not is_name(name):
            raise BadValue(f"{name} is no name of a machine. Write it like portal.example.org.")
    return names


def database_url(given: str) -> str:
    """Checked here, read by `settings`; the value is never told, for it may hold a password."""
    example = "Write it like postgresql://waymark_app@/waymark, or leave it out for SQLite."
    try:
        read = dj_database_url.parse(given)
    except (ValueError, KeyError) as error:
        raise BadValue(f"it is no address of a database. {example}") from error
    if not str(read.get("ENGINE", "")).endswith("postgresql"):
        raise BadValue(f"only PostgreSQL is named by an address. {example}")
    if not read.get("NAME"):
        raise BadValue(f"it names no database. {example}")
    return given


def sender(given: str) -> str:
    name, _, domain = parseaddr(given)[1].partition("@")
    if not name or not domain or any(one in given for one in "\r\n"):
        raise BadValue("it is no e-mail address. Write it like portal@example.org.")
    return given


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: how it is read, and what holds where it is not given."""

    read: Reader
    default: Any


SETTINGS: dict[str, Setting] = {
    "address": Setting(address, "http://127.0.0.1:8000"),
    "hosts": Setting(hosts, []),
    "database_url": Setting(database_url, ""),
    "smtp_host": Setting(text, "localhost"),
    "smtp_port": Setting(port, 25),
    "smtp_user": Setting(text, ""),
    "smtp_password": Setting(text, ""),
    "smtp_starttls": Setting(truth, False),
    "smtp_tls": Setting(truth, False),
    "mail_from": Setting(sender, "portal@localhost"),
    "demo": Setting(truth, False),
}
# In the environment alone: where things lie, and what only the tests and the bench read.
PLACES = ("home", "master_key_file", "full", "figures", "bench_clients")
OUTSIDE = {one: f"WAYMARK_{one.upper()} in the environment" for one in PLACES[:2]}
NAMES = ", ".join([*SETTINGS, *OUTSIDE.values()])
RETIRED = ("backup_target",)  # `waymark init` wrote it once, and nothing reads it: the clinic knows


def values(
    file: Path, written: Mapping[str, Any], environment: Mapping[str, str]
) -> dict[str, Any]:
    """Every setting by name, from the environment, else the file, else its default.

    Raises BadSettings with all that is wrong, not with the first.
    """
    troubles = _unknown(file, written, environment)
    found = {name: one.default for name, one in SETTINGS.items()}
    for name, setting in SETTINGS.items():
        where, given = _given(name, file, written, environment)
        if not given:
            continue
        try:
            found[name] = setting.read(given)
        except BadValue as error:
            troubles.append(f"{where}: {error}")
    if found["smtp_tls"] and found["smtp_starttls"]:
        troubles.append(
            "smtp_tls and smtp_starttls are both yes. Keep the one that the mail server speaks: "
            "usually TLS at port 465, STARTTLS at 587."
        )
    if troubles:
        raise BadSettings(troubles)
    return found


def _given(
    name: str, file: Path, written: Mapping[str, Any], environment: Mapping[str, str]
) -> tuple[str, str]:
    """Where a setting is given, and as what; the first place that is not empty."""
    places = [(f"WAYMARK_{name.upper()}", environment.get(f"WAYMARK_{name.upper()}", ""))]
    if name == "database_url":
        places.insert(0, ("DATABASE_URL", environment.get("DATABASE_URL", "")))
    places.append((f"{name} in {file}", _as_text(written.get(name, ""))))
    return next(((where, it.strip()) for where, it in places if it.strip()), ("", ""))


def _as_text(value: Any) -> str:
    """A value of the file as somebody would have typed it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ",".join(str(one) for one in value)
    return str(value)


def _unknown(file: Path, written: Mapping[str, Any], environment: Mapping[str, str]) -> list[str]:
    ours = [one for one in environment if one.startswith("WAYMARK_")]
    inside = [one for one in ours if one.removeprefix("WAYMARK_").lower() not in PLACES]
    named = [
        *((one, one.removeprefix("WAYMARK_").lower()) for one in inside),
        *((f"{one} in {file}", one) for one in written),
    ]
    known = {*SETTINGS, *RETIRED}
    return [f"{where}: {_no_setting(name)}" for where, name in named if name not in known]


def _no_setting(name: str) -> str:
    near = difflib.get_close_matches(name, [*SETTINGS, *OUTSIDE], n=1)
    meant = f"Did you mean {OUTSIDE.get(near[0], near[0])}?" if near else f"There are {NAMES}."
    return f"there is no such setting. {meant}"
