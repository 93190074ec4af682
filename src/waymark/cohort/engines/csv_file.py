"""How a CSV file is read; and of one that cannot be counted, which row it is, and what helps.

Short rows are filled up with nothing, so that one of them does not hide the header; a longer row
than the header is refused, for nobody knows which of its fields is which.
"""

import csv
from collections.abc import Mapping
from glob import escape
from pathlib import Path

import duckdb

from waymark.cohort.engine import Unusable

HOW = "null_padding = true, parallel = false, dateformat = '%Y-%m-%d'"
"""Days are year, month, day: whether 03/05 is in March or in May nobody can tell."""

WORDS = ("client", "instrument", "site", "part", "status")
"""Columns that are read as they stand: a client 007 is not the client 7."""

MOMENTS = {
    "session": (
        "a whole number",
        "NOT regexp_full_match(trim(CAST(session AS VARCHAR)), '-?[0-9]{1,15}([.]0*)?')",
    ),
    "date": (
        "a date, such as 2026-03-31",
        "coalesce(year(TRY_CAST(date AS TIMESTAMP)) < 1900, true)",
    ),
}
NUMBERS = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT")
SIGNS = ",;\t|"
ZIP = b"PK"
BOMS = (b"\xff\xfe", b"\xfe\xff")


def check_csv(
    con: duckdb.DuckDBPyConnection, path: Path, select: str, types: Mapping[str, str]
) -> None:
    """``Unusable`` where there is nothing to count, or a row that cannot be right."""
    if con.execute(f"SELECT 1 FROM {select} LIMIT 1").fetchone() is None:
        raise Unusable(f"{path} holds no rows: a line of column names, then a line for each score.")
    if beyond := list(types)[_fields(path, types) :]:
        _check_lengths(con, path, select, beyond, header=len(types) - len(beyond))
    name = "session" if "session" in types else "date"
    if name in types and types[name] not in NUMBERS:
        _check_moments(con, path, select, name, *MOMENTS[name])


def reader(path: Path, *, types: str = "sample_size = -1") -> str:
    """How DuckDB reads the file: from its first line that is not empty. Types are told from every
    row: one bad cell far down is left out, not a file that breaks off."""
    with path.open("rb") as file:
        empty = next((n for n, line in enumerate(file) if line.strip(b" \t\r\n\xef\xbb\xbf")), 0)
    skip = f"skip = {empty}, " if empty else ""  # a skip of nothing is not the same as none
    return f"read_csv({quoted(escape(str(path)))}, {skip}{types}, {HOW})"


def sign_of(con: duckdb.DuckDBPyConnection, path: Path) -> str:
    """The sign that parts its fields."""
    select = reader(path).replace("read_csv(", "sniff_csv(", 1).replace(", null_padding = true", "")
    found = con.execute(f"SELECT Delimiter FROM {select}").fetchone()
    return str(found[0]) if found else ","


def whole_sessions(select: str, types: Mapping[str, str]) -> str:
    """The same, where a spreadsheet wrote sessions as 1.0, as the whole numbers they are."""
    if types.get("session") != "DOUBLE":
        return select
    return f"(SELECT * REPLACE (CAST(session AS BIGINT) AS session) FROM {select})"


def quoted(text: str) -> str:
    """A text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


def named(column: str) -> str:
    """The name of a column as SQL writes it: a file may call its columns anything."""
    return '"' + column.replace('"', '""') + '"'


def as_words(select: str, types: Mapping[str, str]) -> str:
    """The same reader, with the columns of words read as they stand."""
    words = ", ".join(f"'{name}': 'VARCHAR'" for name in WORDS if name in types)
    return f"{select[:-1]}, types = {{{words}}})" if words else select


def _fields(path: Path, types: Mapping[str, str]) -> int:
    """How many columns the header has, parted by the sign that gives the names that were read."""
    found = [_header(path, sign) for sign in SIGNS]
    return len(max(found, key=lambda one: len({name.strip().lower() for name in one} & set(types))))


def _header(path: Path, sign: str) -> list[str]:
    """The first row that is not empty; a name may hold a break of the line."""
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        try:
            return next((row for row in csv.reader(file, delimiter=sign) if any(row)), [])
        except csv.Error:  # a quote without an end, read by a sign that is not the file's
            return []


def _check_lengths(
    con: duckdb.DuckDBPyConnection, path: Path, select: str, beyond: list[str], *, header: int
) -> None:
    longer = " OR ".join(f"{named(name)} IS NOT NULL" for name in beyond)
    row = _first(con, select, longer, named(beyond[0]))
    if row is not None:
        raise Unusable(
            f"{path}, row {row[0]} below the header: more fields than the {header} columns of the "
            "header. Write decimals with a point, or put texts that hold a comma in quotes."
        )


def _check_moments(
    con: duckdb.DuckDBPyConnection, path: Path, select: str, name: str, wanted: str, wrong: str
) -> None:
    row = _first(con, select, f"{name} IS NOT NULL AND {wrong}", f"CAST({name} AS VARCHAR)")
    if row is not None:
        raise Unusable(
            f"{path}, row {row[0]} below the header: {name} must be {wanted}; it is {row[1]!r}. "
            "Correct it, or leave the field empty: such a row is left out."
        )


def _first(
    con: duckdb.DuckDBPyConnection, select: str, test: str, value: str
) -> tuple[int, object] | None:
    """The number of the first row of which that holds, and its value."""
    found = con.execute(
        f"SELECT row, value FROM (SELECT row_number() OVER () AS row, {value} AS value, "
        f"({test}) AS bad FROM {select}) WHERE bad ORDER BY row LIMIT 1"
    ).fetchone()
    return None if found is None else (int(found[0]), found[1])


def what_is_wrong(path: Path, problem: Exception) -> str | None:
    """What to tell of a file that could not be read: another encoding, or two kinds of ends of
    lines. None where it is neither."""
    if "not utf-8" in str(problem):
        return _not_utf8(path)
    if path.suffix.lower() != ".parquet" and _mixed_ends(path):
        return f"{path} mixes two kinds of ends of lines. Save it again as CSV UTF-8."
    return None


def _mixed_ends(path: Path) -> bool:
    with path.open("rb") as file:
        ends = {line.endswith(b"\r\n") for line in file if line.endswith(b"\n")}
    return len(ends) > 1


def _not_utf8(path: Path) -> str:
    with path.open("rb") as file:
        head = file.read(2)
    if head == ZIP:
        return (
            f"{path} is no CSV file but a packed one, such as Excel writes: save it as CSV UTF-8."
        )
    kind = "UTF-16" if head in BOMS else "WINDOWS-1252"
    return (
        f"{path} is not UTF-8. Save it as CSV UTF-8, or convert it, for example: "
        f"iconv -f {kind} -t UTF-8 {path.name}"
    )
