"""Files that are written whole or not at all, and words that are safe to show at a terminal."""

import os
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

LONGEST_NAME = 255
"""Bytes of a file's name."""

PRIVATE = 0o600
"""Nobody but the owner reads a new file: it holds health data."""


def store(text: str, path: Path) -> None:
    """Write a text whole or not at all; a usage error says why that cannot be done."""
    try:
        if path.exists() and not path.is_file():
            path.write_text(text, encoding="utf-8")  # a pipe or a terminal cannot be swapped
            return
        with whole(path) as beside, beside.open("w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
    except OSError as problem:
        raise unwritable(path, problem) from problem


def unwritable(path: Path, problem: OSError) -> click.UsageError:
    """What is told where a file cannot be written."""
    return click.UsageError(f"{path} cannot be written: {problem.strerror}.")


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """A place beside ``path`` to write to: moved into it at the end, removed if there is none.

    A usage error says why nothing can be written there. A file that is replaced keeps who may
    read it; a new one is the owner's alone.
    """
    place = path.resolve()
    mode = place.stat().st_mode & 0o777 if place.exists() else PRIVATE
    try:
        handle, name = tempfile.mkstemp(dir=place.parent, prefix=f".{place.name[:80]}.")
    except OSError as problem:
        raise unwritable(path, problem) from problem
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
def unwinding() -> Iterator[Callable[[], None]]:
    """A request to end (Ctrl-C, SIGTERM) unwinds, so that nothing is left behind.

    Foreign code may catch what a signal raises, and go on: what is handed out, called now and then
    and before anything is put in its place, ends the work all the same.
    """
    asked: list[int] = []

    def end(number: int, _frame: object) -> None:
        asked.append(number)
        raise KeyboardInterrupt

    def heed() -> None:
        if asked:
            raise KeyboardInterrupt

    before = {one: signal.signal(one, end) for one in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield heed
        heed()
    except BaseException:
        if not asked:
            raise
        sys.stderr.write("Stopped: nothing was written.\n")
        sys.exit(128 + asked[-1])
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def check_output(output: Path | None, *, source: str | None = None) -> None:
    """Before the work begins: a usage error where there is no folder, the name is too long, or
    the file is the one that is read."""
    if output is None:
        return
    if not output.absolute().parent.is_dir():
        raise click.UsageError(f"--output {output}: the folder {output.parent} does not exist.")
    if len(os.fsencode(output.name)) > LONGEST_NAME:
        raise click.UsageError(f"--output: the name {output.name[:40]}... is too long for a file.")
    read = Path(source) if source is not None else None
    if read is not None and read.is_file() and output.exists() and output.samefile(read):
        raise click.UsageError(f"--output {output}: that is the file that is read.")


def printable(text: str) -> str:
    """A terminal must not act on what stands in a file."""
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in text)
