"""The fast engine: NumPy over blocks that DuckDB reads, one pass, memory bounded by the block.

Rows that stand by client (a whole number, rising) with sessions rising are counted as they come.
Others are put in order first, in DuckDB, which may spill to disk.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from waymark.cohort.engine import NHS_COUNTS, Counts, Ending, Unusable
from waymark.cohort.engines.ends import Ends
from waymark.cohort.engines.kernels import Block, columns_of, table_by_pattern
from waymark.cohort.engines.source import Source, asking, left_out, open_source, reading, shaped
from waymark.cohort.engines.sql import scores_sql
from waymark.cohort.extract import MOST_BANDS, OPTIONAL, STATUSES, Rules
from waymark.cohort.measure import Columns, Share
from waymark.cohort.measures import MEASURES
from waymark.cohort.refit import LONGEST, NUMBERS, Refit, Table, merged, refit

BLOCK = 2_000_000
"""Rows read at a time: some 60 MB."""

MOST_GROUPS = 10_000
NO_TABLE = Table(np.zeros(0, dtype=np.int64), np.zeros((0, NUMBERS)))
OPEN = 2

Tick = Callable[[int, int], None]
Rows = dict[str, NDArray[Any]]


class _OutOfOrder(Exception):
    """The rows do not stand by client with sessions rising."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """A relation, the column that numbers its rows, its groups, and how many rows it has."""

    relation: str
    number: str
    groups: tuple[str, ...]
    total: int
    status: bool


class Fused:
    """Counts in one pass. ``tick`` is told how many rows are done, of how many."""

    id = "fused"

    def __init__(self, *, block: int = BLOCK, tick: Tick | None = None, threads: int = 1) -> None:
        self.block, self.tick, self.threads = block, tick, threads

    def count(self, path: Path, *, rules: Mapping[str, Rules], by: str = "") -> Counts:
        with reading(path) as con:
            con.execute(f"SET threads TO {self.threads}")
            source = open_source(con, path)
            try:
                return self._pass(con, _in_place(con, source, by), rules, by)
            except _OutOfOrder:
                rows, lost = left_out(asking(con), source, rules)
                found = self._pass(con, _put_in_order(con, source, rules, by), rules, by)
                return replace(found, rows=rows, left_out=lost)

    def _pass(
        self, con: duckdb.DuckDBPyConnection, read: _Reading, rules: Mapping[str, Rules], by: str
    ) -> Counts:
        held = Tally(list(rules.values()), read.groups)
        for rows in self._clients(con, read, rules, by):
            held.add(rows)
        return held.counts(rows=read.total, by=by)

    def _clients(
        self, con: duckdb.DuckDBPyConnection, read: _Reading, rules: Mapping[str, Rules], by: str
    ) -> Iterator[Rows]:
        """Blocks of whole clients: the last client of a block waits for the next one."""
        wanted = _columns(rules, by, read.groups, status_known=read.status)
        kept, newest = None, None
        for low in range(0, read.total, self.block):
            query = (
                f"SELECT {wanted} FROM {read.relation} WHERE {read.number} >= {low} "
                f"AND {read.number} < {low + self.block}"
            )
            rows = _plain(con.execute(query).fetchnumpy())
            if kept is not None:
                rows = {name: np.concatenate([kept[name], rows[name]]) for name in rows}
            client = rows["client"]
            if len(client) and (
                (client[1:] < client[:-1]).any() or client[0] < (newest or client[0])
            ):
                raise _OutOfOrder
            last = low + self.block >= read.total
            cut = len(client) if last else int(np.searchsorted(client, client[-1]))
            kept = {name: values[cut:] for name, values in rows.items()}
            newest = client[-1] if len(client) else newest
            if self.tick is not None:
                self.tick(min(low + self.block, read.total), read.total)
            yield {name: values[:cut] for name, values in rows.items()}


def _plain(columns: Mapping[str, Any]) -> Rows:
    """Nulls become -1 in whole columns, and no number in scores."""
    found: Rows = {}
    for name, values in columns.items():
        if isinstance(values, np.ma.MaskedArray) and values.mask.any():
            values = np.where(values.mask, np.nan if name == "score" else -1, values.data)
        found[name] = np.asarray(values)
    if found["score"].dtype.kind in "iu":
        found["score"] = found["score"].astype(np.int16, casting="same_kind", copy=False)
    return found


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


def _in_place(con: duckdb.DuckDBPyConnection, source: Source, by: str) -> _Reading:
    """The file as it lies, if it can be read by row number."""
    if not (source.is_parquet and source.clustered_by_number and source.has("session")):
        raise _OutOfOrder
    numbered = source.select[:-1] + ", file_row_number = true)"
    inner = shaped(source, extra=OPTIONAL).replace(source.select, numbered)
    inner = inner.replace("SELECT ", "SELECT file_row_number, ", 1)
    (total,) = con.execute(f"SELECT count(*) FROM {source.select}").fetchone() or (0,)
    return _Reading(
        f"({inner})",
        "file_row_number",
        _groups(con, f"({inner})", by),
        int(total),
        source.has("status"),
    )


def _put_in_order(
    con: duckdb.DuckDBPyConnection, source: Source, rules: Mapping[str, Rules], by: str
) -> _Reading:
    """A table of scores by client, instrument and session; a client of any type gets a number."""
    scores = scores_sql(rules, shaped(source, extra=OPTIONAL))
    con.execute(
        "CREATE TEMP TABLE ordered AS SELECT dense_rank() OVER (ORDER BY client) AS client, "
        "instrument, session, score, site, part, status "
        f"FROM ({scores}) ORDER BY 1, instrument, session"
    )
    (total,) = con.execute("SELECT count(*) FROM ordered").fetchone() or (0,)
    return _Reading(
        "ordered", "rowid", _groups(con, "ordered", by), int(total), source.has("status")
    )


def _groups(con: duckdb.DuckDBPyConnection, relation: str, by: str) -> tuple[str, ...]:
    if not by:
        return ("",)
    return few(con.execute(f"SELECT DISTINCT {by} FROM {relation} ORDER BY 1").fetchall(), by)


def few(found: Sequence[Sequence[Any]], by: str) -> tuple[str, ...]:
    """The names of the groups; ``Unusable`` where there are too many to compare."""
    if len(found) > MOST_GROUPS:
        raise Unusable(f"{by} has {len(found)} values; at most {MOST_GROUPS} can be compared.")
    return tuple(str(one) for (one,) in found)


@dataclass(slots=True)
class _Courses:
    """One instrument's courses of a block: facts, and who and where they are."""

    columns: Columns
    client: NDArray[Any]
    group: NDArray[Any]
    status: NDArray[Any]
    table: Table


