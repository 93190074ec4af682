"""The arithmetic of the fast engine: whole columns of one instrument's scores at a time."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from waymark.cohort.extract import Rules
from waymark.cohort.measure import Columns, Mask, Points, Whole
from waymark.progress.sudden_gains import CRITICAL as BY_FREEDOM

QUARTER = 0.25
CRITICAL = np.array([1e300, 1e300, *BY_FREEDOM.values()])
"""Two-sided 5% points of t by degrees of freedom; fewer than two cannot be asked."""


@dataclass(frozen=True, slots=True)
class Block:
    """Scores of one instrument, by course, sessions rising within each; whole scores stay whole.

    ``starts``: first row of each course. ``client`` and the other per-course columns follow
    ``starts``; ``status`` is 0 planned, 1 dropout, 2 open, -1 not recorded.
    """

    starts: Whole
    session: NDArray[Any]
    score: NDArray[Any]
    client: Whole
    group: Whole
    status: Whole


def columns_of(block: Block, rules: Rules) -> Columns:
    """The facts of every course of a block."""
    ends = np.append(block.starts[1:], len(block.score)) - 1
    first = block.score[block.starts].astype(np.float64)
    last = block.score[ends].astype(np.float64)
    start, end = rules.sign * first, rules.sign * last
    n = ends - block.starts + 1
    paired, lower = n > 1, np.full(len(n), rules.sign > 0)
    case = np.inf if rules.case is None else rules.sign * rules.case
    remission = -np.inf if rules.remission is None else rules.sign * rules.remission
    return Columns(
        n=n,
        first=first,
        change=end - start,
        case_first=start >= case,
        case_last=end >= case,
        improved=paired & (start - end >= rules.reliable),
        worse=paired & (end - start >= rules.reliable),
        remitted=paired & (end < remission),
        has_remission=np.full(len(n), rules.remission is not None),
        response=paired & lower & (first > 0) & (last <= first / 2),
        lower=lower,
        reached=_reached(block, n, start, rules),
        ended=block.session[ends].astype(np.int64),
        gains=_gains(block, n, rules),
        planned=block.status == 0,
        dropout=block.status == 1,
    )


def _reached(block: Block, n: Whole, start: Points, rules: Rules) -> Whole:
    """The first session with a reliable improvement; 0 where there is none."""
    limit = np.repeat((start - rules.reliable).astype(block.score.dtype), n)
    if block.score.dtype.kind == "i":  # a limit between two whole points is met by the lower one
        limit = np.repeat(np.floor(start - rules.reliable).astype(block.score.dtype), n)
    never = np.iinfo(block.session.dtype).max
    there = np.where(rules.sign * block.score <= limit, block.session, never)
    found = np.minimum.reduceat(there, block.starts).astype(np.int64)
    return np.where(found == never, 0, found)


def _gains(block: Block, n: Whole, rules: Rules) -> Whole:
    """Sudden gains of each course: rare candidates first, their windows afterwards."""
    severity = rules.sign * block.score
    drop = severity[:-1] - severity[1:]
    near = drop >= rules.reliable
    near &= block.session[1:] - block.session[:-1] == 1
    near[block.starts[1:] - 1] = False
    at = np.flatnonzero(near)
    at = at[drop[at] >= QUARTER * block.score[at]]
    course = np.searchsorted(block.starts, at, side="right") - 1
    stable = _stable(block, severity, at, course)
    return np.bincount(course[stable], minlength=len(n)).astype(np.int64)


def _stable(block: Block, severity: NDArray[Any], at: Whole, course: Whole) -> Mask:
    """Criterion 3: means of up to three sessions before and after, against the pooled spread."""
    first = block.starts[course]
    last = np.append(block.starts[1:], len(block.score))[course] - 1
    pre = [_seen(block, severity, at - back, at, -2, (first, last)) for back in (0, 1, 2)]
    post = [_seen(block, severity, at + 1 + on, at, 3, (first, last)) for on in (0, 1, 2)]
    n1, m1, s1 = _moments(pre)
    n2, m2, s2 = _moments(post)
    df = n1 + n2 - 2
    enough = (n1 >= 2) & (n2 >= 2)
    spread = np.sqrt((s1 + s2) / np.maximum(df, 1))
    return np.asarray(enough & (m1 - m2 > CRITICAL[np.where(enough, df, 0)] * spread))


def _seen(
    block: Block,
    severity: NDArray[Any],
    place: Whole,
    at: Whole,
    reach: int,
    ends: tuple[Whole, Whole],
) -> tuple[Mask, Points]:
    """Whether a row lies in the course and the window, and its severity (0 where not)."""
    first, last = ends
    inside = (place >= first) & (place <= last)
    held = np.clip(place, 0, len(severity) - 1)
    away = block.session[held].astype(np.int64) - block.session[at].astype(np.int64)
    inside &= away >= reach if reach < 0 else away <= reach
    return inside, np.where(inside, severity[held], 0.0)


def _moments(window: list[tuple[Mask, Points]]) -> tuple[Whole, Points, Points]:
    """How many, their mean, and their sum of squares around it."""
    n = np.sum([inside for inside, _ in window], axis=0)
    mean = np.sum([value for _, value in window], axis=0) / np.maximum(n, 1)
    squares = np.sum([np.where(inside, (value - mean) ** 2, 0) for inside, value in window], axis=0)
    return n, mean, squares
