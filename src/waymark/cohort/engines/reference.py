"""The oracle: plain Python, one course after the other."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import astuple
from pathlib import Path
from typing import TypeVar

import duckdb

from waymark.cohort.engine import NHS_COUNTS, Counts, Ending
from waymark.cohort.engines.csv_file import quoted
from waymark.cohort.engines.source import (
    Source,
    asking,
    left_out,
    open_source,
    reading,
    rules_sql,
    shaped,
)
from waymark.cohort.extract import LAST_SESSION, OPTIONAL, Rules, ScoreRow
from waymark.cohort.facts import Facts, facts_of
from waymark.cohort.measure import Measure, Share
from waymark.cohort.measures import MEASURES
from waymark.cohort.refit import followed, refitted
from waymark.cohort.rows import Scored, scored
from waymark.progress.change.nhs import Pair, outcome

K = TypeVar("K", bound=Hashable)
DEPRESSION, ANXIETY = "phq-9", "gad-7"


class Reference:
    """Counts by reading every row into Python."""

    id = "reference"

    def count(
        self, path: Path, *, rules: Mapping[str, Rules], by: str = "", rows: Path | None = None
    ) -> Counts:
        """Count course by course with the functions that judge one person: see `Engine.count`."""
        with reading(path) as con:
            source = open_source(con, path, by=by)
            total, lost = left_out(asking(con), source, rules)
            query = (
                f"WITH s AS ({shaped(source, extra=OPTIONAL)}), rules AS ({rules_sql(rules)}) "
                "SELECT CAST(client AS VARCHAR), instrument, session, score, site, part, status "
                "FROM s JOIN rules USING (instrument) WHERE client IS NOT NULL AND "
                f"trim(CAST(client AS VARCHAR)) <> '' AND session BETWEEN 1 AND {LAST_SESSION} "
                "AND score BETWEEN low AND high"
            )
            held = [ScoreRow(*one) for one in con.execute(query).fetchall()]
            facts = facts_of(held, rules=rules)
            courses = refitted(facts, rules)
            if rows is not None:
                _write(con, scored(held, rules=rules, courses=courses), source, rows)
        facts = [followed(one, courses, rules) for one in facts]
        found = counted(facts, by=by, rows=total, left_out=lost)
        found.expected = courses
        return found


def _write(
    con: duckdb.DuckDBPyConnection, found: Sequence[Scored], source: Source, path: Path
) -> None:
    """The scores as a Parquet file."""
    con.execute(
        "CREATE TEMP TABLE scored (client VARCHAR, instrument VARCHAR, session BIGINT, "
        "score DOUBLE, change DOUBLE, reliable VARCHAR, sudden_gain BOOLEAN, "
        "track VARCHAR)"
    )
    if found:
        con.executemany("INSERT INTO scored VALUES (?, ?, ?, ?, ?, ?, ?, ?)", map(astuple, found))
    query = f"SELECT * REPLACE ({source.client} AS client) FROM scored"
    con.execute(f"COPY ({query}) TO {quoted(str(path))} (FORMAT parquet)")


def counted(facts: Sequence[Facts], *, by: str, rows: int, left_out: Mapping[str, int]) -> Counts:
    """The counts of these courses."""
    found = Counts(rows=rows, left_out=dict(left_out))
    for measure in MEASURES.values():
        found.shares[measure.id] = _shares(
            measure, facts, lambda one: (one.instrument, _group(one, by))
        )
        if by:
            found.bands[measure.id] = _shares(
                measure, facts, lambda one: (one.instrument, _group(one, by), one.band)
            )
    for one in facts:
        held = found.endings.setdefault(one.instrument, {})
        ending = Ending(one.reached, one.ended, one.status == "open")
        held[ending] = held.get(ending, 0) + 1
    found.nhs = nhs_counts(facts, by=by)
    return found


def _shares(
    measure: Measure, facts: Sequence[Facts], key_of: Callable[[Facts], K]
) -> dict[K, Share]:
    of, hits = Counter[K](), Counter[K]()
    for one in facts:
        if measure.of(one):
            of[key_of(one)] += 1
            hits[key_of(one)] += measure.holds(one)
    return {key: Share(hits[key], of[key]) for key in of}


def _group(one: Facts, by: str) -> str:
    return getattr(one, by) if by else ""


def nhs_counts(facts: Iterable[Facts], *, by: str) -> dict[str, dict[str, int]]:
    """The official counts of clients with both measures, by the group of the PHQ-9 course."""
    courses: dict[str, dict[str, Facts]] = {}
    for one in facts:
        if one.instrument in {DEPRESSION, ANXIETY}:
            courses.setdefault(one.client, {})[one.instrument] = one
    found: dict[str, dict[str, int]] = {}
    for held in courses.values():
        if len(held) == 2:
            group = found.setdefault(_group(held[DEPRESSION], by), dict.fromkeys(NHS_COUNTS, 0))
            _add(group, held[DEPRESSION], held[ANXIETY])
    return found


def _add(group: dict[str, int], phq: Facts, gad: Facts) -> None:
    group["finished"] += 1
    if not (phq.paired and gad.paired):
        return
    flags = outcome(Pair(phq.first, phq.last), Pair(gad.first, gad.last))
    group["paired"] += 1
    group["not_at_caseness"] += not flags.caseness_start
    group["recovery"] += flags.recovery
    group["reliable_recovery"] += flags.reliable_recovery
    group["improvement"] += flags.reliable_improvement
    group["deterioration"] += flags.reliable_deterioration
    group["no_reliable_change"] += flags.no_reliable_change
