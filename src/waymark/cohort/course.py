"""An expected course, fitted on a clinic's own finished episodes and checked on those left out.

Clients are parted by chance: on some the growth model and the stopping rule are fitted, on the
others bands are widened until they cover (split conformal; the client is the unit) and the flag
is set and weighed. What is printed of coverage and of the flag comes from clients that neither
the model nor the widths have seen.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import ceil

import numpy as np
from numpy.typing import NDArray

from waymark.cohort.growth import Growth, fit, sums_of
from waymark.library.instrument import Better, Scale
from waymark.progress.change.reference import noise_of
from waymark.progress.change.reliable_change import yardstick_of
from waymark.progress.course.expected import (
    ExpectedCourse,
    Stopping,
    Widths,
    Worth,
    follow,
)

Array = NDArray[np.float64]

FEWEST = 200
"""Own finished episodes from which chances are shown (decision 33)."""

USUAL_THRESHOLD, USUAL_WEIGHT = 0.047, 1000
"""The threshold of a cold start, and how many deteriorations of one's own weigh as much.

Both were chosen on simulated episodes (seeds 201 to 203 among them); none is published."""

SENSITIVITY = 0.955
"""Share of deteriorations that the threshold is set to find before the last session."""

FEWEST_IN_CELL = 100
"""Clients behind one conformal width; a smaller cell takes the width of its session, or of all."""

WEEK = 20
"""Sessions in a clinician's week."""

SHAPE = 1.5
"""The second session's threshold is this many times the later one: two scores say little."""


@dataclass(frozen=True, slots=True)
class Episode:
    """One finished episode: sessions from 1 on, and the score of each, in points of the scale."""

    sessions: tuple[int, ...]
    scores: tuple[float, ...]

    def __post_init__(self) -> None:
        if len(self.sessions) != len(self.scores) or not self.sessions:
            raise ValueError("needs one session for each score, and at least one score")
        if self.sessions[0] < 1 or any(b <= a for a, b in pairwise(self.sessions)):
            raise ValueError("sessions ascend from 1")


@dataclass(frozen=True, slots=True)
class Measured:
    """What the scale brings to a course: its error, its ends, and what a reliable change takes."""

    instrument: str
    scale: str
    noise: float
    reliable: float
    low: float
    high: float
    flipped: bool = False


def measured(instrument: str, scale: Scale) -> Measured:
    """What the library knows of a scale. ``ValueError`` where its error is not known."""
    yardstick, noise = yardstick_of(scale), noise_of(scale)
    if yardstick is None or noise is None:
        raise ValueError("no measurement error is known of this scale")
    return Measured(
        instrument=instrument,
        scale=scale.id,
        noise=noise,
        reliable=yardstick.threshold,
        low=scale.low,
        high=scale.high,
        flipped=scale.better is Better.HIGHER,
    )


def fit_course(
    episodes: Sequence[Episode], *, of: Measured, seed: int = 20261125
) -> ExpectedCourse:
    """Fit, widen, set the flag and weigh it.

    ``ValueError`` with fewer than ``FEWEST`` episodes of two scores or more.
    """
    usable = [one for one in episodes if len(one.scores) > 1]
    if len(usable) < FEWEST:
        raise ValueError(
            f"needs at least {FEWEST} finished episodes with two scores or more; {len(usable)} here"
        )
    order = np.random.default_rng(seed).permutation(len(usable))
    mixed = [usable[i] for i in order]
    fitted, widened, held = _thirds(mixed)
    bare = _bare(fitted, of, clients=len(usable))
    course = _flagged(_widened(bare, widened), [*fitted, *widened])
    return replace(course, worth=weigh(course, held))


def _thirds(mixed: list[Episode]) -> tuple[list[Episode], list[Episode], list[Episode]]:
    """Half to fit, three tenths to widen and set the flag, two tenths to tell what it is worth."""
    first, second = int(len(mixed) * 0.5), int(len(mixed) * 0.8)
    return mixed[:first], mixed[first:second], mixed[second:]


