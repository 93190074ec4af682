"""The shapes a course can take, each an exact Gaussian posterior, weighed against one another.

A course is flat, or follows a trend along the logarithm of sessions, or slides along a line, or
wanders; on top of it something may happen at one point: a sudden gain, a sudden loss, a setback
that passes. Each combination is a linear Gaussian model with known noise, so that its evidence
and its posterior are exact (Bishop 2006, ch. 3.3 and 3.5). Everything is computed for every
prefix of the course, so that what is said of session k uses sessions 1 to k alone.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from math import log, log1p, pi, sqrt

import numpy as np
from numpy.typing import NDArray

from waymark.progress.reference import TWELFTH, Reference

Array = NDArray[np.float64]

FLAT, TREND, SLIDE, WANDER = 0.55, 0.30, 0.10, 0.05
"""How likely each course is before anything is seen."""

GAIN, LOSS, SETBACK, TREND_STEP = 0.030, 0.012, 0.017, 0.016
"""Chance per score that something happens: in flat courses a gain or a loss, in trends a setback
or a step. Set on simulated courses of other seeds than those of the validation."""


class Shape(StrEnum):
    """What a course can look like."""

    FLAT = "flat"
    TREND = "trend"
    SLIDE = "slide"
    WANDER = "wander"
    GAIN = "gain"
    LOSS = "loss"
    SETBACK = "setback"
    TREND_STEP = "trend-step"


SHIFTED = (Shape.GAIN, Shape.LOSS, Shape.TREND_STEP)


@dataclass(frozen=True, slots=True)
class Fit:
    """Every shape, fitted to every prefix: arrays of (models, scores); or to the whole alone:
    arrays of (models, 1).

    ``weight`` sums to 1 over models; ``change`` and ``spread`` are mean and SD of the true change
    since the first score in points of severity; ``level`` is the mean of the true level.
    ``size`` and ``size_sd`` are those of the event; ``at`` is the index of its first score;
    ``shifted`` says whether it is a lasting one.
    """

    shape: tuple[Shape, ...]
    shifted: NDArray[np.bool_]
    at: NDArray[np.intp]
    weight: Array
    change: Array
    spread: Array
    level: Array
    size: Array
    size_sd: Array


def fit(
    when: Array, severity: Array, counts: Array, *, reference: Reference, each: bool = True
) -> Fit:
    """Fit every shape.

    ``when``: sessions or weeks since the first score, ascending, shape (n,), starting at 0.
    ``severity``: scores, more is worse, shape (n,). ``counts``: how many scores stand behind each.
    ``each``: to every prefix, or to the whole alone, which is all that a page tells.
    """
    frame = _frame(len(when), reference)
    evidence, change, change_sd, level, size, size_sd = _fitted(
        frame, when, severity, counts, noise=reference.noise, each=each
    )
    columns = evidence.shape[1]
    wandering = _wandering(when, severity, counts, reference=reference)[:, -columns:]
    logs = np.vstack([evidence + frame.prior[:, -columns:], wandering[0] + np.log(WANDER)])
    weight = np.exp(logs - logs.max(axis=0))
    nothing = np.zeros((1, columns))
    return Fit(
        shape=(*frame.shapes, Shape.WANDER),
        shifted=np.append(frame.shifted, False),
        at=np.append(frame.at, 0),
        weight=weight / weight.sum(axis=0),
        change=np.vstack([change, wandering[1]]),
        spread=np.vstack([change_sd, wandering[2]]),
        level=np.vstack([level, wandering[3]]),
        size=np.vstack([size, nothing]),
        size_sd=np.vstack([size_sd, nothing]),
    )


_LINE = TWELFTH - 1


@dataclass(frozen=True, slots=True)
class _Frame:
    """What all courses of one length share: ``course`` is 0 flat, 1 along the logarithm, 2 along a
    line; ``moved`` is 1 where an event holds, (m, n)."""

    shapes: tuple[Shape, ...]
    shifted: NDArray[np.bool_]
    at: NDArray[np.intp]
    course: NDArray[np.intp]
    moved: Array
    mean: Array
    spread: Array
    prior: Array


@lru_cache(maxsize=256)
def _frame(n: int, reference: Reference) -> _Frame:
    r, none = reference, (0.0, 1.0)
    bases = {
        Shape.FLAT: (FLAT, 0, none, GAIN + LOSS),
        Shape.TREND: (TREND, 1, r.trend, SETBACK + TREND_STEP),
        Shape.SLIDE: (SLIDE, 2, r.slide, 0.0),
    }
    events = {
        Shape.GAIN: (Shape.FLAT, GAIN, n, (-r.step[0], r.step[1])),
        Shape.LOSS: (Shape.FLAT, LOSS, n, r.step),
        Shape.SETBACK: (Shape.TREND, SETBACK, 2, r.bump),
        Shape.TREND_STEP: (Shape.TREND, TREND_STEP, n, (-r.step[0], r.step[1])),
    }
    rows = [
        (shape, 0, kind, np.zeros(n), course, none, _calm(share, hazard, n))
        for shape, (share, kind, course, hazard) in bases.items()
    ]
    for shape, (base, chance, lasts, size) in events.items():
        share, kind, course, hazard = bases[base]
        for j in range(1, n):
            moved, prior = np.zeros(n), np.full(n, -np.inf)
            moved[j : j + lasts] = 1.0
            prior[j:] = np.log(share * chance) + (j - 1) * np.log1p(-hazard)
            rows.append((shape, j, kind, moved, course, size, prior))
    return _Frame(
        shapes=tuple(one[0] for one in rows),
        shifted=np.array([one[0] in SHIFTED for one in rows]),
        at=np.array([one[1] for one in rows]),
        course=np.array([one[2] for one in rows]),
        moved=np.stack([one[3] for one in rows]),
        mean=np.array([(r.start[0], one[4][0], one[5][0]) for one in rows]),
        spread=np.array([(r.start[1], one[4][1], one[5][1]) for one in rows]),
        prior=np.stack([one[6] for one in rows]),
    )


def _calm(share: float, hazard: float, n: int) -> Array:
    """Log prior of a course in which nothing has happened yet, by prefix."""
    return np.asarray(np.log(share) + np.arange(n) * np.log1p(-hazard))


Three = tuple[Array, Array, Array]
Six = tuple[Array, Array, Array, Array, Array, Array]
"""Vectors, and symmetric matrices by their upper rows, of the intercept, the course and the event:
by hand, for a general routine costs many times as much at this size."""


def _fitted(
    frame: _Frame, when: Array, severity: Array, counts: Array, *, noise: float, each: bool
) -> Six:
    """Log evidence, change, its SD, level, event size and its SD; each (m, n), or (m, 1)."""
    added = np.cumsum if each else _summed
    precision = counts / noise**2
    course = _courses(when)[frame.course]
    gram, seen, square = _sums(course, frame.moved, severity, precision, added)
    mean = _of_models(frame.mean)
    pull = tuple(y - x for y, x in zip(seen, _times(gram, mean), strict=True))
    cov, log_det = _inverse(_informed(gram, frame.spread))
    shift = _times(cov, (pull[0], pull[1], pull[2]))
    log_det = log_det + 2 * np.log(frame.spread).sum(axis=1)[:, None]
    constant = added(np.log(2 * np.pi / precision), axis=0)
    fits = square
    for prior, y, left, moves in zip(mean, seen, pull, shift, strict=True):
        fits = fits - prior * (y + left) - moves * left
    start, slope, size = (moves + prior for moves, prior in zip(shift, mean, strict=True))
    columns = len(when) if each else 1
    at, moved = course[:, -columns:], frame.moved[:, -columns:]
    change = at * slope + moved * size  # both are 0 at the first score
    variance = at * at * cov[3] + 2 * at * moved * cov[4] + moved * cov[5]
    spread = np.sqrt(np.maximum(variance, 0.0))
    evidence = -0.5 * (log_det + constant + fits)
    return evidence, change, spread, start + change, size, np.sqrt(cov[5])


def _courses(when: Array) -> Array:
    """Nothing, the logarithm of the session, and a line: 0 at the first score, the last two 1 at
    session 12."""
    return np.stack([np.zeros(len(when)), np.log1p(when) / np.log(TWELFTH), when / _LINE])


def _sums(
    course: Array, moved: Array, severity: Array, precision: Array, added: Callable[..., Array]
) -> tuple[Six, Three, Array]:
    """Of each model, what its fit needs of the scores: products of its columns with one another and
    with the scores, and the scores' squares. (``moved`` is 0 or 1: its square is itself.)"""
    weighted = precision * severity
    along, event = course * precision, moved * precision
    gram = (
        added(precision[None, :], axis=1),
        added(along, axis=1),
        added(event, axis=1),
        added(along * course, axis=1),
        added(along * moved, axis=1),
    )
    seen = (
        added(weighted[None, :], axis=1),
        added(course * weighted, axis=1),
        added(moved * weighted, axis=1),
    )
    return (*gram, gram[2]), seen, added((weighted * severity)[None, :], axis=1)


