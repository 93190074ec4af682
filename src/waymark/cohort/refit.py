"""The expected course of a whole extract, refitted on it, and who ends beyond what was expected.

First pass: the growth model's sums, one line for each pattern of sessions, which any engine adds
up where the data are. Then one fit. Second pass: given the first score, a course is expected to
end on a line with a known spread; it is on track where its last score is not beyond the worse end
of the two-sided 80% interval (Finch, Lambert & Schaalje 2001). The lines are one small table.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from math import log, sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from waymark.cohort.extract import Rules
from waymark.cohort.facts import Facts
from waymark.cohort.growth import Growth, Sums, fit

LONGEST = 63
"""Courses with a later session take no part: a pattern is a bit for each session."""

FEWEST = 200
"""Courses of two scores or more that a refit needs (decision 33)."""

FEWEST_LONG = 50
"""Of them with three or more: two scores alone cannot tell a client's own slope from noise."""

Z80 = 1.2815515655446004
"""Ends of the two-sided 80% interval of a normal distribution."""

GRAIN = 256
"""ln(session) is taken to the nearest 1/256, so that sums over whole scores are exact: engines add
in different orders, and fit the same course to the last bit."""

DIGITS = 6
"""Lines are rounded for the same reason: where scores are no whole points, a tie stays a tie."""

MARKED = (1, 4, 8, 12)
"""Sessions whose expected score is reported."""

NUMBERS = 7
Points = NDArray[np.float64]
Lines = Mapping[tuple[int, int], tuple[float, float]]
Whole = NDArray[np.int64]


def place(session: int) -> float:
    """ln(session), to the nearest 1/256."""
    return round(log(session) * GRAIN) / GRAIN


@dataclass(frozen=True, slots=True)
class Table:
    """Sums by pattern. ``pattern`` (p,): bit s - 1 stands for session s. ``sums`` (p, 7): courses;
    severities added up; the same times ``place``; their squares and product, by course; and the
    squares of single severities."""

    pattern: Whole
    sums: Points


@dataclass(frozen=True, slots=True)
class Expected:
    """The score expected at a session, and the 80% range of single scores, in points."""

    session: int
    score: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Refit:
    """The expected course of one instrument, or why there is none.

    ``courses``: with two scores or more. ``beta``: intercept and slope on ln(session) of severity;
    ``cov``: v00, v01, v11 of clients' own; ``noise``: SD of one score. ``lines``: for a first and a
    last session, slope and upper limit of the last severity, given the first one.
    """

    instrument: str
    courses: int
    reason: str = ""
    beta: tuple[float, float] = (0.0, 0.0)
    cov: tuple[float, float, float] = (0.0, 0.0, 0.0)
    noise: float = 0.0
    lines: Lines = field(default_factory=dict)

    @property
    def stands(self) -> bool:
        """Whether the fitted course may be used: nothing speaks against it."""
        return not self.reason

    def at(self, session: int, rules: Rules) -> Expected:
        """What is expected of anybody's score at a session, held to the scale."""
        at = place(session)
        middle = self.beta[0] + self.beta[1] * at
        spread = Z80 * sqrt(_variance(self.cov, self.noise, at))
        ends = sorted(rules.sign * (middle + way * spread) for way in (-1, 1))
        held = [min(max(end, rules.low), rules.high) for end in (*ends, rules.sign * middle)]
        return Expected(session, held[2], held[0], held[1])


def table_of(pattern: Whole, total: Points, weighted: Points, squares: Points) -> Table:
    """The table of courses, one value each: sums of severity, of it times ln(session), squared."""
    return Table(*_by_pattern(pattern, _of_courses(total, weighted, squares)))


def without_gaps(began: Whole, n: Whole, total: Points, weighted: Points, squares: Points) -> Table:
    """The same of courses of ``n`` sessions in a row: told apart by two small numbers, which need
    no sorting."""
    code = n * LONGEST + began - 1
    found = np.flatnonzero(np.bincount(code))
    sums = _added(code, _of_courses(total, weighted, squares))[found]
    n, began = found // LONGEST, found % LONGEST
    pattern = ((np.int64(1) << (n - 1)) - 1) * 2 + 1 << began
    order = np.argsort(pattern)
    return Table(pattern[order], sums[order])


def _of_courses(total: Points, weighted: Points, squares: Points) -> list[Points]:
    return [
        np.ones(len(total)), total, weighted,
        total * total, total * weighted, weighted * weighted, squares,
    ]  # fmt: skip


def merged(tables: Sequence[Table]) -> Table:
    """One table of several."""
    return Table(
        *_by_pattern(
            np.concatenate([one.pattern for one in tables]),
            list(np.concatenate([one.sums for one in tables]).T),
        )
    )


def _by_pattern(pattern: Whole, sums: Sequence[Points]) -> tuple[Whole, Points]:
    distinct = np.unique(pattern)
    return distinct, _added(np.searchsorted(distinct, pattern), sums)


def _added(code: NDArray[Any], sums: Sequence[Points]) -> Points:
    """Columns added up by code: a line for each code from 0 on."""
    return np.stack([np.bincount(code, weights=one) for one in sums], axis=1)


def refit(instrument: str, table: Table) -> Refit:
    """Fit the course of one instrument; where that cannot be done, say why."""
    sessions = _sessions(table.pattern)
    lengths = sessions.sum(axis=1)
    courses, long = (int(table.sums[lengths >= least, 0].sum()) for least in (2, 3))
    if courses < FEWEST:
        return Refit(instrument, courses, f"fewer than {FEWEST} courses of two scores or more")
    if long < FEWEST_LONG:
        return Refit(instrument, courses, f"fewer than {FEWEST_LONG} courses of three scores")
    try:
        with np.errstate(all="ignore"):
            growth = fit(_sums(table, sessions))
    except (ValueError, np.linalg.LinAlgError):
        return Refit(instrument, courses, UNSETTLED)
    if not _holds(growth, table):
        return Refit(instrument, courses, UNSETTLED)
    return _with_lines(instrument, courses, growth, sessions[lengths > 1])


