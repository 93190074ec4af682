"""The shapes a course can take, each an exact Gaussian posterior, weighed against one another.

A course is flat, or follows a trend along the logarithm of sessions, or slides along a line, or
wanders; on top of it something may happen at one point: a sudden gain, a sudden loss, a setback
that passes. Each combination is a linear Gaussian model with known noise, so that its evidence
and its posterior are exact (Bishop 2006, ch. 3.3 and 3.5). Everything is computed for every
prefix of the course, so that what is said of session k uses sessions 1 to k alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from math import log, pi

import numpy as np
from numpy.typing import NDArray

from waymark.progress.change.reference import STATE, TWELFTH, Reference

Array = NDArray[np.float64]

FLAT, TREND, SLIDE, WANDER = 0.55, 0.30, 0.10, 0.05
"""How likely each course is before anything is seen."""

GAIN, LOSS, SETBACK, TREND_STEP = 0.030, 0.012, 0.017, 0.016
"""Chance per score that something happens: in flat courses a gain or a loss, in trends a setback
or a step. Set on simulated courses of other seeds than those of the validation."""


LEFT = {0.0: 0.3, 0.5: 0.7}
"""How much of a week's state may be left one session later, and how likely that is beforehand.
Chosen on simulated courses (seeds 201 to 203, 211, 212): more places between change nothing."""

LASTING = STATE**2 / (1 + STATE**2)
"""The part of a score's variance around its level that is a state of the week."""


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
    ``size`` is that of the event, ``at`` is the index of its first score;
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


def fit(
    when: Array, severity: Array, counts: Array, *, reference: Reference, each: bool = True
) -> Fit:
    """Fit every shape.

    ``when``: sessions or weeks since the first score, ascending, shape (n,), starting at 0.
    ``severity``: scores, more is worse, shape (n,). ``counts``: how many scores stand behind each.
    ``each``: to every prefix, or to the whole alone, which is all that a page tells.
    """
    frame, moments = _frame(len(when), reference), (tuple(when.tolist()), tuple(counts.tolist()))
    columns = _columns(when, severity - frame.start)
    noises = [_noise(*moments, left, reference) for left in LEFT]
    found = [_fitted(frame, columns, noise, each=each) for noise in noises]
    wandering = _wandering(_walk(*moments, tuple(LEFT), reference), severity)
    logs, change, spread, level, size = (
        np.concatenate(parts) for parts in zip(*found, strict=True)
    )
    looks, models = logs.shape[1], len(frame.shapes)
    for whole, own in zip((logs, change, spread, level), wandering, strict=True):
        whole[models - 1 :: models] = own[:, -looks:]
    for place, chance in enumerate(LEFT.values()):
        logs[place * models : (place + 1) * models] += frame.prior[:, -looks:] + log(chance)
    weight = np.exp(logs - logs.max(axis=0))
    weight /= weight.sum(axis=0)
    again = len(LEFT)
    shifted, at = np.concatenate([frame.shifted] * again), np.concatenate([frame.at] * again)
    return Fit(frame.shapes * again, shifted, at, weight, change, spread, level, size)


Moments = tuple[float, ...]

KEPT = 64
"""Sets of moments whose errors are kept: they are the same for everybody who answers every week."""


@dataclass(frozen=True, slots=True)
class _Noise:
    """What scores err by: an error of its own each time, and a state of the week that lingers.

    ``triangle`` turns rows over the scores, (k, n), into units in which what is new at each is
    independent with an SD of 1: no score hears of a later one, (n, n). ``moved``: where each
    model's event holds, so turned, (m, n). ``constant``: of each score, its part in twice the
    negative log evidence that no model moves.
    """

    triangle: Array
    moved: Array
    constant: Array


@lru_cache(maxsize=KEPT)
def _noise(when: Moments, counts: Moments, left: float, reference: Reference) -> _Noise:
    """``left``: how much of a state there is one session later."""
    errors = _errors(np.array(when), np.array(counts), (left,), sd=reference.noise)[0]
    inverse = np.linalg.inv(np.linalg.cholesky(errors))
    moved = _frame(len(when), reference).moved @ inverse.T
    return _Noise(inverse.T, moved, log(2 * pi) - 2 * np.log(np.diagonal(inverse)))


def _errors(when: Array, counts: Array, lefts: Iterable[float], *, sd: float) -> Array:
    """Covariance of what scores err by, for each of ``lefts``: (k, n, n)."""
    apart, sds = np.abs(np.subtract.outer(when, when)), sd / np.sqrt(counts)
    states = np.array([left**apart for left in lefts])
    return np.asarray(np.outer(sds, sds) * (LASTING * states + (1 - LASTING) * np.eye(len(when))))


_LINE = TWELFTH - 1


