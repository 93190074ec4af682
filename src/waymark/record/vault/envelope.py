"""The sealed form of one value: version, algorithm, key id, nonce, ciphertext and tag.

AES-256-GCM with a random 96-bit nonce (NIST SP 800-38D). The associated data binds a value to its
row, so a ciphertext that is moved to another row, column or person does not open. Values are
padded to a step before sealing, because length tells.
"""

import os
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

VERSION = 1
AES_256_GCM = 1
KEY_ID_BYTES = 8
NONCE_BYTES = 12
HEAD = 2 + KEY_ID_BYTES + NONCE_BYTES


class Broken(Exception):
    """The envelope does not open: wrong key, wrong row, or changed bytes."""


@dataclass(frozen=True, slots=True)
class CellAddress:
    """Where a sealed value belongs; the associated data of its envelope."""

    clinic: str
    owner: str
    table: str
    column: str
    row: str

    def as_bytes(self) -> bytes:
        before = self.before_row(self.clinic, self.owner, self.table, self.column)
        return self.written(before + self.row)

    @staticmethod
    def before_row(clinic: str, owner: str, table: str, column: str) -> str:
        """What the seats of all rows of one owner in one column have in common."""
        return f"{clinic}|{owner}|{table}|{column}|"

    @staticmethod
    def written(place: str) -> bytes:
        """The seat of a place that is written out down to its row."""
        return f"{place}|{VERSION}".encode()


def padded(plain: bytes, *, step: int) -> bytes:
    """``plain`` with a marker byte and zeros up to a multiple of ``step`` (ISO/IEC 7816-4)."""
    marked = plain + b"\x80"
    return marked + b"\x00" * (-len(marked) % step)


def unpadded(plain: bytes) -> bytes:
    marker = plain.rindex(b"\x80")
    return plain[:marker]


def seal(plain: bytes, *, key_id: bytes, cipher: AESGCM, seat: CellAddress, step: int) -> bytes:
    """The envelope of ``plain`` for exactly this seat."""
    nonce = os.urandom(NONCE_BYTES)
    closed = cipher.encrypt(nonce, padded(plain, step=step), seat.as_bytes())
    return bytes((VERSION, AES_256_GCM)) + key_id + nonce + closed


def key_id_of(envelope: bytes) -> bytes:
    """Which data key opens it. Raises Broken on an unknown version or algorithm."""
    if len(envelope) < HEAD or envelope[0] != VERSION or envelope[1] != AES_256_GCM:
        raise Broken("not an envelope of a known version")
    return envelope[2 : 2 + KEY_ID_BYTES]


def unseal(envelope: bytes, *, cipher: AESGCM, seat: CellAddress) -> bytes:
    """What was sealed. Raises Broken if one bit, or the seat, differs."""
    return unseal_at(envelope, cipher=cipher, where=seat.as_bytes())


def unseal_at(envelope: bytes, *, cipher: AESGCM, where: bytes) -> bytes:
    """The same for a seat that is written already."""
    nonce = envelope[2 + KEY_ID_BYTES : HEAD]
    try:
        return unpadded(cipher.decrypt(nonce, envelope[HEAD:], where))
    except InvalidTag as error:
        raise Broken("the envelope does not open in this row") from error