UNSETTLED = "the scores do not settle a course: clients differ too little, or in no usual way"
LEAST_SHARE = 1e-6


def _holds(growth: Growth, table: Table) -> bool:
    """Whether every part of the model is there, and found: nothing at an edge, all finite."""
    spread = float(table.sums[:, 6].sum()) / max(growth.scores, 1)
    figures = [*growth.beta, *growth.cov.ravel(), growth.sigma2, growth.criterion]
    if not (growth.settled and np.isfinite(figures).all()):
        return False
    smallest = min(growth.sigma2, float(np.linalg.eigvalsh(growth.cov)[0]))
    return smallest > LEAST_SHARE * spread


def _sessions(pattern: Whole) -> NDArray[np.bool_]:
    """Which sessions (columns, from 1 on) each pattern holds."""
    return np.asarray((pattern[:, None] >> np.arange(LONGEST)) & 1 == 1)


def _sums(table: Table, sessions: NDArray[np.bool_]) -> Sums:
    """The table as the fit wants it."""
    logs = np.array([place(session) for session in range(1, LONGEST + 1)])
    n, first, second = sessions.sum(axis=1), sessions @ logs, sessions @ logs**2
    courses, total, weighted, s11, s12, s22, squares = table.sums.T
    return Sums(
        w=np.array([[n, first], [first, second]], dtype=float).transpose(2, 0, 1),
        n=courses,
        zy=np.stack([total, weighted], axis=1)[:, None, :],
        moments=courses[:, None, None],
        cross=np.array([[s11, s12], [s12, s22]]).transpose(2, 0, 1),
        square=float(squares.sum()),
        scores=round(float(n @ courses)),
    )


def _with_lines(
    instrument: str, courses: int, growth: Growth, sessions: NDArray[np.bool_]
) -> Refit:
    """The fitted course, and a line for each first and last session that occurs."""
    cov = float(growth.cov[0, 0]), float(growth.cov[0, 1]), float(growth.cov[1, 1])
    found = Refit(
        instrument,
        courses,
        beta=(float(growth.beta[0]), float(growth.beta[1])),
        cov=cov,
        noise=sqrt(growth.sigma2),
    )
    firsts, lasts = sessions.argmax(axis=1) + 1, LONGEST - sessions[:, ::-1].argmax(axis=1)
    pairs = sorted(set(zip(firsts.tolist(), lasts.tolist(), strict=True)))
    return replace(found, lines={pair: line_of(*pair, found) for pair in pairs})


def running(course: Refit) -> Lines:
    """The lines for every first and every later session, up to the longest pattern: what is
    expected while a course goes on. Empty where there is no course."""
    sessions = range(1, LONGEST + 1) if course.stands else ()
    return {
        (first, later): line_of(first, later, course)
        for first in sessions
        for later in range(first + 1, LONGEST + 1)
    }


def line_of(first: int, last: int, course: Refit) -> tuple[float, float]:
    """Slope and upper limit of the last severity given the first: the normal conditional law."""
    one, two = place(first), place(last)
    v00, v01, v11 = course.cov
    before = _variance(course.cov, course.noise, one)
    together = v00 + v01 * (one + two) + v11 * one * two
    slope = together / before
    start, end = (course.beta[0] + course.beta[1] * at for at in (one, two))
    spread = sqrt(_variance(course.cov, course.noise, two) - slope * together)
    return round(slope, DIGITS), round(end - slope * start + Z80 * spread, DIGITS)


def _variance(cov: tuple[float, float, float], noise: float, at: float) -> float:
    return cov[0] + 2 * at * cov[1] + at * at * cov[2] + noise**2


def refitted(facts: Iterable[Facts], rules: Iterable[str]) -> dict[str, Refit]:
    """The plain twin: the courses of every instrument, one score after the other."""
    ordered = sorted(facts, key=lambda one: one.instrument)
    held = {
        instrument: [one for one in courses if one.ended <= LONGEST]
        for instrument, courses in groupby(ordered, key=lambda one: one.instrument)
    }
    return {
        instrument: refit(instrument, _plain_table(held.get(instrument, [])))
        for instrument in rules
    }


def _plain_table(facts: list[Facts]) -> Table:
    sums: dict[int, list[float]] = {}
    for one in facts:
        pattern = sum(1 << (session - 1) for session, _ in one.path)
        total = sum(y for _, y in one.path)
        weighted = sum(y * place(session) for session, y in one.path)
        squares = sum(y * y for _, y in one.path)
        held = sums.setdefault(pattern, [0.0] * NUMBERS)
        new = (1, total, weighted, total**2, total * weighted, weighted**2, squares)
        held[:] = [a + b for a, b in zip(held, new, strict=True)]
    return Table(
        np.array(sorted(sums), dtype=np.int64),
        np.array([sums[pattern] for pattern in sorted(sums)]).reshape(-1, NUMBERS),
    )


def followed(one: Facts, courses: Mapping[str, Refit], rules: Mapping[str, Rules]) -> Facts:
    """The facts of a course beside the expected one."""
    line = courses[one.instrument].lines.get((one.began, one.ended))
    if line is None or not one.paired:
        return one
    slope, upper = line
    severity = rules[one.instrument].severity
    on_track = severity(one.last) <= upper + slope * severity(one.first)
    return replace(one, fitted=True, on_track=on_track)
