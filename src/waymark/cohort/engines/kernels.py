"""The arithmetic of the fast engine: whole columns of one instrument's scores at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

import numpy as np
from numpy.typing import NDArray

from waymark.cohort.extract import Rules
from waymark.cohort.measure import Columns, Mask, Points, Whole
from waymark.cohort.refit import GRAIN, LONGEST, Table, place, table_of, without_gaps
from waymark.progress.change.sudden_gains import CRITICAL as BY_FREEDOM
from waymark.progress.change.sudden_gains import WINDOW

QUARTER = 0.25
CRITICAL = np.array([0.0, 0.0, *BY_FREEDOM.values()])
"""Two-sided 5% points of t by degrees of freedom; fewer than two cannot be asked."""


@dataclass(frozen=True, slots=True)
class Block:
    """Scores of one instrument, by course, sessions rising within each; whole scores stay whole.

    ``starts``: first row of each course. ``client`` and the other per-course columns follow
    ``starts``; ``status`` is 0 planned, 1 dropout, 2 open, -1 not recorded. The type of ``score``
    holds any difference of two scores.
    """

    starts: Whole
    session: NDArray[Any]
    score: NDArray[Any]
    client: Whole
    group: Whole
    status: Whole


@dataclass(frozen=True, slots=True)
class Judged:
    """What is found of a block: the facts of each course, and of each row the points since the
    first score and whether that is reliably better or worse; ``landed`` are the rows at which a
    sudden gain had come about. ``sums`` are, of each course, severity, severity times
    `refit.place`, and its square, added up."""

    columns: Columns
    change: NDArray[Any]
    better: Mask
    worse: Mask
    landed: Whole
    sums: Sequence[Points]


def _least(block: Block, rules: Rules) -> float:
    """The least reliable change: of whole scores, a whole number."""
    return rules.reliable if block.score.dtype.kind == "f" else ceil(rules.reliable)


def judge(block: Block, rules: Rules) -> Judged:
    """Every course of a block, and every row of it."""
    n = np.diff(block.starts, append=len(block.score))
    change = block.score - np.repeat(block.score[block.starts], n)
    severity = change if rules.sign > 0 else -change
    least = _least(block, rules)
    better, worse = severity <= -least, severity >= least
    landed = sudden_gains(block, rules)
    gains = np.bincount(_course(block, landed), minlength=len(n))
    reached = _reached(block, better)
    columns = _columns(block, n, reached, gains, rules)
    return Judged(columns, change, better, worse, landed, _sums(block, rules))


def _columns(block: Block, n: Whole, reached: Whole, gains: Whole, rules: Rules) -> Columns:
    """The facts of each course."""
    ends = _ends(block)
    first = block.score[block.starts].astype(np.float64)
    last = block.score[ends].astype(np.float64)
    start, end = rules.sign * first, rules.sign * last
    paired, lower = n > 1, np.full(len(n), rules.sign > 0)
    case = np.inf if rules.case is None else rules.sign * rules.case
    remission = -np.inf if rules.remission is None else rules.sign * rules.remission
    return Columns(
        n=n,
        first=first,
        last=last,
        change=end - start,
        case_first=start >= case,
        case_last=end >= case,
        improved=paired & (start - end >= rules.reliable),
        worse=paired & (end - start >= rules.reliable),
        remitted=paired & (end < remission),
        has_remission=np.full(len(n), rules.remission is not None),
        response=paired & lower & (first > 0) & (last <= first / 2),
        lower=lower,
        reached=reached,
        began=block.session[block.starts].astype(np.int64),
        ended=block.session[ends].astype(np.int64),
        gains=gains,
        planned=block.status == 0,
        dropout=block.status == 1,
    )


def _ends(block: Block) -> Whole:
    """The last row of each course."""
    return np.append(block.starts[1:], len(block.score)) - 1


def _course(block: Block, rows: Whole) -> Whole:
    """The course in which each row lies."""
    return np.searchsorted(block.starts, rows, side="right") - 1


def _reached(block: Block, better: Mask) -> Whole:
    """The first session with a reliable improvement; 0 where there is none."""
    rows = np.flatnonzero(better)
    so_far = np.append(0, np.cumsum(better, dtype=np.int32)[_ends(block)])
    there = so_far[1:] > so_far[:-1]
    reached = np.zeros(len(block.starts), dtype=np.int64)
    reached[there] = block.session[rows[so_far[:-1][there]]]
    return reached


def sudden_gains(block: Block, rules: Rules) -> Whole:
    """The rows at which sudden gains had come about: rare candidates first, their windows
    afterwards."""
    severity = block.score if rules.sign > 0 else -block.score
    begins = np.zeros(len(severity) + 1, dtype=np.bool_)
    begins[block.starts] = begins[-1] = True
    drop = severity[:-1] - severity[1:]
    large = drop >= _least(block, rules)
    large &= block.session[1:] - block.session[:-1] == 1
    large &= ~(begins[:-2] | begins[1:-1] | begins[2:])  # two scores on either side
    at = np.flatnonzero(large)
    at = at[drop[at] >= QUARTER * block.score[at]]
    landed: Whole = at[_stable(block, severity, begins, at)] + 1
    return landed


def _stable(block: Block, severity: NDArray[Any], begins: Mask, at: Whole) -> Mask:
    """Criterion 3: means of up to three sessions before and after, against the pooled spread.
    ``begins``: whether a course begins at a row, or the block ends."""
    n1, m1, s1 = _window(block, severity, begins, at, -1)
    n2, m2, s2 = _window(block, severity, begins, at + 1, 1)
    df = n1 + n2 - 2
    spread = np.sqrt((s1 + s2) / np.maximum(df, 1))
    return np.asarray((n1 > 1) & (n2 > 1) & (m1 - m2 > CRITICAL[df] * spread))


def _window(
    block: Block, severity: NDArray[Any], begins: Mask, at: Whole, step: int
) -> tuple[NDArray[np.int8], Points, Points]:
    """How many scores lie within three sessions from ``at`` on, one way; their mean, and their
    sum of squares around it. Counted from the score at ``at``, so that equal ones give no spread.
    """
    sums: type[Any] = np.float64 if severity.dtype.kind == "f" else np.int32
    here, session = severity[at].astype(sums), block.session[at]
    n, total, squares = np.ones(len(at), dtype=np.int8), np.zeros_like(here), np.zeros_like(here)
    inside = np.ones(len(at), dtype=np.bool_)
    for away in range(1, WINDOW):
        border = at + away if step > 0 else at - away + 1
        inside &= ~begins[np.minimum(border, len(severity))]
        place = np.clip(at + step * away, 0, len(severity) - 1)
        other = block.session[place]
        inside &= (other - session if step > 0 else session - other) < WINDOW
        apart = (severity[place] - here) * inside
        n += inside
        total += apart
        squares += apart * apart
    return n, here + total / n, squares - total * total / n


PLACES = np.array([0.0, *(place(session) for session in range(1, LONGEST + 1))])
BITS = np.append(0, 1 << np.arange(LONGEST, dtype=np.int64))


def table_by_pattern(block: Block, judged: Judged) -> Table:
    """The sums of a refit, of the courses without a session beyond the longest pattern."""
    columns = judged.columns
    taken = columns.ended <= LONGEST
    sums = [one[taken] for one in judged.sums]
    n, began = columns.n[taken], columns.began[taken]
    if not (columns.ended[taken] - began + 1 == n).all():
        bits = BITS[np.minimum(block.session, LONGEST)]
        return table_of(np.bitwise_or.reduceat(bits, block.starts)[taken], *sums)
    return without_gaps(began, n, *sums)


def _sums(block: Block, rules: Rules) -> list[Points]:
    if block.score.dtype == np.int8 and rules.low >= 0:
        return _packed_sums(block, rules)
    severity = (rules.sign * block.score).astype(np.float64)
    weight = PLACES[np.minimum(block.session, LONGEST)]
    of_rows = (severity, severity * weight, severity * severity)
    return [np.add.reduceat(one, block.starts) for one in of_rows]


def _packed(scores: int = 128) -> Whole:
    """For a session (row) and a whole score (column), three numbers in one: the score in the low
    16 bits, 256 times score times ``place`` in the next 24, and the square above. Sums over a
    course of up to 63 sessions and scores up to 127 do not run over into each other."""
    score = np.arange(scores)
    weighted = np.round(PLACES[:, None] * GRAIN).astype(np.int64) * score
    return np.asarray(score + (weighted << 16) + (score * score << 40), dtype=np.int64)


PACKED = _packed()


def picked(table: NDArray[Any], at: NDArray[Any]) -> NDArray[Any]:
    """``table[at]``, in half the time: that every place is in the table is known to the caller."""
    return table.take(at.astype(np.intp, copy=False), mode="clip")


def _packed_sums(block: Block, rules: Rules) -> list[Points]:
    """Severity, severity times ``place``, and its square, added up over each course at once: by
    running sums, of which the difference of two is right though they wrap around."""
    code = np.minimum(block.session, LONGEST).astype(np.int16) * np.int16(PACKED.shape[1])
    each = picked(PACKED.ravel(), code + block.score)
    added = np.diff(np.cumsum(each)[_ends(block)], prepend=0)
    sums = [added & 0xFFFF, (added >> 16 & 0xFFFFFF) / GRAIN]
    return [
        *(rules.sign * one.astype(np.float64) for one in sums),
        (added >> 40).astype(np.float64),
    ]
