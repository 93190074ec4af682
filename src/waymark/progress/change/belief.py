"""Is this change real, and did something shift? What is believed after each score, and why.

The belief is the mixture of all shapes a course can take (`shapes.py`), so it shrinks what noise
explains, keeps what noise does not, and may say that it is too early. Because a flat course is
one of the shapes, looking after every session is paid for: a claim needs evidence against it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from math import isfinite
from operator import gt

import numpy as np
from numpy.typing import NDArray
from scipy.special import log_ndtr, ndtr

from waymark.progress.change.reference import Reference
from waymark.progress.change.shapes import Array, Fit, Shape, fit

SURE_AT_ONCE, EASED, SURE = 0.96, 0.02, 0.74
"""Probability from which a change is called one: at a first look, less with each score, and least.
The first few scores say little, a first score is often given in a hard week, and what lingers from
one week to the next looks like a change at first. With it, of 100 clients who do not change some 8
to 11 are ever told otherwise in twelve sessions, the more the longer their weeks hang together
(`waymark validate`)."""

EARLY = 3
"""Scores after the first within which nothing is called the same."""

SAME = 0.80
"""Probability of no meaningful change from which that is said."""

MEANINGFUL = 4.0
"""A meaningful change, in units of the smallest one (4 points of a PHQ-9)."""

SHIFT = 0.44
"""Probability from which something is said to have shifted."""

ONE_EACH = "needs one moment for each score, and at least one score"

LEAST = 1e-6
"""A spread that stands for none: a shape may know the change for certain."""

MOST = 60
"""Scores looked at; of more, the first and the last third, and some evenly from between."""

LONGEST = 120
"""Moments beyond which a course has outgrown the shapes: what is said of it would be too sure."""


class BeliefVerdict(StrEnum):
    """What is said of a change."""

    IMPROVED = "improved"
    WORSE = "worse"
    NO_CHANGE = "no-change"
    TOO_EARLY = "too-early"


@dataclass(frozen=True, slots=True)
class Belief:
    """What is believed after one score, from it and those before it.

    ``mean`` and ``sd`` are of the true change since the first score, in points of the scale.
    """

    index: int
    mean: float
    sd: float
    p_improved: float
    p_worse: float
    verdict: BeliefVerdict


@dataclass(frozen=True, slots=True)
class Shift:
    """Whether something shifted, when (index of the first score after it), and by how much."""

    p_shift: float
    when: int | None
    interval: tuple[int, int] | None
    size: float | None
    found: bool


@dataclass(frozen=True)
class Judged:
    """All that is believed of one course."""

    reference: Reference
    ends: tuple[int, ...]  # index of the last score behind each step
    fitted: Fit

    @cached_property
    def beliefs(self) -> tuple[Belief, ...]:
        """One for each score from the first on, the first always too early; or the last alone."""
        weight, change, spread = self.fitted.weight, self.fitted.change, self.fitted.spread
        mean = (weight * change).sum(axis=0)
        sd = np.sqrt((weight * (spread**2 + (change - mean) ** 2)).sum(axis=0))
        least = self.reference.smallest
        better, risen, above, under = self._below(
            np.array([-least, least, least * MEANINGFUL, -least * MEANINGFUL])
        )
        columns = np.array([mean, sd, better, 1 - risen, above - under]).T.tolist()
        skipped = len(self.ends) - len(columns)
        return tuple(
            Belief(
                index=self.ends[step],
                mean=self.reference.toward(average),
                sd=spread_,
                p_improved=up,
                p_worse=down,
                verdict=_verdict(step, up, down, alike),
            )
            for step, (average, spread_, up, down, alike) in enumerate(columns, skipped)
        )

    @property
    def last(self) -> Belief:
        """The belief after the newest score."""
        return self.beliefs[-1]

    def band(self, share: float) -> tuple[float, float]:
        """The interval that holds the true change with this probability, ends ascending."""
        tail = (1 - share) / 2
        ends = sorted(self.reference.toward(self.quantile(p)) for p in (tail, 1 - tail))
        return ends[0], ends[1]

    def quantile(self, p: float) -> float:
        """Of the true change in severity; by halving, to a thousandth of a point."""
        width = min(self.reference.high - self.reference.low, 100 * self.reference.noise)
        low, high = -width, width
        while high - low > 1e-3:
            middle = (low + high) / 2
            low, high = (middle, high) if self.below(middle) < p else (low, middle)
        return (low + high) / 2

    def below(self, change: float) -> float:
        """Probability that the true change in severity is below this, after the last score."""
        weight, mean, spread = self._last
        return float(weight @ ndtr((change - mean) / spread))

    @cached_property
    def _last(self) -> tuple[Array, Array, Array]:
        """Weight, mean and spread of every shape after the last score."""
        fitted = self.fitted
        weight, mean, spread = (
            np.ascontiguousarray(one[:, -1])
            for one in (fitted.weight, fitted.change, fitted.spread)
        )
        return weight, mean, np.maximum(spread, LEAST)

    def _below(self, changes: Array) -> Array:
        """The probabilities that the true change is below each of these, after every score."""
        spread = np.maximum(self.fitted.spread, LEAST)
        under = ndtr((changes[:, None, None] - self.fitted.change) / spread)
        return np.asarray((self.fitted.weight * under).sum(axis=1))

    @cached_property
    def shift(self) -> Shift:
        """Of the whole course."""
        fitted, shifted = self.fitted, self.fitted.shifted
        weight = fitted.weight[:, -1]
        p = float(weight[shifted].sum())
        if len(self.ends) < 3 or p <= 0:
            return Shift(p if len(self.ends) >= 3 else 0.0, None, None, None, found=False)
        by_place = np.bincount(fitted.at[shifted], weights=weight[shifted] / p).astype(float)
        place = int(by_place.argmax())
        size = (weight * fitted.size[:, -1])[shifted & (fitted.at == place)].sum()
        size /= weight[shifted & (fitted.at == place)].sum()
        return Shift(
            p_shift=p,
            when=self.ends[place - 1] + 1,
            interval=self._places(by_place),
            size=self.reference.toward(float(size)),
            found=p > SHIFT,
        )

    def _places(self, by_place: Array) -> tuple[int, int]:
        """The central 80% of where it happened."""
        total = np.cumsum(by_place)
        low, high = (int(np.searchsorted(total, p)) for p in (0.1, 0.9))
        high = min(high, len(self.ends) - 1)
        return self.ends[low - 1] + 1, self.ends[high - 1] + 1

    def p_of(self, shape: Shape) -> float:
        """Probability of one shape, all its places together."""
        chosen = np.array([one is shape for one in self.fitted.shape])
        return float(self.fitted.weight[chosen, -1].sum())


def believe(
    when: Sequence[float], scores: Sequence[float], *, reference: Reference, each: bool = True
) -> Judged:
    """Judge one course.

    ``when``: sessions, or weeks, in any unit-1 scale, ascending; equal moments are averaged.
    ``scores``: in points of the scale, one each. ``each``: whether a belief is wanted after every
    score, or after the last alone, which costs less. ``ValueError`` where there is none, where
    they differ in number, where a figure is not finite, lies outside the scale, or goes back in
    time.
    """
    moments, values = _checked(when, scores, reference=reference)
    times, means, counts, ends = _gathered(moments, values)
    if means.min() <= reference.low or means.max() >= reference.high:
        first = fit(times, means, counts, reference=reference)
        means = _beyond_the_ends(means, counts, first, reference=reference)
    return Judged(reference, ends, fit(times, means, counts, reference=reference, each=each))


def _checked(
    when: Sequence[float], scores: Sequence[float], *, reference: Reference
) -> tuple[list[float], list[float]]:
    """Moments since the first, and severities. (Lists: a page asks about a score or twenty.)"""
    try:
        moments, values = [*map(float, when)], [*map(float, scores)]
    except TypeError as problem:
        raise ValueError(ONE_EACH) from problem
    if len(moments) != len(values) or not values:
        raise ValueError(ONE_EACH)
    if not (all(map(isfinite, moments)) and all(map(isfinite, values))):
        raise ValueError("moments and scores must be finite numbers")
    if any(map(gt, moments, moments[1:])):
        raise ValueError("scores must stand in order of time")
    if min(values) < reference.low or max(values) > reference.high:
        raise ValueError(f"a score lies outside {reference.low:g} to {reference.high:g}")
    severity = [reference.severity(one) for one in values] if reference.flipped else values
    return [one - moments[0] for one in moments], severity


def _gathered(
    moments: list[float], values: list[float]
) -> tuple[Array, Array, Array, tuple[int, ...]]:
    """Scores of one moment become their mean; of very many moments, some in between are left out.

    Neighbours are not averaged: a mean of many would count as a sure figure on a course whose shape
    is none of ours, and the first score would no longer be the first.
    """
    if len(set(moments)) == len(moments) <= MOST:
        every = tuple(range(len(moments)))
        return np.array(moments), np.array(values), np.ones(len(moments)), every
    held: dict[float, list[float]] = {}
    for moment, value in zip(moments, values, strict=True):
        held.setdefault(moment, []).append(value)
    counts = np.array([float(len(each)) for each in held.values()])
    means = np.array([sum(each) / len(each) for each in held.values()])
    ends, kept = counts.cumsum().astype(int) - 1, _kept(len(held))
    return np.array(list(held))[kept], means[kept], counts[kept], tuple(ends[kept].tolist())


def _kept(moments: int) -> NDArray[np.intp] | slice:
    """The first third, the last third, and as many evenly from between."""
    if moments <= MOST:
        return slice(None)
    third = MOST // 3
    between = np.linspace(third, moments - third - 1, third).round().astype(np.intp)
    return np.concatenate([np.arange(third), between, np.arange(moments - third, moments)])


def _beyond_the_ends(severity: Array, counts: Array, fitted: Fit, *, reference: Reference) -> Array:
    """Scores at an end of the scale, as what they would have read without it.

    A score of 0 says "0 or less": its place is taken by the mean of what lies beyond the end,
    given the level that was believed in when it came (Tobin 1958; Amemiya 1984).
    """
    low, high = severity <= reference.low, severity >= reference.high
    level = (fitted.weight * fitted.level).sum(axis=0)
    noise = reference.noise / np.sqrt(counts)
    under, over = (reference.low + 0.5 - level) / noise, (level - reference.high + 0.5) / noise
    below, above = level - noise * _hazard(under), level + noise * _hazard(over)
    return np.where(
        low, np.minimum(below, severity), np.where(high, np.maximum(above, severity), severity)
    )


def _hazard(x: Array) -> Array:
    """Normal density over normal distribution, safe far out in the tail."""
    return np.asarray(np.exp(-0.5 * x**2 - 0.5 * np.log(2 * np.pi) - log_ndtr(x)))


def _verdict(step: int, better: float, worse: float, same: float) -> BeliefVerdict:
    needed = max(SURE, SURE_AT_ONCE - EASED * step)
    if step == 0:
        return BeliefVerdict.TOO_EARLY
    if better >= needed and better >= worse:
        return BeliefVerdict.IMPROVED
    if worse >= needed:
        return BeliefVerdict.WORSE
    return BeliefVerdict.NO_CHANGE if same >= SAME and step >= EARLY else BeliefVerdict.TOO_EARLY
