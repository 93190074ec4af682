"""The fast engine: NumPy over blocks that DuckDB reads, one pass, memory bounded by the block.

Rows that stand by client (a whole number, rising) with sessions rising are counted as they come.
Others are put in order first, in DuckDB, which may spill to disk.
"""

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from waymark.cohort.engine import NHS_COUNTS, Counts, Ending
from waymark.cohort.engines.kernels import Block, Judged, judge
from waymark.cohort.engines.reading import (
    OutOfOrder,
    Reading,
    Rows,
    Tick,
    blocks,
    in_place,
    names_of,
    put_in_order,
)
from waymark.cohort.engines.rows_file import RowsFile
from waymark.cohort.engines.source import Source, left_out, open_source
from waymark.cohort.extract import Rules
from waymark.cohort.measure import Columns, Share
from waymark.cohort.measures import MEASURES

Written = Callable[[Block, Judged, Rules], None]

BLOCK = 2_000_000
"""Rows read at a time: some 60 MB."""

OPEN = 2


class Fused:
    """Counts in one pass. ``tick`` is told how many rows are done, of how many."""

    id = "fused"

    def __init__(self, *, block: int = BLOCK, tick: Tick | None = None, threads: int = 1) -> None:
        self.block, self.tick, self.threads = block, tick, threads

    def count(
        self, path: Path, *, rules: Mapping[str, Rules], by: str = "", rows: Path | None = None
    ) -> Counts:
        with duckdb.connect() as con:
            con.execute(f"SET threads TO {self.threads}")
            source = open_source(con, path)
            try:
                return self._pass(con, source, in_place(con, source, by), rules, by, rows)
            except OutOfOrder:
                total, lost = left_out(con, source, rules)
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
            written = None
            if rows is not None:
                file = open_files.enter_context(RowsFile(rows, whole_clients=source.whole_clients))
                written = partial(file.add, names=partial(names_of, con, read, source))
            held = _Tally(list(rules.values()), read.groups, written)
            for block in blocks(con, read, rules=rules, by=by, size=self.block, tick=self.tick):
                held.add(block)
        return held.counts(rows=read.total)


@dataclass(slots=True)
class _Courses:
    """One instrument's courses of a block: facts, and who and where they are."""

    columns: Columns
    client: NDArray[Any]
    group: NDArray[Any]
    status: NDArray[Any]


@dataclass(slots=True)
class _Tally:
    """Counts on their way; ``written`` is given every block that is judged."""

    rules: list[Rules]
    groups: tuple[str, ...]
    written: Written | None = None
    shares: dict[tuple[str, str], NDArray[Any]] = field(default_factory=dict)
    endings: dict[str, dict[tuple[int, int, bool], int]] = field(default_factory=dict)
    nhs: NDArray[Any] | None = None
    lost: dict[str, int] = field(default_factory=dict)

    def add(self, rows: Rows) -> None:
        """A block of whole clients."""
        if not len(rows["score"]):
            return
        rows = self._complete(rows)
        found: dict[str, _Courses] = {}
        counted = 0
        for place, rules in enumerate(self.rules):
            at = np.flatnonzero(rows["instrument"] == place)
            counted += len(at)
            if len(at) and (courses := self._courses(rows, at, rules)) is not None:
                found[rules.instrument] = courses
        self._lose("instrument not counted here", len(rows["score"]) - counted)
        for name, held in found.items():
            self._count(name, held)
        if {"phq-9", "gad-7"} <= set(found):
            self._count_nhs(found["phq-9"], found["gad-7"])

    def _complete(self, rows: Rows) -> Rows:
        """Rows in which nothing is missing; the others are counted by their first reason."""
        score, whole = rows["score"], rows["score"].dtype.kind != "f"
        for reason, bad in (
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
        if score.dtype.kind != "f":
            score = score.astype(_narrowest(rules), copy=False)
        fresh = client[1:] != client[:-1]
        if not (fresh | (session[1:] > session[:-1])).all():
            raise OutOfOrder  # sessions fall, or one stands twice: put in order, with its mean
        starts = np.append(0, np.flatnonzero(fresh) + 1)
        ends = np.append(starts[1:], len(client)) - 1
        who, last = client[starts], at[ends]
        nothing = np.zeros(len(who), dtype=np.int64)
        group = rows["grp"][last] if "grp" in rows else nothing
        status = rows["status"][last] if "status" in rows else nothing - 1
        block = Block(starts, session, score, who, group, status)
        judged = judge(block, rules)
        if self.written is not None:
            self.written(block, judged, rules)
        return _Courses(judged.columns, who, group, status)

    def _count(self, name: str, courses: _Courses) -> None:
        columns = courses.columns
        for id, measure in MEASURES.items():
            of, holds = measure.masks(columns)
            counted = np.stack([self._by_group(courses.group, mask) for mask in (of & holds, of)])
            key = (id, name)
            self.shares[key] = self.shares.get(key, 0) + counted
        width = int(columns.ended.max()) + 1
        coded = (columns.reached * width + columns.ended) * 2 + (courses.status == OPEN)
        held = self.endings.setdefault(name, {})
        for code, n in zip(*_tallied(coded), strict=True):
            reached, ended = divmod(int(code) // 2, width)
            ending = (reached, ended, bool(code % 2))
            held[ending] = held.get(ending, 0) + int(n)

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

    def counts(self, *, rows: int) -> Counts:
        found = Counts(rows=rows, left_out=self.lost, shares={id: {} for id in MEASURES})
        for (id, name), (hits, of) in self.shares.items():
            for place, group in enumerate(self.groups):
                if of[place]:
                    found.shares[id][name, group] = Share(int(hits[place]), int(of[place]))
        for name, held in self.endings.items():
            found.endings[name] = {Ending(*ending): n for ending, n in held.items()}
        if self.nhs is not None:
            for place, group in enumerate(self.groups):
                if self.nhs[0, place]:
                    counts = (int(one) for one in self.nhs[:, place])
                    found.nhs[group] = dict(zip(NHS_COUNTS, counts, strict=True))
        return found


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


__all__ = ["BLOCK", "Fused"]