@dataclass(frozen=True, slots=True)
class _Frame:
    """What all courses of one length share, before any score is seen.

    Of the three courses, none, along the logarithm, along a line: ``slopes``, the mean of each, and
    ``known``, one over its variance; ``start`` is that mean of the first level, and
    ``start_known`` its one over the variance. Of each model: which ``course`` it follows, (m,), and
    its mean ``slope``, (m, 1); ``moved``, 1 where its event holds, (m, n); one over the variance of
    the event's size, ``size_known``, and that times its mean, ``pull``, (m, 1). ``trending`` is 1
    where events ride on the logarithm, (m, 1). ``prior``: the logarithm of the model's own
    probability and of what of its evidence no score moves, (m, n). The last row keeps the place of
    the wandering level.
    """

    shapes: tuple[Shape, ...]
    shifted: NDArray[np.bool_]
    at: NDArray[np.intp]
    start: float
    start_known: float
    slopes: tuple[float, ...]
    known: tuple[float, ...]
    course: NDArray[np.intp]
    slope: Array
    trending: Array
    moved: Array
    size_known: Array
    pull: Array
    prior: Array


@lru_cache(maxsize=256)
def _frame(n: int, reference: Reference) -> _Frame:
    rows = _rows(n, reference)
    courses = np.array([_NONE, reference.trend, reference.slide])
    course = np.array([one.course for one in rows])
    mean, spread = np.array([one.size for one in rows]).T[:, :, None]
    same = np.log(reference.start[1] * courses[course, 1:] * spread) + 0.5 * (mean / spread) ** 2
    same[-1] = 0.0  # the wandering level brings its own evidence
    return _Frame(
        shapes=tuple(one.shape for one in rows),
        shifted=np.array([one.shape in SHIFTED for one in rows]),
        at=np.array([one.at for one in rows]),
        start=reference.start[0],
        start_known=reference.start[1] ** -2,
        slopes=tuple(courses[:, 0].tolist()),
        known=tuple((courses[:, 1] ** -2).tolist()),
        course=course,
        slope=courses[course, :1],
        trending=(course == 1).astype(float)[:, None],
        moved=np.stack([one.moved for one in rows]),
        size_known=spread**-2,
        pull=mean / spread**2,
        prior=np.stack([one.prior for one in rows]) - same,
    )


_NONE = (0.0, 1.0)


@dataclass(frozen=True, slots=True)
class _Row:
    """One model: its event begins at the score ``at`` and has this mean size and spread."""

    shape: Shape
    at: int
    course: int
    size: tuple[float, float]
    moved: Array
    prior: Array


def _rows(n: int, reference: Reference) -> list[_Row]:
    """Every model of a course of ``n`` scores, the wandering level last."""
    bases = {
        Shape.FLAT: (FLAT, 0, GAIN + LOSS),
        Shape.TREND: (TREND, 1, SETBACK + TREND_STEP),
        Shape.SLIDE: (SLIDE, 2, 0.0),
        Shape.WANDER: (WANDER, 0, 0.0),
    }
    fall = -reference.step[0], reference.step[1]
    events = {
        Shape.GAIN: (Shape.FLAT, GAIN, n, fall),
        Shape.LOSS: (Shape.FLAT, LOSS, n, reference.step),
        Shape.SETBACK: (Shape.TREND, SETBACK, 2, reference.bump),
        Shape.TREND_STEP: (Shape.TREND, TREND_STEP, n, fall),
    }
    calm = [
        _Row(shape, 0, course, _NONE, np.zeros(n), _calm(share, hazard, n))
        for shape, (share, course, hazard) in bases.items()
    ]
    rows = calm[:-1]
    for shape, (base, chance, lasts, size) in events.items():
        share, course, hazard = bases[base]
        for j in range(1, n):
            moved, prior = np.zeros(n), np.full(n, -np.inf)
            moved[j : j + lasts] = 1.0
            prior[j:] = np.log(share * chance) + (j - 1) * np.log1p(-hazard)
            rows.append(_Row(shape, j, course, size, moved, prior))
    return [*rows, calm[-1]]


def _calm(share: float, hazard: float, n: int) -> Array:
    """Log prior of a course in which nothing has happened yet, by prefix."""
    return np.asarray(np.log(share) + np.arange(n) * np.log1p(-hazard))


Five = tuple[Array, Array, Array, Array, Array]


def _fitted(frame: _Frame, columns: Array, noise: _Noise, *, each: bool) -> Five:
    """Log evidence, change, its SD, level and event size; each (m, n), or (m, 1).

    The normal equations of the start, the course and the event, solved by elimination in this
    order: the first two belong to a course, and many models share one.
    """
    white = columns @ noise.triangle
    a, (b_a, d, left, along, base) = _by_course(frame, white, noise.constant, each=each)
    c, e, seen, own = _of_events(frame, white, noise.moved, each=each)
    c_a, seen, e = c / a, seen - e * frame.slope, e - b_a * c
    e_d = e / d
    known = frame.size_known + own - c_a * c - e_d * e
    pull = frame.pull + seen - c_a * left - e_d * along
    size = pull / known
    bend = along / d - e_d * size
    looks = known.shape[1]
    at, moved = columns[:3, -looks:].take(frame.course, axis=0), frame.moved[:, -looks:]
    change = at * (frame.slope + bend) + moved * size  # both are 0 at the first score
    level = frame.start + left / a - b_a * bend - c_a * size + change
    apart = moved - at * e_d
    spread = np.sqrt(at * at / d + apart * apart / known)
    evidence = -0.5 * (base + np.log(known) - pull * size)
    return evidence, change, spread, level, size


