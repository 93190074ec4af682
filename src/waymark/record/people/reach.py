"""Whether an address leads phones to the portal, or nowhere but to the machine that is asked."""

from ipaddress import ip_address
from urllib.parse import urlsplit


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
