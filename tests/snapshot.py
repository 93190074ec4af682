"""The rows of a cast, kept once a process and put back for each test that asks for them.

To make a clinic through its actions takes as long as most tests that look at it. Whatever the first
test of a process made is read from the tables as it stands, and the next ones begin with the same
rows and the same people: ids, keys and codes are those of the first.
"""

from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import connections, transaction

from waymark.record.tenancy.row_security import across_clinics

DATABASES = ("default", "keyring")
Made = TypeVar("Made")
Rows = dict[tuple[str, str], list[Any]]
"""By database and table: rows as the database wrote them."""


@dataclass
class Snapshot(Generic[Made]):
    """What ``make`` made, once; every test is handed a copy of its own."""

    make: Callable[[], Made]
    made: Made | None = None
    rows: Rows | None = None

    def __call__(self) -> Made:
        """In a test whose changes are rolled back. Others make their own: their rows are real."""
        if not all(connections[one].in_atomic_block for one in DATABASES):
            return self.make()
        if self.rows is None or self.made is None:
            before, made = _held(), self.make()
            self.rows, self.made = _beyond(before, _held()), deepcopy(made)
            return made
        _put(self.rows)
        return deepcopy(self.made)


def _held() -> Rows:
    with across_clinics():
        return {(using, table): rows for using, table, rows in _read()}


def _read() -> Iterator[tuple[str, str, list[Any]]]:
    for using in DATABASES:
        with connections[using].cursor() as cursor:
            for table in sorted(connections[using].introspection.table_names(cursor)):
                cursor.execute(_reading(using, table))
                yield using, table, [row if _is_sqlite(using) else row[0] for row in cursor]


def _beyond(before: Rows, after: Rows) -> Rows:
    """The rows that came; none is changed or gone, for a cast begins in empty tables."""
    gone = {
        where: [row for row in rows if row not in after[where]] for where, rows in before.items()
    }
    assert not any(gone.values()), f"making it changed rows that stood before: {gone}"
    found = {
        where: [row for row in rows if row not in before[where]] for where, rows in after.items()
    }
    return {where: rows for where, rows in found.items() if rows}


def _put(rows: Rows) -> None:
    """Every table at once: keys from one to another are looked at when all of them are there."""
    with across_clinics():
        for (using, table), held in rows.items():
            with transaction.atomic(using=using), connections[using].cursor() as cursor:
                _write(cursor, using, table, held)


def _write(cursor: Any, using: str, table: str, rows: list[Any]) -> None:
    if _is_sqlite(using):
        places = ", ".join(["%s"] * len(rows[0]))
        cursor.executemany(f"INSERT INTO {_quoted(using, table)} VALUES ({places})", rows)
    else:
        name = _quoted(using, table)
        cursor.execute(
            f"INSERT INTO {name} SELECT (one::{name}).* FROM unnest(%s::text[]) AS one", [rows]
        )


def _reading(using: str, table: str) -> str:
    """PostgreSQL's own text of a row is read back by it to the last bit; SQLite's are values."""
    name = _quoted(using, table)
    return f"SELECT * FROM {name}" if _is_sqlite(using) else f"SELECT one::text FROM {name} AS one"


def _quoted(using: str, table: str) -> str:
    return connections[using].ops.quote_name(table)


def _is_sqlite(using: str) -> bool:
    return connections[using].vendor == "sqlite"