def _bare(episodes: list[Episode], of: Measured, *, clients: int) -> ExpectedCourse:
    growth = _growth(episodes, of)
    one = ((1.0, 1.0, 1.0),)
    firsts = np.array([_severity(episode.scores[0], of) for episode in episodes])
    low, high = np.quantile(firsts, [1 / 3, 2 / 3])
    lines = (float(low), float(high))
    return ExpectedCourse(
        instrument=of.instrument,
        scale=of.scale,
        beta=(float(growth.beta[0]), float(growth.beta[1])),
        cov=(float(growth.cov[0, 0]), float(growth.cov[0, 1]), float(growth.cov[1, 1])),
        noise=float(np.sqrt(growth.sigma2)),
        reliable=of.reliable,
        low=of.low,
        high=of.high,
        flipped=of.flipped,
        stopping=_stopping(episodes, of),
        width80=Widths(lines, one),
        width90=Widths(lines, one),
        thresholds=(USUAL_THRESHOLD * SHAPE, USUAL_THRESHOLD),
        clients=clients,
        worth=None,
        source=f"fitted on {clients} finished episodes",
    )


def _severity(score: float, of: Measured) -> float:
    return of.low + of.high - score if of.flipped else score


def _growth(episodes: list[Episode], of: Measured) -> Growth:
    """The first score is one of the outcomes, no covariate. Starts and slopes vary together, so it
    bends the expected slope as a term for intake severity would, and its error is allowed for. On
    8,000 simulated episodes, last scores were predicted within 0.005 points as well either way.
    """
    lengths = np.array([len(one.scores) for one in episodes])
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]]).astype(np.intp)
    sessions = np.array([s for one in episodes for s in one.sessions], dtype=float)
    scores = np.array([_severity(y, of) for one in episodes for y in one.scores], dtype=float)
    return fit(sums_of(starts, sessions, scores))


def _stopping(episodes: list[Episode], of: Measured) -> Stopping:
    """Logistic regression of "this was the last one" on session and score, by Newton's method."""
    first, longest = (
        min(one.sessions[-1] for one in episodes),
        max(one.sessions[-1] for one in episodes),
    )
    middle = float(np.mean([_severity(y, of) for one in episodes for y in one.scores]))
    rows, ends = [], []
    for one in episodes:
        for session, score in zip(one.sessions, one.scores, strict=True):
            if session >= first:
                late = session - 7
                rows.append((1.0, late, late**2, (_severity(score, of) - middle) / 5))
                ends.append(session == one.sessions[-1])
    weights = _logistic(np.array(rows, dtype=float), np.array(ends, dtype=float))
    return Stopping(weights, first=max(first, 2), longest=longest, middle=middle)


def _logistic(x: Array, y: Array, *, rounds: int = 30) -> tuple[float, float, float, float]:
    """Weights; a little ridge keeps them finite where sessions part clients completely."""
    weights, ridge = np.zeros(4), np.diag([1e-6, 1e-3, 1e-2, 1e-3])
    for _ in range(rounds):
        p = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        bend = x.T @ (x * (p * (1 - p))[:, None]) + ridge
        move = np.linalg.solve(bend, x.T @ (y - p) - ridge @ weights)
        weights = weights + move
        if np.abs(move).max() < 1e-10:
            break
    a, b, c, d = (float(one) for one in weights)
    return a, b, c, d


def _widened(course: ExpectedCourse, episodes: list[Episode]) -> ExpectedCourse:
    """Both bands, from the misses of clients that the model has not seen."""
    misses = [one for episode in episodes for one in _misses(course, episode)]
    lines = course.width80.lines
    longest = max((session for session, _, _ in misses), default=1)
    widths = {
        share: Widths(
            lines,
            tuple(_cells(misses, session, lines, share=share) for session in range(1, longest + 1)),
        )
        for share in (0.8, 0.9)
    }
    return replace(course, width80=widths[0.8], width90=widths[0.9])