def _informed(gram: Six, spread: Array) -> Six:
    """With what was known before: the precision of each coefficient."""
    before = _of_models(1 / spread**2)
    a, b, c, d, e, f = gram
    return a + before[0], b, c, d + before[1], e, f + before[2]


def _of_models(values: Array) -> Three:
    """The columns of (m, 3), each as (m, 1)."""
    return values[:, :1], values[:, 1:2], values[:, 2:]


def _summed(values: Array, *, axis: int) -> Array:
    return np.asarray(values.sum(axis=axis, keepdims=True))


def _times(matrix: Six, vector: Three) -> Three:
    a, b, c, d, e, f = matrix
    x, y, z = vector
    return a * x + b * y + c * z, b * x + d * y + e * z, c * x + e * y + f * z


def _inverse(matrix: Six) -> tuple[Six, Array]:
    """By cofactors, and the logarithm of the determinants; these are well away from singular."""
    a, b, c, d, e, f = matrix
    first, second, third = d * f - e * e, c * e - b * f, b * e - c * d
    det = a * first + b * second + c * third
    found = first, second, third, a * f - c * c, b * c - a * e, a * d - b * b
    one, two, three, four, five, six = (each / det for each in found)
    return (one, two, three, four, five, six), np.log(det)


def _wandering(when: Array, severity: Array, counts: Array, *, reference: Reference) -> Array:
    """A local level with a drift along log sessions: the Kalman filter, exact at every prefix.

    The state is the first level, the drift, and how far the level has wandered since (Durbin &
    Koopman 2012, ch. 2 and 4), three by three by hand. Log evidence, change, its SD, and level:
    shape (4, n).
    """
    r = reference
    level, drift, gone = r.start[0], r.trend[0], 0.0
    ll, ld, lg, dd, dg, gg = r.start[1] ** 2, 0.0, 0.0, r.trend[1] ** 2, 0.0, 0.0
    found, evidence, before = [], 0.0, 0.0
    for moment, score, count in zip(when.tolist(), severity.tolist(), counts.tolist(), strict=True):
        gg += r.drift**2 * (moment - before)
        before = moment
        at = log1p(moment) / log(TWELFTH)
        to_level, to_drift, to_gone = ll + at * ld + lg, ld + at * dd + dg, lg + at * dg + gg
        variance = to_level + at * to_drift + to_gone + r.noise**2 / count
        surprise = score - (level + at * drift + gone)
        evidence -= 0.5 * (log(2 * pi * variance) + surprise**2 / variance)
        pull = surprise / variance
        level, drift, gone = level + to_level * pull, drift + to_drift * pull, gone + to_gone * pull
        ll, ld = ll - to_level**2 / variance, ld - to_level * to_drift / variance
        lg, dd = lg - to_level * to_gone / variance, dd - to_drift**2 / variance
        dg, gg = dg - to_drift * to_gone / variance, gg - to_gone**2 / variance
        change = at * drift + gone
        spread = sqrt(max(at**2 * dd + 2 * at * dg + gg, 0.0))
        found.append((evidence, change, spread, level + change))
    return np.array(found).T
