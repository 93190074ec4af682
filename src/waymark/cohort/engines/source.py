"""An extract in a file, as DuckDB reads it: its columns checked, its rows in one shape."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from glob import escape
from pathlib import Path
from typing import Any

import duckdb

from waymark.cohort.engine import Unusable
from waymark.cohort.engines.csv_file import (
    as_words,
    check_csv,
    named,
    quoted,
    reader,
    what_is_wrong,
    whole_sessions,
)
from waymark.cohort.extract import COLUMNS, LAST_SESSION, MISSING, OPTIONAL, STATUSES, Rules

WHOLE = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT")
NUMBERS = (*WHOLE, "FLOAT", "DOUBLE", "HUGEINT")
DAYS = (
    "DATE", "TIMESTAMP", "TIMESTAMP WITH TIME ZONE", "TIMESTAMP_NS", "TIMESTAMP_MS", "TIMESTAMP_S"
)  # fmt: skip
NOT_COUNTED = "instrument not counted here"
REASONS = {
    "no client": "client IS NULL OR trim(CAST(client AS VARCHAR)) = ''",
    "no score": "score IS NULL",
    "no session": "session IS NULL OR session < 1",
    "session beyond 10,000": f"session > {LAST_SESSION}",
    NOT_COUNTED: "reliable IS NULL",
    "score off the scale": "score < low OR score > high",
}


@dataclass(frozen=True, slots=True)
class Source:
    """One file: how to select from it, its columns by name in lower case, and their types."""

    path: Path
    select: str
    types: Mapping[str, str]

    def has(self, name: str) -> bool:
        """Whether the extract has a column of this name."""
        return name in self.types

    @property
    def is_parquet(self) -> bool:
        """Whether the file is Parquet, by its name."""
        return self.path.suffix.lower() == ".parquet"

    @property
    def clustered_by_number(self) -> bool:
        """Whether clients are whole numbers, so that their order can be seen while reading."""
        return self.types["client"] in WHOLE

    @property
    def whole_clients(self) -> bool:
        """Whether every client fits a whole number of 64 bits; else they are written as words."""
        return self.clustered_by_number and self.types["client"] != "UBIGINT"

    @property
    def client(self) -> str:
        """The client as it is written of each row."""
        return f"CAST(client AS {'BIGINT' if self.whole_clients else 'VARCHAR'})"


@contextmanager
def reading(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection; what DuckDB cannot read on the way is told in one line as ``Unusable``."""
    try:
        with duckdb.connect() as con:
            yield con
    except duckdb.Error as problem:
        told = what_is_wrong(path, problem) or f"{path} cannot be read: {_first_line(problem)}"
        raise Unusable(told) from problem


def open_source(con: duckdb.DuckDBPyConnection, path: Path, *, by: str) -> Source:
    """The file's columns, ``by`` one of which groups are compared (or not). ``Unusable`` names a
    missing file, column or wrong type."""
    parquet = kind_of(path) == ".parquet"
    select = f"read_parquet({quoted(escape(str(path)))})" if parquet else reader(path)
    types = _types(con, select)
    if not parquet:
        select = as_words(select, types)
        types = _types(con, select)
        check_csv(con, path, select, types)
        select = whole_sessions(select, types)
        types = _types(con, select)
    check(path, types)
    return with_groups(Source(path, select, types), by)


def _types(con: duckdb.DuckDBPyConnection, select: str) -> dict[str, str]:
    described = con.execute(f"DESCRIBE SELECT * FROM {select}").fetchall()
    return {str(name).lower(): _kind(str(kind)) for name, kind, *_ in described}


def _kind(told: str) -> str:
    """A type without its width: DECIMAL of DECIMAL(4,1), and of a list the whole."""
    return told if told.endswith("]") else told.split("(")[0]


def kind_of(path: Path) -> str:
    """How the name of the file ends; ``Unusable`` where there is no file, or of another kind."""
    if not path.is_file():
        raise Unusable(f"{path} does not exist.")
    kind = path.suffix.lower()
    if kind not in {".parquet", ".csv", ".tsv"}:
        raise Unusable(f"{path}: give a Parquet or a CSV file, named .parquet or .csv.")
    return kind


def check(path: Path, types: Mapping[str, str]) -> None:
    """``Unusable`` names a column that is missing, or that holds what cannot be counted."""
    needed = [name for name in COLUMNS if name != "session" or "date" not in types]
    missing = [name for name in needed if name not in types]
    if missing:
        raise Unusable(
            f"{path} has no column {' and no column '.join(missing)}. "
            f"Needed: {', '.join(COLUMNS)} (or date in place of session); "
            f"found: {', '.join(types)}."
        )
    if types["instrument"] != "VARCHAR":
        raise Unusable(f"{path}: instrument must be a name; it is {types['instrument']}.")
    loose = path.suffix.lower() != ".parquet" and types["score"] == "VARCHAR"
    if types["score"] not in NUMBERS and types["score"] != "DECIMAL" and not loose:
        raise Unusable(f"{path}: score must be a number; it is {types['score']}.")
    if "session" in types and types["session"] not in WHOLE:
        raise Unusable(f"{path}: session must be a whole number; it is {types['session']}.")
    days = (*DAYS, "VARCHAR") if path.suffix.lower() != ".parquet" else DAYS
    if "session" not in types and types["date"] not in days:
        raise Unusable(f"{path}: date must be a date; it is {types['date']}.")


