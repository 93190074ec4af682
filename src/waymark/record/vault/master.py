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
PUT_BACK = (
    f"put the recovery copy back there, its {2 * BYTES} signs on one line, and chmod 600. A new "
    "one would open nothing."
)


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
        written = path.read_bytes()
    except FileNotFoundError as error:
        raise NoMasterKey(_missing(path)) from error
    except IsADirectoryError as error:
        raise NoMasterKey(
            f"The master key {path} is a folder. Name the file itself in WAYMARK_MASTER_KEY_FILE."
        ) from error
    except OSError as error:
        raise NoMasterKey(
            f"The master key {path} cannot be read ({error.strerror}). It is a file that the user "
            "who runs Waymark owns: chown, and chmod 600."
        ) from error
    try:
        key = bytes.fromhex(written.decode())
    except ValueError:  # no text, or no hexadecimal
        key = b""
    if len(key) != BYTES:
        raise NoMasterKey(_damaged(path))
    return key


def needed() -> bool:
    """Whether something is kept here already, which a new master key would not open."""
    home = Path(settings.WAYMARK_HOME)
    return any(
        _holds_something(home / name)
        for name in ("keyring/keyring.sqlite3", "data/waymark.sqlite3")
    )


def _holds_something(file: Path) -> bool:
    try:
        return file.stat().st_size > 0
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:  # whether it does cannot be seen: then no key is made
        return True


def _missing(path: Path) -> str:
    if needed():
        return f"There is no master key at {path}, and what is kept here needs it: {PUT_BACK}"
    return (
        f"There is no master key at {path}, and nothing is kept here yet. Run `waymark init`, "
        "which makes one, or name the home that you mean in WAYMARK_HOME."
    )


def _damaged(path: Path) -> str:
    if needed():
        return f"The master key in {path} is damaged: {PUT_BACK}"
    return (
        f"The file {path} holds no master key, and nothing was kept with it yet. Remove it and run "
        "`waymark init`: it makes one."
    )


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
