"""The master key: read from a file outside the data, it wraps clinic keys and makes index keys."""

import hashlib
import os
import stat
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.keywrap import aes_key_unwrap, aes_key_wrap
from django.conf import settings

BYTES = 32


class NoMasterKey(Exception):
    """The master key cannot be read; nothing sealed can be opened or written."""


def make(path: Path) -> None:
    """Write a new master key, readable by its owner only. Refuses to replace one."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, stat.S_IRUSR | stat.S_IWUSR)
    with os.fdopen(handle, "w") as file:
        file.write(os.urandom(BYTES).hex() + "\n")


@lru_cache(maxsize=4)
def read(path: Path) -> bytes:
    """The master key in ``path``. Raises NoMasterKey with the remedy."""
    try:
        key = bytes.fromhex(path.read_text().strip())
    except (OSError, ValueError) as error:
        raise NoMasterKey(
            f"the master key cannot be read from {path}: {type(error).__name__}. "
            "Run `waymark init`, or put the recovery copy back there."
        ) from error
    if len(key) != BYTES:
        raise NoMasterKey(f"{path} does not hold a master key of {BYTES * 8} bits")
    return key


def current() -> bytes:
    return read(Path(settings.WAYMARK_MASTER_KEY_FILE))


def name_of(key: bytes) -> str:
    """A short name that tells master keys apart and gives nothing away."""
    return hashlib.sha256(b"waymark master key name" + key).hexdigest()[:16]


def wrap(key: bytes) -> bytes:
    return aes_key_wrap(current(), key)


def unwrap(wrapped: bytes) -> bytes:
    return aes_key_unwrap(current(), wrapped)


@lru_cache(maxsize=64)
def _derived(master: bytes, purpose: str) -> bytes:
    kdf = HKDF(algorithm=hashes.SHA256(), length=BYTES, salt=None, info=purpose.encode())
    return kdf.derive(master)


def derived(purpose: str) -> bytes:
    """A key for one purpose (blind index, digest of a body), by HKDF (RFC 5869)."""
    return _derived(current(), purpose)
