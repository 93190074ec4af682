"""A small Parquet writer: row groups of whole columns, as bytes that NumPy already holds.

DuckDB writes Parquet too, but only from a query, and what is found here block by block is in no
query. Scores, sessions and labels are few distinct values: they are written as a dictionary and
one or two bytes a row (a bit-packed run of that width is the array itself), clients as runs. No
compression. Format: https://parquet.apache.org/docs/file-format/ (Thrift compact protocol).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum
from pathlib import Path
from struct import pack
from types import TracebackType
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

MAGIC = b"PAR1"
PLAIN, RLE, DICTIONARY = 0, 3, 8
DATA_PAGE, DICTIONARY_PAGE = 0, 2
UTF8, REQUIRED, UNCOMPRESSED = 0, 0, 0
I32, I64, BINARY, LIST, STRUCT = 5, 6, 8, 9, 12
LONGEST_RUN = 63
Values = NDArray[Any] | Sequence[str]
Field = tuple[int, int, Any]


class Kind(IntEnum):
    """The physical type of a column."""

    FLAG = 0
    WHOLE = 2
    NUMBER = 5
    TEXT = 6


STORED = {Kind.WHOLE: "<i8", Kind.NUMBER: "<f8"}


@dataclass(frozen=True, slots=True)
class Chunk:
    """One column of a row group: what is written for its values, what goes before and after, and
    how many entries the dictionary holds."""

    values: NDArray[Any]
    head: bytes = b""
    tail: bytes = b""
    dictionary: bytes | None = None
    entries: int = 0
    lowest: int = 0


@dataclass(frozen=True, slots=True)
class Stored:
    """Where the values of a column lie in the file. Of whole numbers: counted from ``lowest``."""

    place: int
    codes: np.dtype[Any]
    rows: int
    lowest: int

    def read(self, path: Path, kind: np.dtype[Any]) -> NDArray[Any]:
        """The numbers, as ``kind``, which held them before."""
        found = np.fromfile(path, self.codes, self.rows, offset=self.place).astype(kind, copy=False)
        if self.lowest:
            found += np.array(self.lowest).astype(kind)  # codes may have wrapped: so does this
        return found


def flags(values: NDArray[np.bool_]) -> Chunk:
    """True or false."""
    return Chunk(np.packbits(values, bitorder="little"))


def coded(values: Values, codes: NDArray[Any], kind: Kind) -> Chunk:
    """Values looked up by codes of one or two bytes."""
    width = codes.dtype.itemsize
    gap = -len(codes) % 8
    head = bytes([8 * width]) + _varint(((len(codes) + gap) // 8) << 1 | 1)
    body = codes.astype(f"<u{width}", copy=False)
    return Chunk(body, head, bytes(gap * width), _plain(values, kind), len(values))


def runs(values: Values, lengths: NDArray[Any], kind: Kind) -> Chunk:
    """Each value so many times in a row; a long run as several, so that each has a short head."""
    pieces = -(-lengths // LONGEST_RUN)
    sizes = np.full(int(pieces.sum()), LONGEST_RUN, dtype=np.int64)
    sizes[np.cumsum(pieces) - 1] = lengths - LONGEST_RUN * (pieces - 1)
    body = np.empty(len(sizes), dtype=[("head", "u1"), ("place", "<u4")])
    body["head"] = sizes << 1
    body["place"] = np.repeat(np.arange(len(lengths)), pieces)
    return Chunk(body.view(np.uint8), bytes([32]), b"", _plain(values, kind), len(values))


def numbers(values: NDArray[Any], kind: Kind) -> Chunk:
    """Whole numbers of a narrow span by a dictionary; others as they are."""
    if values.dtype.kind in "iu" and len(values):
        low, high = int(values.min()), int(values.max())
        if high - low < 1 << 16:
            width = np.dtype(np.uint8 if high - low < 1 << 8 else np.uint16)
            lowest = np.array(low % (1 << 8 * width.itemsize), dtype=width)
            codes = values.astype(width) - lowest  # wraps around to the right one
            return replace(coded(np.arange(low, high + 1), codes, kind), lowest=low)
    return Chunk(values.astype(STORED[kind], copy=False))


def _plain(values: Values, kind: Kind) -> bytes:
    if kind is Kind.TEXT:
        words = (str(one).encode() for one in values)
        return b"".join(pack("<I", len(word)) + word for word in words)
    return np.asarray(values).astype(STORED[kind]).tobytes()


@dataclass(slots=True)
class _Group:
    """A row group under way."""

    rows: int
    size: int = 0
    chunks: list[list[Field]] = field(default_factory=list)


class Writer:
    """A file under way; leaving its block writes the footer, unless something went wrong.
    ``ValueError`` where a column was left out."""

    def __init__(self, path: Path, columns: Mapping[str, Kind]) -> None:
        self.columns = dict(columns)
        self._file = path.open("wb")
        self._file.write(MAGIC)
        self._groups: list[_Group] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._file:
            if kind is None:
                footer = _struct(self._footer())
                self._file.write(footer + pack("<I", len(footer)) + MAGIC)

    def add(self, chunks: Iterable[Chunk], *, rows: int) -> tuple[int, list[Stored]]:
        """A row group: its number, and where its values lie. Chunks in the order of the columns;
        last ones may be `fill`ed in later."""
        self._groups.append(_Group(rows))
        group = len(self._groups) - 1
        return group, [self.fill(group, chunk) for chunk in chunks]

    def fill(self, group: int, chunk: Chunk) -> Stored:
        """The next column of a row group."""
        held = self._groups[group]
        name, kind = list(self.columns.items())[len(held.chunks)]
        fields, size = self._chunk(name, kind, chunk, held.rows)
        held.chunks.append(fields)
        held.size += size
        place = self._file.tell() - len(chunk.tail) - chunk.values.nbytes
        return Stored(place, chunk.values.dtype, len(chunk.values), chunk.lowest)

    def flush(self) -> None:
        """All that was written so far can be read."""
        self._file.flush()

    def _chunk(self, name: str, kind: Kind, chunk: Chunk, rows: int) -> tuple[list[Field], int]:
        start = self._file.tell()
        encoding = PLAIN if chunk.dictionary is None else DICTIONARY
        if chunk.dictionary is not None:
            about = [(1, I32, chunk.entries), (2, I32, PLAIN)]
            self._page(DICTIONARY_PAGE, (chunk.dictionary,), (7, STRUCT, about))
        page = self._file.tell()
        about = [(1, I32, rows), (2, I32, encoding), (3, I32, RLE), (4, I32, RLE)]
        self._page(DATA_PAGE, (chunk.head, chunk.values.data, chunk.tail), (5, STRUCT, about))
        size = self._file.tell() - start
        meta: list[Field] = [
            (1, I32, int(kind)),
            (2, LIST, (I32, [PLAIN, RLE, encoding])),
            (3, LIST, (BINARY, [name])),
            (4, I32, UNCOMPRESSED),
            (5, I64, rows),
            (6, I64, size),
            (7, I64, size),
            (9, I64, page),
        ]
        if chunk.dictionary is not None:
            meta.append((11, I64, start))
        return [(2, I64, start), (3, STRUCT, meta)], size

    def _page(self, kind: int, body: Sequence[bytes | memoryview], about: Field) -> None:
        size = sum(memoryview(part).nbytes for part in body)
        self._file.write(_struct([(1, I32, kind), (2, I32, size), (3, I32, size), about]))
        for part in body:
            self._file.write(part)

    def _footer(self) -> list[Field]:
        if any(len(one.chunks) != len(self.columns) for one in self._groups):
            raise ValueError("a row group lacks a column")
        schema: list[list[Field]] = [[(4, BINARY, "rows"), (5, I32, len(self.columns))]]
        for name, kind in self.columns.items():
            element: list[Field] = [(1, I32, int(kind)), (3, I32, REQUIRED), (4, BINARY, name)]
            schema.append([*element, *([(6, I32, UTF8)] if kind is Kind.TEXT else [])])
        groups = [
            [(1, LIST, (STRUCT, one.chunks)), (2, I64, one.size), (3, I64, one.rows)]
            for one in self._groups
        ]
        return [
            (1, I32, 1),
            (2, LIST, (STRUCT, schema)),
            (3, I64, sum(one.rows for one in self._groups)),
            (4, LIST, (STRUCT, groups)),
            (6, BINARY, "waymark"),
        ]


def _struct(fields: Sequence[Field]) -> bytes:
    """Fields by rising number, in the compact protocol."""
    out, before = bytearray(), 0
    for number, kind, value in fields:
        out.append((number - before) << 4 | kind)
        out += _value(kind, value)
        before = number
    return bytes(out) + b"\0"


def _value(kind: int, value: Any) -> bytes:
    if kind in {I32, I64}:
        return _varint(value << 1 if value >= 0 else (-value << 1) - 1)
    if kind == BINARY:
        word: bytes = value.encode()
        return _varint(len(word)) + word
    if kind == STRUCT:
        return _struct(value)
    inner, items = value
    size = len(items)
    head = bytes([size << 4 | inner]) if size < 15 else bytes([0xF0 | inner]) + _varint(size)
    return head + b"".join(_value(inner, item) for item in items)


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])
