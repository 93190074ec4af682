"""Files that are written whole or not at all, and words that are safe to show at a terminal."""

import os
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PRIVATE = 0o600
"""Nobody but the owner reads a new file: it holds health data."""


def store(text: str, path: Path) -> None:
    """Write a text whole or not at all; ``OSError`` where that cannot be done."""
    if path.exists() and not path.is_file():
        path.write_text(text, encoding="utf-8")  # a pipe or a terminal cannot be swapped
        return
    with whole(path) as beside, beside.open("w", encoding="utf-8", newline="") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """A place beside ``path`` to write to: moved into it at the end, removed if there is none.

    A file that is replaced keeps who may read it; a new one is the owner's alone.
    """
    place = path.resolve()
    mode = place.stat().st_mode & 0o777 if place.exists() else PRIVATE
    handle, name = tempfile.mkstemp(dir=place.parent, prefix=f".{place.name[:80]}.")
    os.close(handle)
    beside = Path(name)
    try:
        yield beside
        beside.chmod(mode)
        beside.replace(place)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


@contextmanager
def unwinding() -> Iterator[None]:
    """A request to end (SIGTERM) unwinds as an interrupt does, so that nothing is left behind."""

    def end(number: int, _frame: object) -> None:
        sys.exit(128 + number)

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def printable(text: str) -> str:
    """A terminal must not act on what stands in a file."""
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in text)