_ONE, _REST = 3, 4


def _columns(when: Array, rest: Array) -> Array:
    """The courses, none, the logarithm of the session, and a line: 0 at the first score, the last
    two 1 at session 12; then one, and what the scores are more than the start. Shape (5, n)."""
    return np.array(
        [np.zeros(len(when)), np.log1p(when) / log(TWELFTH), when / _LINE, np.ones(len(when)), rest]
    )


def _by_course(
    frame: _Frame, columns: Array, constants: Array, *, each: bool
) -> tuple[float | Array, Array]:
    """What is known of the start; and of each model without its event, the start eliminated from
    the course: its share in the course, what is known of the course, what the scores say of the
    start and of the course, and twice the negative log evidence, (5, m, n) or (5, m, 1)."""
    # Of all scores, plain numbers: three courses are too few for arrays.
    sums = (columns[:, None] * columns).cumsum(axis=2) if each else (columns @ columns.T).tolist()
    constant = constants.cumsum() if each else float(constants.sum())
    a, found = sums[_ONE][_ONE] + frame.start_known, []
    for course, (slope, known) in enumerate(zip(frame.slopes, frame.known, strict=True)):
        b, own, seen = sums[course][_ONE], sums[course][course], sums[course][_REST]
        left, along = sums[_ONE][_REST] - slope * b, seen - slope * own
        square = sums[_REST][_REST] - slope * (seen + along)
        b_a = b / a
        d, along = own + known - b_a * b, along - b_a * left
        base = np.log(a * d) + constant + square - left * left / a - along * along / d
        found.append((b_a, d, left, along, base))
    by_course = np.array(found).reshape(3, 5, -1).swapaxes(0, 1)
    return a, by_course.take(frame.course, axis=1)


def _of_events(
    frame: _Frame, columns: Array, moved: Array, *, each: bool
) -> tuple[Array, Array, Array, Array]:
    """Of each model, sums over the scores of its event times one, its course, what the scores are
    more than the start, and itself; each (m, n) or (m, 1)."""
    held = columns[[_ONE, 1, _REST]]
    if each:
        one, course, seen = (held[:, None] * moved).cumsum(axis=2)
        own = (moved * moved).cumsum(axis=1)
    else:
        one, course, seen = (held @ moved.T)[:, :, None]
        own = np.einsum("mn,mn->m", moved, moved)[:, None]
    return one, frame.trending * course, seen, own


@dataclass(frozen=True, slots=True)
class _Walk:
    """A level that wanders, before any score is seen. ``mean`` of each score; ``inverse`` of the
    Cholesky factor of all; what each score tells of the change and the level at each, ``change``
    and ``level``; and the change's SD; (k, n, n) and (k, n) for k ways in which states linger."""

    mean: Array
    inverse: Array
    constant: Array
    change: Array
    level: Array
    spread: Array


@lru_cache(maxsize=KEPT)
def _walk(when: Moments, counts: Moments, lefts: Moments, reference: Reference) -> _Walk:
    """A drift along log sessions and a random walk, in one Gaussian: of its Cholesky factor, each
    row knows the scores up to its own alone (Rasmussen & Williams 2006, ch. 2)."""
    r, at = reference, np.array(when)
    along = np.log1p(at) / log(TWELFTH)
    change = r.trend[1] ** 2 * np.outer(along, along) + r.drift**2 * np.minimum.outer(at, at)
    level = change + r.start[1] ** 2
    errors = _errors(at, np.array(counts), lefts, sd=r.noise)
    inverse = np.linalg.inv(np.linalg.cholesky(level + errors))
    own = np.log(np.diagonal(inverse, axis1=1, axis2=2)) - 0.5 * log(2 * pi)
    to_change, to_level = np.triu(inverse @ change), np.triu(inverse @ level)
    rest = np.diagonal(change) - (to_change**2).sum(axis=1)
    mean = r.start[0] + r.trend[0] * along
    return _Walk(mean, inverse, own, to_change, to_level, np.sqrt(np.maximum(rest, 0.0)))


def _wandering(walk: _Walk, severity: Array) -> tuple[Array, Array, Array, Array]:
    """Log evidence, change, its SD and level after every score, (k, n) each."""
    surprise = walk.inverse @ (severity - walk.mean)
    evidence = (walk.constant - 0.5 * surprise**2).cumsum(axis=1)
    seen = surprise[:, None]
    change = walk.mean - walk.mean[0] + (seen @ walk.change)[:, 0]
    return evidence, change, walk.spread, walk.mean + (seen @ walk.level)[:, 0]