def _misses(course: ExpectedCourse, episode: Episode) -> list[tuple[int, float, float]]:
    """(session, first score, miss of the last score in predictive SDs), before the last one."""
    first, last = course.severity(episode.scores[0]), episode.scores[-1]
    lines = follow(episode.sessions[:-1], episode.scores[:-1], course=course)
    return [(one.session, first, abs(last - one.expected) / one.spread) for one in lines]


def _cells(
    misses: list[tuple[int, float, float]],
    session: int,
    lines: tuple[float, float],
    *,
    share: float,
) -> tuple[float, float, float]:
    here = [one for one in misses if one[0] == session]
    found = []
    for third in range(3):
        cell = [miss for _, first, miss in here if sum(first > line for line in lines) == third]
        wider = (cell, [one[2] for one in here])
        held = next((one for one in wider if len(one) >= FEWEST_IN_CELL), None)
        found.append(conformal(held or [one[2] for one in misses], share=share))
    a, b, c = found
    return a, b, c


def conformal(misses: Sequence[float], *, share: float) -> float:
    """The ceil((n + 1) share)-th smallest miss: then a new one is no larger with at least that
    chance; the largest of all where there are too few."""
    ordered = sorted(misses)
    return ordered[min(ceil((len(ordered) + 1) * share), len(ordered)) - 1]


def _flagged(course: ExpectedCourse, episodes: list[Episode]) -> ExpectedCourse:
    """The threshold that finds most deteriorations before the last session.

    A few of one's own say little of a tail: they are averaged, on the log scale, with the usual.
    """
    peaks = sorted(_peak(course, one) for one in episodes if _worse(course, one))
    if not peaks:
        return course
    own = max(peaks[int(len(peaks) * (1 - SENSITIVITY))], 1e-3)
    share = len(peaks) / (len(peaks) + USUAL_WEIGHT)
    later = own**share * USUAL_THRESHOLD ** (1 - share)
    return replace(course, thresholds=(later * SHAPE, later))


def _peak(course: ExpectedCourse, episode: Episode) -> float:
    """The highest chance of a deterioration before the last session, two scores counted less."""
    lines = follow(episode.sessions[:-1], episode.scores[:-1], course=course)[1:]
    return max(
        (one.p_deterioration / (SHAPE if one.session <= 2 else 1.0) for one in lines), default=0.0
    )


def _worse(course: ExpectedCourse, episode: Episode) -> bool:
    first, last = (course.severity(episode.scores[i]) for i in (0, -1))
    return last - first >= course.reliable


def weigh(course: ExpectedCourse, episodes: Sequence[Episode]) -> Worth:
    """What the flag and the bands are worth on these clients, which the course has not seen."""
    usable = [one for one in episodes if len(one.scores) > 1]
    flags, ends, cover80, cover90 = [], [], [], []
    for episode in usable:
        lines = follow(episode.sessions[:-1], episode.scores[:-1], course=course)
        flags.append(any(one.off_track for one in lines))
        ends.append(_worse(course, episode))
        last = episode.scores[-1]
        for one in lines:
            cover80.append(one.band80[0] <= last <= one.band80[1])
            cover90.append(one.band90[0] <= last <= one.band90[1])
    flagged, worse = np.array(flags, dtype=bool), np.array(ends, dtype=bool)
    return Worth(
        clients=len(usable),
        worse=int(worse.sum()),
        flags_a_week=WEEK
        * float(flagged.sum())
        / max(sum(len(one.scores) - 1 for one in usable), 1),
        sensitivity=float(flagged[worse].mean()) if worse.any() else None,
        specificity=float((~flagged[~worse]).mean()) if (~worse).any() else None,
        flagged_of_100=100 * float(flagged.mean()),
        worse_of_10_flagged=10 * float(worse[flagged].mean()) if flagged.any() else None,
        coverage80=float(np.mean(cover80)),
        coverage90=float(np.mean(cover90)),
    )