def with_groups(source: Source, by: str) -> Source:
    """The source; ``Unusable`` where groups are asked for, and the file does not hold them."""
    if by and not source.has(by):
        raise Unusable(f"{source.path} has no column {by}, by which groups would be compared.")
    return source


def shaped(source: Source, *, extra: Iterable[str] = ()) -> str:
    """SELECT of client, instrument, session, score, and the optional columns named."""
    if source.has("session"):
        session = "session"
    else:
        date = "TRY_CAST(date AS TIMESTAMP)" if source.types["date"] == "VARCHAR" else "date"
        ranked = f"dense_rank() OVER (PARTITION BY client, instrument ORDER BY {date} NULLS LAST)"
        session = f"CASE WHEN date IS NOT NULL THEN {ranked} END"
    optional = "".join(f", {_optional(source, name)} AS {name}" for name in extra)
    return (
        f"SELECT client, lower(trim(instrument)) AS instrument, {session} AS session, "
        f"{_score(source.types['score'])} AS score{optional} "
        f"FROM {source.select}"
    )


def _score(kind: str) -> str:
    """Text that is no number, and a number that is none, are no score."""
    if kind == "VARCHAR":  # of the text as it stands: DuckDB would turn the file's column itself
        plain = "TRY_CAST(nullif(lower(trim(score)), 'nan') AS DOUBLE)"
        return f"CASE WHEN strpos(score, '_') = 0 THEN {plain} END"  # 1_0 is no number to people
    return "CASE WHEN NOT isnan(score) THEN score END" if kind in {"FLOAT", "DOUBLE"} else "score"


def _optional(source: Source, name: str) -> str:
    if name not in OPTIONAL or not source.has(name):
        return f"'{MISSING}'"
    held = f"coalesce(nullif(trim(CAST({name} AS VARCHAR)), ''), '{MISSING}')"
    if name != "status":
        return held
    known = ", ".join(f"'{one}'" for one in STATUSES)
    return f"CASE WHEN lower({held}) IN ({known}) THEN lower({held}) ELSE '{MISSING}' END"


def rules_sql(rules: Mapping[str, Rules]) -> str:
    """The rules as a relation, in the SQL that DuckDB and Spark share."""
    lines = ", ".join(
        f"('{one.instrument}', {_number(one.reliable)}, {_number(one.case)}, "
        f"{_number(one.remission)}, {one.sign}, {_number(one.low)}, {_number(one.high)})"
        for one in rules.values()
    )
    return (
        "SELECT * FROM (VALUES "
        f"{lines}) AS r(instrument, reliable, case_line, remission, sign, low, high)"
    )


def _number(value: float | None) -> str:
    return "CAST(NULL AS DOUBLE)" if value is None else f"CAST({value!r} AS DOUBLE)"


def left_out(
    ask: Callable[[str], Iterable[Sequence[Any]]], source: Source, rules: Mapping[str, Rules]
) -> tuple[int, dict[str, int]]:
    """How many rows there are, and how many cannot be used, each by its first reason. ``ask``
    answers SQL."""
    cases = " ".join(f"WHEN {test} THEN '{reason}'" for reason, test in REASONS.items())
    query = (
        f"WITH scores AS ({shaped(source)}), rules AS ({rules_sql(rules)}) "
        f"SELECT CASE {cases} END AS why, count(*) AS n "
        "FROM scores LEFT JOIN rules USING (instrument) GROUP BY 1"
    )
    found = {why: int(n) for why, n in ask(query)}
    return sum(found.values()), {why: n for why, n in found.items() if why is not None}


NAMES_TOLD, CUT = 5, 40


def unknown(path: Path, column: str, *, known: Iterable[str], fewest: int = 1) -> tuple[str, ...]:
    """The commonest words of a column, such as ``status``, that are none of those known: each once,
    in small letters and cut short, at most five. What fewer than ``fewest`` rows hold is not told
    word by word: it may be a sentence about somebody."""
    with reading(path) as con:
        parquet = path.suffix.lower() == ".parquet"
        select = f"read_parquet({quoted(escape(str(path)))})"
        select = select if parquet else reader(path, types="all_varchar = true")
        if column not in _types(con, select):
            return ()
        rows = con.execute(
            "SELECT word, count(*) FROM (SELECT left(lower(trim(CAST("
            f"given.{named(column)} AS VARCHAR))), {CUT}) AS word FROM {select} AS given) AS words "
            f"WHERE word <> '' AND word NOT IN ({', '.join(map(quoted, known))}) "
            f"GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT {NAMES_TOLD}"
        ).fetchall()
    told = (str(word) if n >= fewest else f"words in fewer than {fewest} rows" for word, n in rows)
    return tuple(dict.fromkeys(told))


def asking(con: duckdb.DuckDBPyConnection) -> Callable[[str], list[tuple[Any, ...]]]:
    """All rows of the answer to a query."""
    return lambda query: con.execute(query).fetchall()


def _first_line(problem: Exception) -> str:
    return str(problem).strip().splitlines()[0]
