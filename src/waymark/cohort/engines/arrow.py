"""The same blocks read by Arrow, where it is installed: it costs less than half of DuckDB's copies.

Arrow hands dictionaries over as they stand in the file, so that a name is looked up once for each
dictionary and not once for each row.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.util import find_spec
from typing import Any

import numpy as np
from numpy.typing import NDArray

from waymark.cohort.engines.kernels import picked
from waymark.cohort.engines.source import WHOLE, Source
from waymark.cohort.extract import MISSING, STATUSES, Rules

NUMBERS = (*WHOLE, "FLOAT", "DOUBLE")
LEAST = 2_000_000
"""Rows below which loading Arrow costs more than it saves."""

MOST_NARROW = 100
"""Numbers of words up to which they fit a byte."""

Rows = dict[str, NDArray[Any]]
Place = Callable[[str | None], int]


def installed() -> bool:
    """Whether the fast extra (PyArrow) is there."""
    return find_spec("pyarrow") is not None


def readable(source: Source, by: str, *, size: int) -> bool:
    """Whether every column is of a type that is read here as DuckDB reads it, and no row group is
    so large that memory would not be bounded by ``size``."""
    import pyarrow.parquet as parquet

    words = ("instrument", *(name for name in ("status", by) if source.has(name)))
    numbers = source.types["session"] in WHOLE and source.types["score"] in NUMBERS
    if not (numbers and all(source.types[name] == "VARCHAR" for name in words)):
        return False
    about = parquet.read_metadata(source.path)
    groups = (about.row_group(place) for place in range(about.num_row_groups))
    return all(group.num_rows <= max(size, LEAST) for group in groups)


def read(
    source: Source, *, rules: Mapping[str, Rules], by: str, groups: tuple[str, ...], size: int
) -> Iterator[Rows]:
    """Blocks of rows as they lie, in the columns that the engine counts by. A missing client is
    masked, as DuckDB has it."""
    import pyarrow.parquet as parquet

    named = {name.lower(): name for name in parquet.read_schema(source.path).names}
    places = _places(rules, by if source.has(by) else "", groups, status=source.has("status"))
    words = [named[by if name == "grp" else name] for name in places]
    wanted = [named[name] for name in ("client", "session", "score")] + words
    file = parquet.ParquetFile(source.path, read_dictionary=words)
    for several in _row_groups(file, size):
        table = file.read_row_groups(several, columns=wanted, use_threads=False)
        rows = {name: _numbers(table[named[name]]) for name in ("client", "session", "score")}
        for name, place in places.items():
            chunks = table[named[by if name == "grp" else name]].chunks
            rows[name] = np.concatenate([_coded(chunk, place) for chunk in chunks])
        if by and "grp" not in rows:
            rows["grp"] = np.zeros(len(table), dtype=np.int32)
        yield rows


def _row_groups(file: Any, size: int) -> Iterator[list[int]]:
    """As many row groups in a row as together hold ``size`` rows."""
    held, rows = [], 0
    for place in range(file.num_row_groups):
        held.append(place)
        rows += file.metadata.row_group(place).num_rows
        if rows >= size or place == file.num_row_groups - 1:
            yield held
            held, rows = [], 0


def _places(
    rules: Mapping[str, Rules], by: str, groups: tuple[str, ...], *, status: bool
) -> dict[str, Place]:
    """How the words of each column are numbered; -1 is none that counts."""
    codes = {name: place for place, name in enumerate(rules)}
    ends = {name: place for place, name in enumerate(STATUSES)}
    known = {name: place for place, name in enumerate(groups)}
    found: dict[str, Place] = {"instrument": lambda word: codes.get(_bare(word).lower(), -1)}
    if status:
        found["status"] = lambda word: ends.get(_bare(word).lower(), -1)
    if by:
        found["grp"] = lambda word: known.get(_bare(word) or MISSING, -1)
    return found


def _bare(word: str | None) -> str:
    return (word or "").strip()


def _numbers(column: Any) -> NDArray[Any]:
    if not column.null_count:
        return _plain(column.chunks)
    mask = _plain(column.is_null().cast("uint8").chunks).astype(bool)
    return np.ma.MaskedArray(_plain(column.fill_null(0).chunks), mask)


def _plain(chunks: Sequence[Any]) -> NDArray[Any]:
    """Arrow's own way to NumPy would load pandas first, wherever that is installed."""
    held = [np.from_dlpack(chunk) for chunk in chunks]
    return held[0] if len(held) == 1 else np.concatenate(held)


def _coded(column: Any, place: Place) -> NDArray[Any]:
    """Each word's number, by way of the dictionary; a missing word's comes last."""
    words = [place(word) for word in (*column.dictionary.to_pylist(), None)]
    indices = column.indices
    if column.null_count:
        indices = indices.fill_null(len(words) - 1)
    at = _plain([indices])
    kind = np.int32 if max(words) > MOST_NARROW else np.int8
    return picked(np.array(words, dtype=kind), at)
