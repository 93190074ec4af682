"""How a CSV file is read; and of one that cannot be counted, which row it is, and what helps.

Short rows are filled up with nothing, so that one of them does not hide the header; a longer row
than the header is refused, for nobody knows which of its fields is which.
"""

from collections.abc import Mapping
from pathlib import Path

import duckdb

from waymark.cohort.engine import Unusable

WHOLE_CSV = "read_csv(?, sample_size = -1, null_padding = true)"
"""Types are told from every row: one bad cell far down is left out, not a file that breaks off."""

MOMENTS = {
    "session": ("a whole number", "BIGINT"),
    "date": ("a date, such as 2026-03-31", "TIMESTAMP"),
}
BOMS = (b"\xff\xfe", b"\xfe\xff")


def check_csv(
    con: duckdb.DuckDBPyConnection, path: Path, select: str, types: Mapping[str, str]
) -> None:
    """``Unusable`` where there is nothing to count, or a row that cannot be right."""
    if con.execute(f"SELECT 1 FROM {select} LIMIT 1").fetchone() is None:
        raise Unusable(f"{path} holds no rows: a line of column names, then a line for each score.")
    beyond = [name for place, name in enumerate(types) if name == f"column{place}"]
    if beyond and len(beyond) < len(types):
        _check_lengths(con, path, select, beyond, header=len(types) - len(beyond))
    for name, (wanted, kind) in MOMENTS.items():
        if types.get(name) == "VARCHAR":
            _check_moments(con, path, select, name, wanted, kind)


def _check_lengths(
    con: duckdb.DuckDBPyConnection, path: Path, select: str, beyond: list[str], *, header: int
) -> None:
    longer = " OR ".join(f"{name} IS NOT NULL" for name in beyond)
    row = _first(con, select, longer, beyond[0])
    if row is not None:
        raise Unusable(
            f"{path}, row {row[0]} below the header: more fields than the {header} columns of the "
            "header. Write decimals with a point, or put texts that hold a comma in quotes."
        )


def _check_moments(
    con: duckdb.DuckDBPyConnection, path: Path, select: str, name: str, wanted: str, kind: str
) -> None:
    row = _first(con, select, f"{name} IS NOT NULL AND TRY_CAST({name} AS {kind}) IS NULL", name)
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


def not_utf8(path: Path, problem: Exception) -> str | None:
    """What to tell of a file in another encoding; None where that is not what went wrong."""
    if "not utf-8" not in str(problem):
        return None
    with path.open("rb") as file:
        kind = "UTF-16" if file.read(2) in BOMS else "WINDOWS-1252"
    return (
        f"{path} is not UTF-8. Save it as CSV UTF-8, or convert it, for example: "
        f"iconv -f {kind} -t UTF-8 {path.name}"
    )
