"""What an address of the portal can be, and whether it leads phones there or nowhere."""

import re
from collections.abc import Sequence
from ipaddress import ip_address
from urllib.parse import urlsplit

from django.http.request import validate_host


def only_here(address: str) -> bool:
    """Whether the address leads nowhere but to the machine that is asked."""
    host = urlsplit(address).hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def phones_reach(address: str) -> bool:
    """Whether there is an address, and one that a phone can open."""
    return bool(address) and not only_here(address)


EXAMPLE = "Write it like https://portal.example.org."
LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)", re.ASCII)


def is_name(host: str) -> bool:
    """Whether a machine can be called so: a name as browsers send it, or a number. No pattern."""
    host = host.lower()
    try:
        ip_address(host.removeprefix("[").removesuffix("]"))
    except ValueError:
        return len(host) <= 253 and all(LABEL.fullmatch(one) for one in host.split("."))
    return True


def as_written(address: str) -> str:
    """An address in the one form in which it is kept and compared: small letters, no slash."""
    return address.strip().rstrip("/").lower()


def fault_of(address: str) -> str:
    """Why the portal cannot be reached at this address, with the remedy; empty where it can be."""
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return f"This is no address. {EXAMPLE}"
    if parts.scheme not in {"http", "https"} or not host or any(one.isspace() for one in address):
        return f"This is no address. {EXAMPLE}"
    if not is_name(host):
        return f"{host} is no name of a machine: letters, digits, - and dots alone. {EXAMPLE}"
    if parts.path.rstrip("/") or parts.query or parts.fragment:
        return f"Waymark cannot live below another address; it needs a name of its own. {EXAMPLE}"
    if parts.username or parts.password:
        return f"There is a name or a password in the address. {EXAMPLE}"
    if parts.scheme == "http" and not only_here(address):
        return "The address must start with https://, so that nobody listens in."
    return ""


def not_answered(address: str, *, names: Sequence[str]) -> str:
    """Why links with this address would end in a refusal, with the remedy; empty where they lead.

    ``names`` are those that the portal answers to; it refuses whoever asks for another.
    """
    host = urlsplit(address).hostname or ""
    if not address or validate_host(host, names):
        return ""
    return (
        f"Links would carry {address}, and the portal does not answer to {host}. Whoever runs it "
        f'writes address = "{address}" into waymark.toml and starts it again.'
    )
