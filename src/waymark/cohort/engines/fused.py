"""The fast engine: NumPy over blocks that DuckDB reads, one pass, memory bounded by the block.

Rows that stand by client (a whole number, rising) with sessions rising are counted as they come.
Others are put in order first, in DuckDB, which may spill to disk.
"""

from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from waymark.cohort.engine import NHS_COUNTS, Counts, Ending
from waymark.cohort.engines import arrow
from waymark.cohort.engines.kernels import Block, Judged, judge, table_by_pattern
from waymark.cohort.engines.reading import (
    OutOfOrder,
    Reading,
    Rows,
    Tick,
    blocks,
    by_number,
    in_place,
    names_of,
    put_in_order,
)
from waymark.cohort.engines.rows_file import RowsFile
from waymark.cohort.engines.source import Source, asking, left_out, open_source, reading
from waymark.cohort.engines.spans import Ends
from waymark.cohort.extract import LAST_SESSION, MOST_BANDS, Rules
from waymark.cohort.measure import Columns, Share
from waymark.cohort.measures import MEASURES
from waymark.cohort.refit import LONGEST, NUMBERS, Refit, Table, merged, refit

Picked = NDArray[Any] | slice
Written = Callable[[Block, Judged, Rules], None]

BLOCK = 16 * 122_880
"""Rows read at a time: eight of the row groups that DuckDB writes. A larger block costs memory and
no less time."""

NO_TABLE = Table(np.zeros(0, dtype=np.int64), np.zeros((0, NUMBERS)))
ALL = ("",)
OPEN = 2


class Fused:
    """Counts in one pass. ``tick`` is told how many rows are done, of how many. ``by_arrow`` says
    who reads a file as it lies; unsaid, Arrow does where it is installed and there is much to read.
    """

    id = "fused"

    def __init__(
        self,
        *,
        block: int = BLOCK,
        tick: Tick | None = None,
        threads: int = 1,
        by_arrow: bool | None = None,
    ) -> None:
        self.block, self.tick, self.threads, self.by_arrow = block, tick, threads, by_arrow

    def count(
        self, path: Path, *, rules: Mapping[str, Rules], by: str = "", rows: Path | None = None
    ) -> Counts:
        """Count in one pass over blocks of rows, in the order of the file: see `Engine.count`."""
        with reading(path) as con:
            con.execute(f"SET threads TO {self.threads}; SET parquet_metadata_cache = true")
            source = open_source(con, path, by=by)
            try:
                return self._pass(con, source, in_place(con, source, by), rules, by, rows)
            except OutOfOrder:
                total, lost = left_out(asking(con), source, rules)
                read = put_in_order(con, source, rules, by)
                found = self._pass(con, source, read, rules, by, rows)
                return replace(found, rows=total, left_out=lost)

    def _pass(
        self,
        con: duckdb.DuckDBPyConnection,
        source: Source,
        read: Reading,
        rules: Mapping[str, Rules],
        by: str,
        rows: Path | None,
    ) -> Counts:
        with ExitStack() as open_files:
            file = written = None
            if rows is not None:
                file = open_files.enter_context(RowsFile(rows, whole_clients=source.whole_clients))
                written = partial(file.add, names=partial(names_of, con, read, source))
            held = Tally(list(rules.values()), read.groups, written)
            for block in blocks(read, self._parts(con, source, read, rules, by), self.tick):
                held.add(block)
            found = held.counts(rows=read.total, by=by)
            if file is not None:
                file.follow(found.expected)
        return found

    def _parts(
        self,
        con: duckdb.DuckDBPyConnection,
        source: Source,
        read: Reading,
        rules: Mapping[str, Rules],
        by: str,
    ) -> Iterable[Rows]:
        wanted = self.by_arrow
        if wanted is None:
            wanted = read.total >= arrow.LEAST and arrow.installed()
        if wanted and not read.named and arrow.readable(source, by, size=self.block):
            return arrow.read(source, rules=rules, by=by, groups=read.groups, size=self.block)
        return by_number(con, read, rules=rules, by=by, size=self.block)


@dataclass(slots=True)
class _Courses:
    """One instrument's courses of a block: facts, who and where they are, and the type of their
    scores."""

    columns: Columns
    client: NDArray[Any]
    group: NDArray[Any]
    status: NDArray[Any]
    table: Table
    kind: np.dtype[Any]


