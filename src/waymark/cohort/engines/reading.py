"""Blocks of whole clients as arrays, from a file as it lies or from a table put in order."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from waymark.cohort.engine import Unusable
from waymark.cohort.engines.source import Source, shaped
from waymark.cohort.engines.sql import scores_sql
from waymark.cohort.extract import OPTIONAL, STATUSES, Rules

MOST_GROUPS = 10_000

AT_ONCE = 4
"""Blocks that one query reads: each looks at the footer of the whole file."""

Tick = Callable[[int, int], None]
Rows = dict[str, NDArray[Any]]


class OutOfOrder(Exception):
    """The rows do not stand by client with sessions rising."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A relation, the column that numbers its rows, its groups, and how many rows it has.

    ``named``: the rows hold a number in place of the client, and the client as ``name``.
    """

    relation: str
    number: str
    groups: tuple[str, ...]
    total: int
    status: bool
    named: bool = False


def blocks(read: Reading, parts: Iterable[Rows], tick: Tick | None) -> Iterator[Rows]:
    """Blocks of whole clients: the last client of a part waits for the next one."""
    kept: Rows | None = None
    done = 0
    for part in parts:
        rows = _plain(part)
        done += len(rows["client"])
        if kept is not None:
            rows = {name: np.concatenate([kept[name], rows[name]]) for name in rows}
        client = rows["client"]
        if (client[1:] < client[:-1]).any():
            raise OutOfOrder
        cut = len(client) if done >= read.total else int(np.searchsorted(client, client[-1]))
        kept = {name: values[cut:] for name, values in rows.items()}
        if tick is not None:
            tick(done, read.total)
        yield {name: values[:cut] for name, values in rows.items()}


def by_number(
    con: duckdb.DuckDBPyConnection, read: Reading, *, rules: Mapping[str, Rules], by: str, size: int
) -> Iterator[Rows]:
    """So many rows at a time, as DuckDB has them; several times as many are asked for at once."""
    wanted = _columns(rules, by, read.groups, status_known=read.status)
    for low in range(0, read.total, size * AT_ONCE):
        query = (
            f"SELECT {wanted} FROM {read.relation} WHERE {read.number} >= {low} "
            f"AND {read.number} < {low + size * AT_ONCE}"
        )
        found = con.execute(query).fetchnumpy()
        rows = {name.lower(): values for name, values in found.items()}  # as the file has them
        for start in range(0, len(rows["client"]), size):
            yield {name: values[start : start + size] for name, values in rows.items()}


def _plain(columns: Mapping[str, Any]) -> Rows:
    """Nulls become -1 in whole columns, and no number in scores; no client is out of order."""
    found: Rows = {}
    for name, values in columns.items():
        if isinstance(values, np.ma.MaskedArray) and values.mask.any():
            if name == "client":
                raise OutOfOrder
            values = _filled(values.data, values.mask, np.nan if name == "score" else -1)
        if values.dtype == np.float32:
            values = values.astype(np.float64)  # so that every engine subtracts alike
        found[name] = np.asarray(values)
    return found


def _filled(values: NDArray[Any], missing: Any, with_: float) -> NDArray[Any]:
    """Unsigned whole numbers are widened first: they hold nothing below 0."""
    held = values.astype(np.int64) if values.dtype.kind == "u" else values
    return np.where(missing, with_, held)


def _columns(
    rules: Mapping[str, Rules], by: str, groups: tuple[str, ...], *, status_known: bool
) -> str:
    """Numbers alone, and of them what is there: -1 is an instrument that is not counted."""
    codes = " ".join(f"WHEN '{name}' THEN {place}" for place, name in enumerate(rules))
    status = " ".join(f"WHEN '{one}' THEN {place}" for place, one in enumerate(STATUSES))
    listed = ", ".join("'" + one.replace("'", "''") + "'" for one in groups)
    wanted = [
        "client",
        "session",
        f"CAST(CASE instrument {codes} ELSE -1 END AS TINYINT) AS instrument",
        "score",
    ]
    if by:
        wanted.append(f"CAST(list_position([{listed}], {by}) - 1 AS INTEGER) AS grp")
    if status_known:
        wanted.append(f"CAST(CASE status {status} ELSE -1 END AS TINYINT) AS status")
    return ", ".join(wanted)


def in_place(con: duckdb.DuckDBPyConnection, source: Source, by: str) -> Reading:
    """The file as it lies, if it can be read by row number."""
    if not (source.is_parquet and source.clustered_by_number and source.has("session")):
        raise OutOfOrder
    numbered = source.select[:-1] + ", file_row_number = true)"
    inner = shaped(source, extra=OPTIONAL).replace(source.select, numbered)
    inner = inner.replace("SELECT ", "SELECT file_row_number, ", 1)
    (total,) = con.execute(f"SELECT count(*) FROM {source.select}").fetchone() or (0,)
    return Reading(
        f"({inner})",
        "file_row_number",
        _groups(con, f"({inner})", by),
        int(total),
        source.has("status"),
    )


def put_in_order(
    con: duckdb.DuckDBPyConnection, source: Source, rules: Mapping[str, Rules], by: str
) -> Reading:
    """A table of scores by client, instrument and session; a client of any type gets a number."""
    scores = scores_sql(rules, shaped(source, extra=OPTIONAL))
    con.execute(
        "CREATE TEMP TABLE ordered AS SELECT dense_rank() OVER (ORDER BY client) AS client, "
        f"{source.client} AS name, instrument, session, score, site, part, status "
        f"FROM ({scores}) ORDER BY 1, instrument, session"
    )
    (total,) = con.execute("SELECT count(*) FROM ordered").fetchone() or (0,)
    groups = _groups(con, "ordered", by)
    return Reading("ordered", "rowid", groups, int(total), source.has("status"), named=True)


def names_of(
    con: duckdb.DuckDBPyConnection, read: Reading, source: Source, client: NDArray[Any]
) -> NDArray[Any] | Sequence[str]:
    """Clients as the extract names them; ``client`` rises, one value each."""
    held = client
    if read.named:
        query = (
            "SELECT DISTINCT client, name FROM ordered "
            f"WHERE client BETWEEN {int(client[0])} AND {int(client[-1])} ORDER BY client"
        )
        held = np.asarray(con.execute(query).fetchnumpy()["name"])[client - client[0]]
    return held if source.whole_clients else [str(one) for one in held]


def _groups(con: duckdb.DuckDBPyConnection, relation: str, by: str) -> tuple[str, ...]:
    if not by:
        return ("",)
    return few(con.execute(f"SELECT DISTINCT {by} FROM {relation} ORDER BY 1").fetchall(), by)


def few(found: Sequence[Sequence[Any]], by: str) -> tuple[str, ...]:
    """The names of the groups; ``Unusable`` where there are too many to compare."""
    if len(found) > MOST_GROUPS:
        raise Unusable(f"{by} has {len(found)} values; at most {MOST_GROUPS} can be compared.")
    return tuple(str(one) for (one,) in found)
