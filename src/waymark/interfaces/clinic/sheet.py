"""A table that somebody uploads: bytes in, cells by column and line out, or why not. Pure."""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

MOST_BYTES = 2 * 1024 * 1024
MOST_ROWS = 20_000
MOST_COLUMNS = 300  # the longest measure has a hundred questions
MOST_CELLS = 500_000  # rows times columns, for every row is held with all of its columns
SEPARATORS = ",;\t"
RESAVE = 'Save it again as "CSV UTF-8 (comma delimited)" and choose that file.'


class BadSheet(ValueError):
    """The file as a whole cannot be read; the message says what to do."""


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One row: where it stands in the file, and its cells by the name of their column."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Fault:
    """One row that cannot be used, and why."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file that could be read: its columns in small letters, its rows, its unusable rows."""

    columns: tuple[str, ...]
    lines: tuple[SheetLine, ...]
    faults: tuple[Fault, ...]


def read(data: bytes, *, needs: Sequence[str], most: int = MOST_ROWS) -> Sheet:
    """The table in ``data``. Raises BadSheet when there is none, or a needed column is missing."""
    records = _records(_text(data))
    columns = _columns(next(records, (1, []))[1], needs)
    lines: list[SheetLine] = []
    faults: list[Fault] = []
    most = min(most, MOST_CELLS // len(columns))
    for number, cells in islice(records, most + 1):
        if any(cells[len(columns) :]):
            faults.append(Fault(number, f"It has more cells than the {len(columns)} columns."))
        else:
            filled = [*cells, *[""] * (len(columns) - len(cells))]
            lines.append(SheetLine(number, dict(zip(columns, filled, strict=False))))
    if len(lines) + len(faults) > most:
        raise BadSheet(f"The file has more than {most:,} rows. Bring it in in parts.")
    if not lines and not faults:
        raise BadSheet("The file names its columns and has no rows below them.")
    return Sheet(columns, tuple(lines), tuple(faults))


def _text(data: bytes) -> str:
    if len(data) > MOST_BYTES:
        raise BadSheet("The file is larger than 2 MB. Bring it in in parts.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BadSheet(f"Line {line} has characters that are not UTF-8 text. {RESAVE}") from error
    if "\0" in text:
        raise BadSheet(
            f"This is no text file: line {text.count(chr(10), 0, text.index(chr(0))) + 1} "
            f"has a zero byte. {RESAVE}"
        )
    if not text.strip():
        raise BadSheet("The file is empty. Its first line names the columns.")
    return text


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each row that is not blank, without spaces around its cells, and the line it begins in."""
    separator = _separator(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    begins = 1
    try:
        for cells in reader:
            stripped = [cell.strip() for cell in cells]
            if any(stripped):
                yield begins, stripped
            begins = reader.line_num + 1
    except csv.Error as error:
        raise BadSheet(
            f"From line {begins} on the file cannot be read: a quotation mark is opened and not "
            "closed, or stands in the middle of a cell. Mend that line and choose the file again."
        ) from error


def _separator(text: str) -> str:
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(SEPARATORS, key=first.count)


def loosely(data: bytes) -> Iterator[tuple[int, list[str]]]:
    """Every row as far as it can be read, and its line, whatever is wrong with the file.

    For looking at what will be refused, and for nothing else: from a broken row on, each line is
    cut at the separators; signs that are no text are passed over.
    """
    text = data.decode(_encoding(data), errors="replace").replace("\0", "")
    separator, lines, begins = _separator(text), list(io.StringIO(text, newline="")), 1
    reader = csv.reader(lines, delimiter=separator, strict=True)
    try:
        for cells in reader:
            yield begins, [cell.strip() for cell in cells]
            begins = reader.line_num + 1
    except csv.Error:
        for number, line in enumerate(lines[begins - 1 :], begins):
            yield number, [cell.strip(' "\r\n') for cell in line.split(separator)]


def _encoding(data: bytes) -> str:
    return "utf-16" if data[:2] in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE} else "utf-8-sig"


def _columns(names: Sequence[str], needs: Sequence[str]) -> tuple[str, ...]:
    if len(names) > MOST_COLUMNS:
        raise BadSheet(
            f"The first line names {len(names):,} columns; {MOST_COLUMNS} are the most. "
            "Keep those that are needed."
        )
    columns = tuple(name.lower() for name in names)
    missing = [name for name in needs if name not in columns]
    if missing:
        seen = ", ".join(name for name in columns if name) or "none"
        raise BadSheet(
            f"The first line names no column {' and no column '.join(missing)}. It names: {seen}."
        )
    named = Counter(columns)
    twice = next((name for name in columns if name and named[name] > 1), None)
    if twice:
        raise BadSheet(f"The column {twice} stands there twice. Keep one of them.")
    return columns
