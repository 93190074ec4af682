"""DuckDB: the general engine inside the process, and the definition in SQL."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb

from waymark.cohort.engine import NHS_COUNTS, Counts, Ending
from waymark.cohort.engines.source import left_out, open_source, quoted, shaped
from waymark.cohort.engines.sql import ENDINGS, facts_sql, nhs_sql, rows_sql, shares_sql
from waymark.cohort.extract import OPTIONAL, Rules
from waymark.cohort.measure import Share
from waymark.cohort.measures import MEASURES

Rows = Iterable[Sequence[Any]]


class Duck:
    """Counts by SQL."""

    id = "duckdb"

    def count(
        self, path: Path, *, rules: Mapping[str, Rules], by: str = "", rows: Path | None = None
    ) -> Counts:
        with duckdb.connect() as con:
            source = open_source(con, path)
            total, lost = left_out(con, source, rules)
            text = facts_sql(rules, shaped(source, extra=OPTIONAL))
            con.execute(f"CREATE TEMP TABLE facts AS {text}")
            if rows is not None:
                query = rows_sql(rules, shaped(source, extra=OPTIONAL), client=source.client)
                con.execute(f"COPY ({query}) TO {quoted(str(rows))} (FORMAT parquet)")
            return gathered(lambda query: con.execute(query).fetchall(), by, total, lost)


def gathered(ask: Callable[[str], Rows], by: str, rows: int, left_out: Mapping[str, int]) -> Counts:
    """The counts from whatever answers SQL over `facts`."""
    found = Counts(rows=rows, left_out=dict(left_out))
    found.shares = {id: {} for id in MEASURES}
    for instrument, group, *numbers in ask(shares_sql(by=by)):
        for place, id in enumerate(MEASURES):
            of, hits = int(numbers[2 * place]), int(numbers[2 * place + 1])
            if of:
                found.shares[id][str(instrument), str(group)] = Share(hits, of)
    for instrument, reached, ended, still_open, courses in ask(ENDINGS):
        held = found.endings.setdefault(str(instrument), {})
        held[Ending(int(reached), int(ended), bool(still_open))] = int(courses)
    for group, *numbers in ask(nhs_sql(by=by)):
        counts = zip(NHS_COUNTS, (int(one) for one in numbers), strict=True)
        found.nhs[str(group)] = dict(counts)
    return found
