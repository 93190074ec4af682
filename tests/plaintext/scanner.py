"""Looks for canaries in every byte of every file, in the shapes that software gives to text.

As UTF-8 and UTF-16, in base64 at each of its three alignments, in hex, and inside gzip and zlib
streams, also where such a stream is itself written in base64, as sessions are.
"""

import base64
import re
import shutil
import sqlite3
import tempfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

MARK = "canary"  # every canary that is made here begins so, and nothing else in the product does
LARGEST, PIECE = 4_000_000, 64  # bytes: of one unpacked stream, and of what is fed at a time
STREAMS = ((b"\x1f\x8b\x08", 31), (b"\x78\x01", 15), (b"\x78\x9c", 15), (b"\x78\xda", 15))
BASE64_RUN = re.compile(rb"[A-Za-z0-9+/_-]{24,}={0,2}")


@dataclass(frozen=True, order=True)
class Hit:
    """One canary, met in one file in one shape."""

    file: str
    shape: str
    canary: str


def shapes(words: str) -> dict[str, bytes]:
    """How ``words`` may stand in a file."""
    plain = words.encode()
    found = {
        "utf-8": plain,
        "utf-16-le": words.encode("utf-16-le"),
        "utf-16-be": words.encode("utf-16-be"),
        "hex": plain.hex().encode(),
        "HEX": plain.hex().upper().encode(),
    }
    for offset in range(3):
        inner = _within_base64(plain, offset)
        found[f"base64+{offset}"] = inner
        found[f"base64url+{offset}"] = inner.replace(b"+", b"-").replace(b"/", b"_")
    return found


def _within_base64(plain: bytes, offset: int) -> bytes:
    """The part of the base64 text that is the same whatever stands before and after."""
    text = base64.b64encode(b"\0" * offset + plain)
    first = -(-offset * 8 // 6)
    whole = (offset + len(plain)) * 8 // 6
    return text[first:whole]


class Needles:
    """What is looked for: the mark of made canaries, and others word by word."""

    def __init__(self, others: Iterable[str] = ()) -> None:
        marks = [(MARK, one) for one in (MARK, MARK.title(), MARK.upper())]
        named = [*marks, *((other, other) for other in others)]
        self.held = [
            (name, shape, needle)
            for name, words in named
            for shape, needle in shapes(words).items()
        ]

    def within(self, data: bytes, file: str) -> Iterator[Hit]:
        for name, shape, needle in self.held:
            start = data.find(needle)
            while start >= 0:
                named = name == MARK and shape == "utf-8"
                yield Hit(file, shape, _whole(data, start) if named else name)
                start = data.find(needle, start + 1) if named else -1


def _whole(data: bytes, start: int) -> str:
    """The canary that begins here, as far as it can be read."""
    found = re.match(rb"[A-Za-z0-9]+", data[start : start + 60])
    return found[0].decode().lower() if found else MARK


def unpacked(data: bytes) -> Iterator[bytes]:
    """What is inside every gzip or zlib stream of ``data``."""
    for head, bits in STREAMS:
        start = data.find(head)
        while start >= 0:
            if inner := _inflated(memoryview(data)[start:], bits):
                yield inner
            start = data.find(head, start + 1)


def _inflated(data: memoryview, bits: int) -> bytes:
    """What comes out up to the end, or up to where it is broken: a piece may be cut off."""
    stream, found = zlib.decompressobj(bits), bytearray()
    with suppress(zlib.error):
        for place in range(0, len(data), PIECE):
            found += stream.decompress(data[place : place + PIECE])
            if stream.eof or len(found) > LARGEST:
                break
    return bytes(found)


def _decoded(data: bytes) -> Iterator[bytes]:
    """What stands in every long run of base64; a sign before it may belong to something else."""
    for run in BASE64_RUN.findall(data):
        text = run.rstrip(b"=").replace(b"-", b"+").replace(b"_", b"/")
        whole = text[:-1] if len(text) % 4 == 1 else text
        yield base64.b64decode(whole + b"=" * (-len(whole) % 4))


def scan_bytes(data: bytes, file: str, needles: Needles) -> set[Hit]:
    found = set(needles.within(data, file))
    decoded = b"\n".join(_decoded(data))
    for kind, inside in (("packed", unpacked(data)), ("packed in base64", unpacked(decoded))):
        for inner in inside:
            hits = needles.within(inner, file)
            found |= {Hit(file, f"{hit.shape}, {kind}", hit.canary) for hit in hits}
    return found


def values_of(file: Path) -> bytes:
    """Every value of every table of a database: a long one lies in pieces in the file itself."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / file.name
        for part in file.parent.glob(f"{file.name}*"):
            shutil.copy(part, copy.parent / part.name)
        base = sqlite3.connect(copy)
        try:
            return b"\n".join(_values(base))
        finally:
            base.close()


def _values(base: sqlite3.Connection) -> Iterator[bytes]:
    names = base.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    for (name,) in names:
        for row in base.execute(f'SELECT * FROM "{name}"'):
            for value in row:
                yield value if isinstance(value, bytes) else str(value).encode()


def scan(folder: Path, needles: Needles) -> tuple[set[Hit], list[str]]:
    """Every file below ``folder``; the hits, and the files that were read."""
    found: set[Hit] = set()
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    for path in files:
        name = str(path.relative_to(folder))
        data = path.read_bytes()
        if path.parent.name == "mail":  # a letter says whom it goes to, and is sealed nowhere
            data = re.sub(rb"(?m)^To: .*(?:\n[ \t].*)*", b"To:", data)
        found |= scan_bytes(data, name, needles)
        if path.suffix == ".sqlite3":
            found |= scan_bytes(values_of(path), f"{name} (values)", needles)
    return found, [str(path.relative_to(folder)) for path in files]
