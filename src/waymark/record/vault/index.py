"""Blind indexes: a keyed digest by which an exact sign-in name is found without storing it."""

import hashlib
import hmac
import json
import unicodedata
from typing import Any
from uuid import UUID

from waymark.record.vault import master

LONGEST_NAME = 254  # as an e-mail address


def of_name(name: str) -> str:
    """The index of a sign-in name or e-mail: 128 bits, equal for names that differ in case only."""
    return _digest("sign-in names", _plain(name).encode("utf-8", "surrogatepass"))


def _plain(name: str) -> str:
    """Without form and case. What is longer than any name may be is left as it is: forms take time
    that grows with the square of the marks."""
    if len(name) > LONGEST_NAME:
        return name
    return unicodedata.normalize("NFKC", name).strip().casefold()


def of_secret(secret: str) -> str:
    """The index of an invitation's token or code."""
    return _digest("invitations", secret.encode("utf-8", "surrogatepass"))


def of_body(body: Any, *, owner: UUID) -> str:
    """The digest that tells a repeated request from another one; it holds nothing of the body."""
    plain = json.dumps(body, sort_keys=True, default=str, ensure_ascii=False)
    return _digest(f"bodies {owner}", plain.encode())


def _digest(purpose: str, plain: bytes) -> str:
    return hmac.new(master.derived(purpose), plain, hashlib.sha256).hexdigest()[:32]
