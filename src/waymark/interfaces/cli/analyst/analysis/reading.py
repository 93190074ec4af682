"""A file of scores: its rows, and the rows that could not be read with the reason why."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from math import isfinite

from waymark.progress.course.timeline import At, calendar_day

NEEDED = ("client", "instrument", "score")
MOMENTS = ("date", "session")
COLUMNS = "client, instrument, date or session, score"
DELIMITERS = (",", ";", "\t")

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)", re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}([T ].+)?", re.ASCII)


class Unreadable(Exception):
    """The file as a whole cannot be read; the message names the remedy."""


class BadRow(Exception):
    """One row cannot be read."""


@dataclass(frozen=True, slots=True)
class FileRow:
    """One score. ``extra`` holds the cells of all other columns by name."""

    line: int
    client: str
    instrument: str
    at: At
    score: float
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that was left out."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Scores:
    """All that a file holds."""

    rows: tuple[FileRow, ...]
    refused: tuple[Refusal, ...]
    extra: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Head:
    """Where each column stands, by its name in lower case."""

    delimiter: str
    place: Mapping[str, int]
    width: int
    moment: str


def read(data: bytes, *, name: str) -> Scores:
    """Parse a file. ``Unreadable`` if not even its columns can be told."""
    lines = list(io.StringIO(_text(data, name), newline=""))
    start = next((place for place, line in enumerate(lines) if line.strip()), None)
    if start is None:
        raise Unreadable(f"{name} is empty. Its first line names the columns: {COLUMNS}.")
    head = _head(lines[start], where=f"{name}, line {start + 1}")
    rows: list[FileRow] = []
    refused: list[Refusal] = []
    for line, cells in _records(lines, start + 1, delimiter=head.delimiter):
        try:
            if isinstance(cells, str):
                raise BadRow(cells)
            if any(cell.strip() for cell in cells):
                rows.append(_row(line, cells, head))
        except BadRow as bad:
            refused.append(Refusal(line, str(bad)))
    return Scores(tuple(_of_one_kind(rows)), tuple(refused), tuple(_extra_names(head)))


def _text(data: bytes, name: str) -> str:
    if data[:2] == b"PK":
        raise Unreadable(
            f"{name} is no CSV file but a packed one, such as Excel writes: save it as CSV UTF-8."
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Unreadable(
            f"{name} is not UTF-8: byte 0x{data[error.start]:02x} at position {error.start} "
            f"(line {line}). Save it as CSV UTF-8, or convert it, for example: "
            f"iconv -f {_guess(data)} -t UTF-8 {name}"
        ) from error
    if "\0" in text:
        raise Unreadable(
            f"{name} is not UTF-8 text: a zero byte at position {data.index(0)}. Save it as CSV "
            f"UTF-8, or convert it, for example: iconv -f UTF-16LE -t UTF-8 {name}"
        )
    return text


def _guess(data: bytes) -> str:
    return "UTF-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "WINDOWS-1252"


def _head(line: str, *, where: str) -> _Head:
    """The columns, read with whichever delimiter finds most of those that are needed."""
    known = {*NEEDED, *MOMENTS}
    found = [(sign, _names(line, sign)) for sign in DELIMITERS]
    delimiter, names = max(found, key=lambda pair: (len(known & set(pair[1])), len(pair[1])))
    twice = [one for one, count in Counter(names).items() if one and count > 1]
    if twice:
        raise Unreadable(f"{where}: the column {twice[0]!r} stands there twice.")
    missing = [one for one in NEEDED if one not in names]
    moment = next((one for one in MOMENTS if one in names), "")
    if not moment:
        missing.append("date or session")
    if missing:
        seen = ", ".join(one for one in names if one) or "none"
        raise Unreadable(
            f"{where}: no column {' and no column '.join(missing)}. "
            f"Columns found: {seen}. Needed: {COLUMNS}."
        )
    place = {one: column for column, one in enumerate(names) if one}
    return _Head(delimiter, place, len(names), moment)


def _names(line: str, delimiter: str) -> list[str]:
    try:
        cells = next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []
    return [cell.strip().lower() for cell in cells]


def _extra_names(head: _Head) -> Iterator[str]:
    used = {*NEEDED, head.moment}
    return (name for name in head.place if name not in used)


def _records(
    lines: Sequence[str], start: int, *, delimiter: str
) -> Iterator[tuple[int, list[str] | str]]:
    """Line number and cells of each record, or what is wrong with it.

    A quotation mark that is never closed would swallow the rest of the file: its line is given
    up and reading goes on behind it.
    """
    while start < len(lines):
        reader = csv.reader(lines[start:], delimiter=delimiter, strict=True)
        begun = 0
        for cells in _safely(reader):
            line, begun = start + begun + 1, reader.line_num
            if cells == UNCLOSED:
                yield line, "a quotation mark is opened and never closed"
                start = line
                break
            yield line, cells
        else:
            return


UNCLOSED = "unexpected end of data"


def _safely(reader: Iterator[list[str]]) -> Iterator[list[str] | str]:
    """Records, or the parser's complaint in the place of one."""
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield str(error)


def _row(line: int, cells: Sequence[str], head: _Head) -> FileRow:
    if any(cell.strip() for cell in cells[head.width :]):
        raise BadRow(f"{len(cells)} cells, but the first line names {head.width} columns")
    cell = {
        name: cells[place].strip() if place < len(cells) else ""
        for name, place in head.place.items()
    }
    moment = _date if head.moment == "date" else _session
    return FileRow(
        line=line,
        client=_filled(cell["client"], "client"),
        instrument=_filled(cell["instrument"], "instrument"),
        at=moment(_filled(cell[head.moment], head.moment)),
        score=_number(_filled(cell["score"], "score")),
        extra={name: cell[name] for name in _extra_names(head)},
    )


def _filled(text: str, column: str) -> str:
    if not text:
        raise BadRow(f"{column} is empty")
    return text


def _date(text: str) -> At:
    if _DAY.fullmatch(text):
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            pass
        else:
            return moment.date() if len(text) == 10 else moment.replace(tzinfo=None)
    raise BadRow(f"date {text!r} is not a day that exists, written like 2026-06-02")


def _session(text: str) -> At:
    if text.isascii() and text.isdigit() and len(text) < 10:
        return int(text)
    raise BadRow(f"session {text!r} is not a whole number")


def _number(text: str) -> float:
    if not _NUMBER.fullmatch(text):
        hint = " (write decimals with a point: 12.5)" if "," in text else ""
        raise BadRow(f"score {text!r} is not a number{hint}")
    value = float(text)
    if not isfinite(value):
        raise BadRow(f"score {text[:20]!r}... is too large")
    return value


def _of_one_kind(rows: Sequence[FileRow]) -> list[FileRow]:
    """Where some rows give only a day, days are all that rows can be ordered by."""
    if {date, datetime} <= {type(row.at) for row in rows}:
        return [replace(row, at=calendar_day(row.at) or row.at) for row in rows]
    return list(rows)