@dataclass(slots=True)
class Tally:
    """Counts on their way. ``shares`` hold hits and all by group and band of the first score."""

    rules: list[Rules]
    groups: tuple[str, ...]
    shares: dict[tuple[str, str], NDArray[Any]] = field(default_factory=dict)
    tables: dict[str, Table] = field(default_factory=dict)
    ends: dict[str, Ends] = field(default_factory=dict)
    endings: dict[str, dict[tuple[int, int, bool], int]] = field(default_factory=dict)
    nhs: NDArray[Any] | None = None
    lost: dict[str, int] = field(default_factory=dict)

    def add(self, rows: Rows) -> None:
        """A block of whole clients."""
        if not len(rows["score"]):
            return
        rows = self._complete(rows)
        found: dict[str, _Courses] = {}
        there = np.bincount(rows["instrument"].astype(np.int16) + 1, minlength=len(self.rules) + 1)
        self._lose("instrument not counted here", int(there[0]))
        for place, rules in enumerate(self.rules):
            if there[place + 1]:
                courses = self._courses(rows, np.flatnonzero(rows["instrument"] == place), rules)
                if courses is not None:
                    found[rules.instrument] = courses
        for name, held in found.items():
            self._count(name, held)
        if {"phq-9", "gad-7"} <= set(found):
            self._count_nhs(found["phq-9"], found["gad-7"])

    def merge(self, other: "Tally") -> None:
        """What another part of the clients added up; both have the same groups."""
        for key, counted in other.shares.items():
            self.shares[key] = self.shares.get(key, 0) + counted
        for name, table in other.tables.items():
            self.tables[name] = merged([self.tables.get(name, NO_TABLE), table])
        for name, ends in other.ends.items():
            self.ends.setdefault(name, Ends()).merge(ends)
        for name, endings in other.endings.items():
            held = self.endings.setdefault(name, {})
            for ending, n in endings.items():
                held[ending] = held.get(ending, 0) + n
        if other.nhs is not None:
            self.nhs = other.nhs if self.nhs is None else self.nhs + other.nhs

    def _complete(self, rows: Rows) -> Rows:
        """Rows in which nothing is missing; the others are counted by their first reason."""
        score, whole = rows["score"], rows["score"].dtype.kind != "f"
        for reason, bad in (
            ("no client", None if rows["client"].min() >= 0 else rows["client"] < 0),
            ("no score", None if whole else np.isnan(score)),
            ("no session", None if rows["session"].min() >= 1 else rows["session"] < 1),
        ):
            if bad is not None and bad.any():
                bad = bad[: len(rows["score"])]
                self._lose(reason, int(bad.sum()))
                rows = {name: values[~bad] for name, values in rows.items()}
                return self._complete(rows) if len(rows["score"]) else rows
        return rows

    def _lose(self, reason: str, rows: int) -> None:
        if rows:
            self.lost[reason] = self.lost.get(reason, 0) + rows

    def _courses(self, rows: Rows, at: NDArray[Any], rules: Rules) -> _Courses | None:
        score = rows["score"][at]
        if score.min() < rules.low or score.max() > rules.high:
            on = (score >= rules.low) & (score <= rules.high)
            self._lose("score off the scale", int((~on).sum()))
            at, score = at[on], score[on]
            if not len(at):
                return None
        client, session = rows["client"][at], rows["session"][at]
        fresh = client[1:] != client[:-1]
        if not (fresh | (session[1:] > session[:-1])).all():
            raise _OutOfOrder  # sessions fall, or one stands twice: put in order, with its mean
        starts = np.append(0, np.flatnonzero(fresh) + 1)
        ends = np.append(starts[1:], len(client)) - 1
        who, last = client[starts], at[ends]
        nothing = np.zeros(len(who), dtype=np.int64)
        group = rows["grp"][last] if "grp" in rows else nothing
        status = rows["status"][last] if "status" in rows else nothing - 1
        block = Block(starts, session, score, who, group, status)
        columns = columns_of(block, rules)
        return _Courses(columns, who, group, status, table_by_pattern(block, columns, rules))

    def _count(self, name: str, courses: _Courses) -> None:
        columns = courses.columns
        cell = courses.group * MOST_BANDS + columns.band
        for id, measure in MEASURES.items():
            if measure.masks is not None:
                of, holds = measure.masks(columns)
                self._share((id, name), [cell[of & holds], cell[of]])
        self._keep(name, courses)
        width = int(columns.ended.max()) + 1
        coded = (columns.reached * width + columns.ended) * 2 + (courses.status == OPEN)
        held = self.endings.setdefault(name, {})
        for code, n in zip(*np.unique(coded, return_counts=True), strict=True):
            reached, ended = divmod(int(code) // 2, width)
            ending = (reached, ended, bool(code % 2))
            held[ending] = held.get(ending, 0) + int(n)

    def _share(self, key: tuple[str, str], cells: list[NDArray[Any]]) -> None:
        size = len(self.groups) * MOST_BANDS
        counted = np.stack([np.bincount(cell, minlength=size) for cell in cells])
        self.shares[key] = self.shares.get(key, 0) + counted

    def _keep(self, name: str, courses: _Courses) -> None:
        """What the expected course is fitted from, and what is then set beside it."""
        self.tables[name] = merged([self.tables.get(name, NO_TABLE), courses.table])
        columns = courses.columns
        at = np.flatnonzero((columns.n > 1) & (columns.ended <= LONGEST))
        began, ended = (one[at].astype(np.uint8) for one in (columns.began, columns.ended))
        first, last, group = columns.first[at], columns.last[at], courses.group[at]
        ones = np.ones(len(at), dtype=np.int64)
        self.ends.setdefault(name, Ends()).add((group, began, ended, first, last, ones))

    def _count_nhs(self, phq: _Courses, gad: _Courses) -> None:
        """Both lists rise by client: those in both are found by merging."""
        _, p, g = np.intersect1d(phq.client, gad.client, assume_unique=True, return_indices=True)
        a, b = phq.columns, gad.columns
        paired = (a.n[p] > 1) & (b.n[g] > 1)
        start, end = a.case_first[p] | b.case_first[g], a.case_last[p] | b.case_last[g]
        better, worse = a.improved[p] | b.improved[g], a.worse[p] | b.worse[g]
        recovered = paired & start & ~end
        flags = (
            np.ones_like(paired), paired, paired & ~start, recovered, recovered & better & ~worse,
            paired & better & ~worse, paired & worse & ~better, paired & (better == worse),
        )  # fmt: skip
        size, group = len(self.groups), phq.group[p]
        counted = np.stack([np.bincount(group[one], minlength=size) for one in flags])
        self.nhs = counted if self.nhs is None else self.nhs + counted

    def counts(self, *, rows: int, by: str) -> Counts:
        """All that was counted, once the expected course of each instrument is fitted."""
        found = Counts(rows=rows, left_out=self.lost, shares={id: {} for id in MEASURES})
        found.bands = {id: {} for id in MEASURES if by}
        for rules in self.rules:
            found.expected[rules.instrument] = self._followed(rules)
        for (id, name), cells in self.shares.items():
            self._told(found, id, name, cells)
        for name, held in self.endings.items():
            found.endings[name] = {Ending(*ending): n for ending, n in held.items()}
        if self.nhs is not None:
            for place, group in enumerate(self.groups):
                if self.nhs[0, place]:
                    counts = (int(one) for one in self.nhs[:, place])
                    found.nhs[group] = dict(zip(NHS_COUNTS, counts, strict=True))
        return found

    def _followed(self, rules: Rules) -> Refit:
        """Fit the expected course, and count the measures that waited for it."""
        name = rules.instrument
        course = refit(name, self.tables.get(name, NO_TABLE))
        if not course.lines:
            return course
        beside, group, first, courses = self.ends[name].followed(course, rules)
        cell = group * MOST_BANDS + np.searchsorted(rules.bands, first, side="right")
        for id, measure in MEASURES.items():
            if measure.waits is not None:
                of, holds = measure.waits(beside)
                whom = [np.repeat(cell[one], courses[one]) for one in (of & holds, of)]
                self._share((id, name), whom)
        return course

    def _told(self, found: Counts, id: str, name: str, cells: NDArray[Any]) -> None:
        """Shares by group, and by band of the first score where groups are compared."""
        by_band = cells.reshape(2, len(self.groups), MOST_BANDS)
        for place, group in enumerate(self.groups):
            for band, (hits, of) in enumerate(by_band[:, place].T):
                if of and found.bands:
                    found.bands[id][name, group, band] = Share(int(hits), int(of))
            hits, of = by_band[:, place].sum(axis=1)
            if of:
                found.shares[id][name, group] = Share(int(hits), int(of))


__all__ = ["BLOCK", "Fused", "Tally", "few"]
