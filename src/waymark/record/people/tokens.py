"""Tokens of invitations and resets: derived from the row, so that the table holds none of them."""

import base64
import hashlib
import hmac
from uuid import UUID

from waymark.record.vault.master import derived

PRINTED = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 12
CLIENT_LINK, STAFF_LINK, RESET_LINK = "client invitations", "staff invitations", "password resets"
EMAIL_LINK = "addresses of accounts"
REMINDER_LINK = "reminders"


def token_of(id: UUID, *, generation: int, purpose: str) -> str:
    """The secret part of a link: 256 bits, another one for each generation."""
    return base64.urlsafe_b64encode(_digest(id, generation, purpose)).decode().rstrip("=")


def code_of(id: UUID, *, generation: int) -> str:
    """A code that can be printed and typed: 12 signs without look-alikes (58 bits)."""
    number = int.from_bytes(_digest(id, generation, "printed codes"), "big")
    signs = []
    for _ in range(CODE_LENGTH):
        number, sign = divmod(number, len(PRINTED))
        signs.append(PRINTED[sign])
    return "".join(signs)


def typed(code: str) -> str:
    """A code as it was typed, without spaces, dashes and case."""
    return "".join(sign for sign in code.upper() if sign.isalnum())


def grouped(code: str) -> str:
    """A code as it is printed: three groups of four."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def same(token: str, given: str) -> bool:
    """Whether this is the token, whatever was given: time does not tell how near it is."""
    return hmac.compare_digest(token.encode(), given.encode("utf-8", "surrogatepass"))


def _digest(id: UUID, generation: int, purpose: str) -> bytes:
    key = derived(f"tokens for {purpose}")
    return hmac.new(key, f"{id}|{generation}".encode(), hashlib.sha256).digest()
