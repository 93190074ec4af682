"""The shapes a course can take, each an exact Gaussian posterior, weighed against one another.

A course is flat, or follows a trend along the logarithm of sessions, or slides along a line, or
wanders; on top of it something may happen at one point: a sudden gain, a sudden loss, a setback
that passes. Each combination is a linear Gaussian model with known noise, so that its evidence
and its posterior are exact (Bishop 2006, ch. 3.3 and 3.5). Everything is computed for every
prefix of the course, so that what is said of session k uses sessions 1 to k alone.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

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
    """Every shape, fitted to every prefix: arrays of (models, scores).

    ``weight`` sums to 1 over models; ``change`` and ``spread`` are mean and SD of the true change
    since the first score in points of severity; ``level`` is the mean of the true level.
    ``size`` and ``size_sd`` are those of the event; ``at`` is the index of its first score.
    """

    shape: tuple[Shape, ...]
    at: NDArray[np.intp]
    weight: Array
    change: Array
    spread: Array
    level: Array
    size: Array
    size_sd: Array


def fit(when: Array, severity: Array, counts: Array, *, reference: Reference) -> Fit:
    """Fit every shape.

    ``when``: sessions or weeks since the first score, ascending, shape (n,), starting at 0.
    ``severity``: scores, more is worse, shape (n,). ``counts``: how many scores stand behind each.
    """
    shapes, at, design, mean, spread, prior = _models(when, reference)
    fitted = _fitted(design, mean, spread, severity, counts, noise=reference.noise)
    evidence, change, change_sd, level, size, size_sd = fitted
    wandering = _wandering(when, severity, counts, reference=reference)
    log = np.vstack([evidence + prior, wandering[0] + np.log(WANDER)])
    weight = np.exp(log - log.max(axis=0))
    nothing = np.zeros((1, len(when)))
    return Fit(
        shape=(*shapes, Shape.WANDER),
        at=np.append(at, 0),
        weight=weight / weight.sum(axis=0),
        change=np.vstack([change, wandering[1]]),
        spread=np.vstack([change_sd, wandering[2]]),
        level=np.vstack([level, wandering[3]]),
        size=np.vstack([size, nothing]),
        size_sd=np.vstack([size_sd, nothing]),
    )


def _models(
    when: Array, reference: Reference
) -> tuple[tuple[Shape, ...], NDArray[np.intp], Array, Array, Array, Array]:
    """Names, event places, designs (m, n, 3), prior means and SDs (m, 3), log priors (m, n)."""
    frame = _frame(len(when), reference)
    courses = np.stack([np.zeros(len(when)), np.log1p(when) / np.log(TWELFTH), when / _LINE])
    design = np.empty((*frame.moved.shape, 3))
    design[:, :, 0], design[:, :, 1], design[:, :, 2] = 1.0, courses[frame.course], frame.moved
    return frame.shapes, frame.at, design, frame.mean, frame.spread, frame.prior


_LINE = TWELFTH - 1


@dataclass(frozen=True, slots=True)
class _Frame:
    """What all courses of one length share: ``course`` is 0 flat, 1 along the logarithm, 2 along a
    line; ``moved`` is 1 where an event holds, (m, n)."""

    shapes: tuple[Shape, ...]
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


def _fitted(
    design: Array, mean: Array, spread: Array, severity: Array, counts: Array, *, noise: float
) -> tuple[Array, Array, Array, Array, Array, Array]:
    """Log evidence, change, its SD, level, event size and its SD; each (m, n)."""
    precision = counts / noise**2
    weighted = design * precision[None, :, None]
    left = severity[None, :] - np.einsum("mnk,mk->mn", design, mean)
    gram = np.cumsum(weighted[:, :, :, None] * design[:, :, None, :], axis=1)
    pull = np.cumsum(weighted * left[:, :, None], axis=1)
    square = np.cumsum(precision * left**2, axis=1)
    posterior = gram + np.eye(3) / spread[:, None, :, None] ** 2
    cov, log_det = _inverse(posterior)
    shift = np.einsum("mnij,mnj->mni", cov, pull)
    log_det = log_det + 2 * np.log(spread).sum(axis=1)[:, None]
    constant = np.cumsum(np.log(2 * np.pi / precision))
    fits = square - np.einsum("mni,mni->mn", shift, pull)
    evidence = -0.5 * (log_det + constant + fits)
    coefficients = shift + mean[:, None, :]
    since = design - design[:, :1, :]
    change = np.einsum("mnk,mnk->mn", since, coefficients)
    variance = np.einsum("mni,mnij,mnj->mn", since, cov, since)
    level = np.einsum("mnk,mnk->mn", design, coefficients)
    sizes = coefficients[:, :, 2], np.sqrt(cov[:, :, 2, 2])
    return evidence, change, np.sqrt(np.maximum(variance, 0.0)), level, *sizes


def _inverse(matrix: Array) -> tuple[Array, Array]:
    """Of symmetric matrices (..., 3, 3), by cofactors, and the logarithm of their determinants:
    many times faster than a general routine at this size, and these are well away from singular."""
    a, b, c = matrix[..., 0, 0], matrix[..., 0, 1], matrix[..., 0, 2]
    d, e, f = matrix[..., 1, 1], matrix[..., 1, 2], matrix[..., 2, 2]
    found = np.empty(matrix.shape)
    found[..., 0, 0] = d * f - e * e
    found[..., 0, 1] = found[..., 1, 0] = c * e - b * f
    found[..., 0, 2] = found[..., 2, 0] = b * e - c * d
    found[..., 1, 1] = a * f - c * c
    found[..., 1, 2] = found[..., 2, 1] = b * c - a * e
    found[..., 2, 2] = a * d - b * b
    det = a * found[..., 0, 0] + b * found[..., 0, 1] + c * found[..., 0, 2]
    return found / det[..., None, None], np.log(det)


def _wandering(
    when: Array, severity: Array, counts: Array, *, reference: Reference
) -> tuple[Array, Array, Array, Array]:
    """A local level with a drift along log sessions: the Kalman filter, exact at every prefix.

    The state is the first level, the drift, and how far the level has wandered since (Durbin &
    Koopman 2012, ch. 2 and 4). Log evidence, change, its SD, and level; each (n,).
    """
    r = reference
    state = np.array([r.start[0], r.trend[0], 0.0])
    cov = np.diag([r.start[1] ** 2, r.trend[1] ** 2, 0.0])
    found, evidence, before = [], 0.0, 0.0
    for moment, score, count in zip(when, severity, counts, strict=True):
        cov[2, 2] += r.drift**2 * (moment - before)
        before = moment
        sees = np.array([1.0, np.log1p(moment) / np.log(TWELFTH), 1.0])
        reach = cov @ sees
        variance = sees @ reach + r.noise**2 / count
        surprise = score - sees @ state
        evidence -= 0.5 * (np.log(2 * np.pi * variance) + surprise**2 / variance)
        state = state + reach * (surprise / variance)
        cov = cov - np.outer(reach, reach) / variance
        since = np.array([0.0, sees[1], 1.0])
        found.append((evidence, since @ state, since @ cov @ since, sees @ state))
    log, change, variance, level = np.array(found).T
    return log, change, np.sqrt(np.maximum(variance, 0.0)), level