@dataclass(slots=True)
class Tally:
    """Counts on their way. ``shares`` hold hits and all by group and band of the first score.
    ``written`` is given every block that is judged."""

    rules: list[Rules]
    groups: tuple[str, ...]
    written: Written | None = None
    shares: dict[tuple[str, str], NDArray[Any]] = field(default_factory=dict)
    tables: dict[str, Table] = field(default_factory=dict)
    ends: dict[str, Ends] = field(default_factory=dict)
    endings: dict[str, dict[tuple[int, int, bool], int]] = field(default_factory=dict)
    nhs: NDArray[Any] | None = None
    lost: dict[str, int] = field(default_factory=dict)

    @property
    def bands(self) -> dict[str, tuple[float, ...]]:
        """Where bands of first scores begin, by instrument."""
        return {rules.instrument: rules.bands for rules in self.rules}

    def add(self, rows: Rows) -> None:
        """A block of whole clients."""
        if not len(rows["score"]):
            return
        rows = self._complete(rows)
        found: dict[str, _Courses] = {}
        counted = 0
        for place, rules in enumerate(self.rules):
            there = rows["instrument"] == place
            here = int(np.count_nonzero(there))
            counted += here
            if here and (courses := self._courses(rows, _where(there, here), rules)) is not None:
                found[rules.instrument] = courses
        self._lose("instrument not counted here", len(rows["score"]) - counted)
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
        score, whole, session = rows["score"], rows["score"].dtype.kind != "f", rows["session"]
        for reason, bad in (
            ("no score", None if whole else np.isnan(score)),
            ("no session", None if session.min() >= 1 else session < 1),
            (
                "session beyond 10,000",
                None if session.max() <= LAST_SESSION else session > LAST_SESSION,
            ),
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

    def _courses(self, rows: Rows, at: Picked, rules: Rules) -> _Courses | None:
        score = np.ascontiguousarray(rows["score"][at])
        if score.min() < rules.low or score.max() > rules.high:
            on = (score >= rules.low) & (score <= rules.high)
            self._lose("score off the scale", int((~on).sum()))
            at, score = np.arange(len(rows["score"]))[at][on], score[on]
            if not len(at):
                return None
        block = _block(rows, at, score, rules)
        judged = judge(block, rules)
        if self.written is not None:
            self.written(block, judged, rules)
        table = table_by_pattern(block, judged)
        about = block.client, block.group, block.status
        return _Courses(judged.columns, *about, table, block.score.dtype)

    def _count(self, name: str, courses: _Courses) -> None:
        columns = courses.columns
        cell = self._cell(name, courses.group, columns.first)
        for id, measure in MEASURES.items():
            if measure.masks is not None:
                of, holds = measure.masks(columns)
                self._share((id, name), cell, (of & holds, of))
        self._keep(name, courses)
        width = int(columns.ended.max()) + 1
        coded = (columns.reached * width + columns.ended) * 2 + (courses.status == OPEN)
        held = self.endings.setdefault(name, {})
        for code, n in zip(*_tallied(coded), strict=True):
            reached, ended = divmod(int(code) // 2, width)
            ending = (reached, ended, bool(code % 2))
            held[ending] = held.get(ending, 0) + int(n)

    def _cell(self, name: str, group: NDArray[Any], first: NDArray[Any]) -> NDArray[Any] | None:
        """Group and band of the first score of each course; None where none are compared."""
        if self.groups == ALL:
            return None
        return group * MOST_BANDS + np.searchsorted(self.bands[name], first, side="right")

    def _share(
        self,
        key: tuple[str, str],
        cell: NDArray[Any] | None,
        masks: tuple[NDArray[np.bool_], NDArray[np.bool_]],
        courses: NDArray[Any] | None = None,
    ) -> None:
        """Count hits and all by cell; ``courses`` says how many each value stands for."""
        counted = np.zeros((2, len(self.groups) * MOST_BANDS), dtype=np.int64)
        for place, mask in enumerate(masks):
            weights = None if courses is None else courses[mask]
            if cell is None:
                counted[place, 0] = np.count_nonzero(mask) if weights is None else weights.sum()
            else:
                found = np.bincount(cell[mask], weights, minlength=counted.shape[1])
                counted[place] = found.astype(np.int64)
        self.shares[key] = self.shares.get(key, 0) + counted

    def _keep(self, name: str, courses: _Courses) -> None:
        """What the expected course is fitted from, and what is then set beside it."""
        self.tables[name] = merged([self.tables.get(name, NO_TABLE), courses.table])
        columns = courses.columns
        at = np.flatnonzero((columns.n > 1) & (columns.ended <= LONGEST))
        began, ended = (one[at].astype(np.uint8) for one in (columns.began, columns.ended))
        first, last = (one[at].astype(courses.kind) for one in (columns.first, columns.last))
        group = courses.group[at]
        ones = np.ones(len(at), dtype=np.int64)
        self.ends.setdefault(name, Ends()).add((group, began, ended, first, last, ones))

    def _by_group(self, group: NDArray[Any], mask: NDArray[np.bool_]) -> NDArray[Any]:
        size = len(self.groups)
        if size == 1:
            return np.array([np.count_nonzero(mask)])
        return np.bincount(group[mask], minlength=size)

    def _count_nhs(self, phq: _Courses, gad: _Courses) -> None:
        """Both lists rise by client: those in both are found by merging."""
        p, g = _in_both(phq.client, gad.client)
        a, b = phq.columns, gad.columns
        paired = (a.n[p] > 1) & (b.n[g] > 1)
        start, end = a.case_first[p] | b.case_first[g], a.case_last[p] | b.case_last[g]
        better, worse = a.improved[p] | b.improved[g], a.worse[p] | b.worse[g]
        recovered = paired & start & ~end
        flags = (
            np.ones_like(paired), paired, paired & ~start, recovered, recovered & better & ~worse,
            paired & better & ~worse, paired & worse & ~better, paired & (better == worse),
        )  # fmt: skip
        group = phq.group[p]
        counted = np.stack([self._by_group(group, one) for one in flags])
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
        cell = self._cell(name, group, first)
        for id, measure in MEASURES.items():
            if measure.waits is not None:
                of, holds = measure.waits(beside)
                self._share((id, name), cell, (of & holds, of), courses)
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


def _block(rows: Rows, at: Picked, score: NDArray[Any], rules: Rules) -> Block:
    """The rows of one instrument by course, each session once."""
    client, session = (np.ascontiguousarray(rows[name][at]) for name in ("client", "session"))
    if score.dtype.kind != "f":
        score = score.astype(_narrowest(rules), copy=False)
    fresh = client[1:] != client[:-1]
    if not (fresh | (session[1:] > session[:-1])).all():
        raise OutOfOrder  # sessions fall, or one stands twice: put in order, with its mean
    starts = np.append(0, np.flatnonzero(fresh) + 1)
    ends = np.append(starts[1:], len(client)) - 1
    nothing = np.zeros(len(starts), dtype=np.int64)
    group = rows["grp"][at][ends] if "grp" in rows else nothing
    status = rows["status"][at][ends] if "status" in rows else nothing - 1
    return Block(starts, session, score, client[starts], group, status)


def _where(there: NDArray[np.bool_], rows: int) -> Picked:
    """Where so many rows are; those that stand evenly apart (two instruments in turn) as a slice,
    which is found and copied faster."""
    if rows > 1:
        first = int(there.argmax())
        step = int(there[first + 1 :].argmax()) + 1
        if len(even := there[first::step]) >= rows and even[:rows].all():
            return slice(first, first + step * (rows - 1) + 1, step)
    return np.flatnonzero(there)


def _narrowest(rules: Rules) -> np.dtype[Any]:
    """The least whole type that holds every score of a scale, and every difference of two."""
    most = max(rules.high - rules.low, abs(rules.low), abs(rules.high))
    return np.min_scalar_type(-int(most) - 1)


def _tallied(codes: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Each code that occurs, and how often; few possible ones are counted without sorting."""
    if codes.max() > len(codes):
        return np.unique(codes, return_counts=True)
    counts = np.bincount(codes)
    at = np.flatnonzero(counts)
    return at, counts[at]


def _in_both(one: NDArray[Any], other: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Where each rising list holds what the other holds too."""
    if np.array_equal(one, other):
        at = np.arange(len(one))
        return at, at
    place = np.minimum(np.searchsorted(other, one), len(other) - 1)
    at = np.flatnonzero(other[place] == one)
    return at, place[at]


__all__ = ["BLOCK", "Fused", "Tally"]
