"""DuckDB: the general engine inside the process, and the definition in SQL."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from waymark.cohort.engine import NHS_COUNTS, BandKey, Counts, Ending
from waymark.cohort.engines.csv_file import quoted
from waymark.cohort.engines.source import asking, left_out, open_source, reading, shaped
from waymark.cohort.engines.sql import ENDINGS, TABLES, facts_sql, nhs_sql, rows_sql, shares_sql
from waymark.cohort.extract import OPTIONAL, Rules
from waymark.cohort.measure import Share
from waymark.cohort.measures import MEASURES
from waymark.cohort.refit import NUMBERS, Refit, Table, refit

Rows = Iterable[Sequence[Any]]


class Duck:
    """Counts by SQL."""

    id = "duckdb"

    def count(
        self, path: Path, *, rules: Mapping[str, Rules], by: str = "", rows: Path | None = None
    ) -> Counts:
        """Count by SQL in DuckDB: see `Engine.count`."""
        with reading(path) as con:
            source = open_source(con, path, by=by)
            total, lost = left_out(asking(con), source, rules)
            text = facts_sql(rules, shaped(source, extra=OPTIONAL))
            con.execute(f"CREATE TEMP TABLE facts AS {text}")
            found = gathered(
                asking(con),
                Counts(rows=total, left_out=lost),
                rules=rules,
                by=by,
            )
            if rows is not None:
                query = rows_sql(rules, source, found.expected)
                con.execute(f"COPY ({query}) TO {quoted(str(rows))} (FORMAT parquet)")
            return found


def gathered(
    ask: Callable[[str], Rows], found: Counts, *, rules: Mapping[str, Rules], by: str
) -> Counts:
    """The counts from whatever answers SQL over `facts`."""
    found.expected = _refits(ask(TABLES), rules)
    found.shares = {id: {} for id in MEASURES}
    found.bands = {id: {} for id in MEASURES if by}
    for instrument, group, band, *numbers in ask(shares_sql(rules, found.expected, by=by)):
        for place, id in enumerate(MEASURES):
            of, hits = int(numbers[2 * place]), int(numbers[2 * place + 1])
            if of:
                _add(found, id, (str(instrument), str(group), int(band)), Share(hits, of))
    for instrument, reached, ended, still_open, courses in ask(ENDINGS):
        held = found.endings.setdefault(str(instrument), {})
        held[Ending(int(reached), int(ended), bool(still_open))] = int(courses)
    for group, *numbers in ask(nhs_sql(by=by)):
        counts = zip(NHS_COUNTS, (int(one) for one in numbers), strict=True)
        found.nhs[str(group)] = dict(counts)
    return found


def _add(found: Counts, id: str, key: BandKey, share: Share) -> None:
    """A share of one band, to its group and, where groups are compared, for itself."""
    held = found.shares[id].get(key[:2], Share(0, 0))
    found.shares[id][key[:2]] = held + share
    if found.bands:
        found.bands[id][key] = share


def _refits(rows: Rows, rules: Mapping[str, Rules]) -> dict[str, Refit]:
    """The course of every instrument, fitted from the table that the data gave."""
    held: dict[str, list[Sequence[Any]]] = {instrument: [] for instrument in rules}
    for instrument, *line in rows:
        held.setdefault(str(instrument), []).append(line)
    found = {}
    for instrument, lines in held.items():
        lines.sort(key=lambda line: int(line[0]))
        pattern = np.array([int(line[0]) for line in lines], dtype=np.int64)
        sums = np.array([[float(one) for one in line[1:]] for line in lines])
        found[instrument] = refit(instrument, Table(pattern, sums.reshape(-1, NUMBERS)))
    return found
