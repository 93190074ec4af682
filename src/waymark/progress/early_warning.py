"""Is a setback brewing? Day means that drift away from what is usual for this person.

An exponentially weighted mean (EWMA, Roberts 1959; for single people Smit & Snippe 2022, Psychol
Med) is set against the person's own usual days. Textbook limits ring far too often: they take
days to be independent and the usual level to be known. Here the chart knows how far days hang
together, which weekdays differ, and how little a short baseline tells (methods 8.2; Schat et al.
2021, Psychol Methods): every figure is a weighted sum of days, its exact variance under that
model is its yardstick, and Student's t pays for an estimated spread. A second chart watches how
much days differ (Schat et al. 2023, Behav Res Methods). Two stages: "unusual for you", then,
confirmed on two of three days, "talk about it". No alarm decides anything, and none is for
emergencies. The baseline grows as long as nothing is unusual.

Critical slowing down stands apart, for exploring: it never raises an alarm, for it precedes a
third of recurrences and is found without any (Schreuder 2022; Smit 2025; Jaeger & Fuellsack 2019).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import log, sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, stdtrit

from waymark.library.instrument import Better

Array = NDArray[np.float64]

BASELINE, LEAST = 42, 21
"""Days from which the usual is learned, and how many of them must be answered, else more."""

LAG, WEEK, MONTH = 21, 7, 28
"""The baseline takes in, once a week, days that lie this far back; how days hang together is
learned anew once a month."""

WEIGHT = 0.15
"""The weight of today in the weighted mean (lambda)."""

BUDGET = 0.05
"""False alarms allowed in 108 days: of 100 people in whom nothing brews, so many hear one."""

MONITORED = 108
LIMITS = ((0.30, 2.08), (0.20, 2.28), (0.10, 2.57), (0.05, 2.82), (0.025, 3.03), (0.0125, 3.2))
"""Limits for budgets, in standard errors; found by drawing 2,000 people in whom nothing happens."""

NOTICE = 2.5
"""Standard errors from which a day is "unusual for you"; the variance chart has ``RESTLESS``."""

RESTLESS = 3.5

PHIS = np.linspace(0.05, 0.75, 8)
USUAL_PHI = (0.35, 0.2)
"""What is left of a day's deviation on the next, before anything is seen: mean and SD (methods 9:
.28 to .42 within persons)."""

STATE, WEEKDAY = 0.7, 0.2
"""The part of the variance that lasts beyond a day; SD of weekdays, in SDs of a day."""


class Stage(StrEnum):
    """What is said of a day."""

    LEARNING = "learning"
    USUAL = "usual"
    UNUSUAL = "unusual-for-you"
    TALK = "talk-about-it"


@dataclass(frozen=True, slots=True)
class Day:
    """One answered day. ``level``: how far the weighted mean lies toward worse from the usual one,
    in its standard errors; ``spread``: the same for how much days differ; None while learning."""

    day: int
    level: float | None
    spread: float | None
    stage: Stage


@dataclass(frozen=True, slots=True)
class Watch:
    """Every answered day in order; the limit in force; ``usual`` and ``sd`` in points, as last
    learned; ``phi``, what is left of a deviation after a day. None while learning."""

    days: tuple[Day, ...]
    limit: float
    usual: float | None
    sd: float | None
    phi: float | None

    @property
    def stage(self) -> Stage:
        """Of the last answered day."""
        return self.days[-1].stage if self.days else Stage.LEARNING

    @property
    def first_unusual(self) -> int | None:
        return self._first(Stage.UNUSUAL, Stage.TALK)

    @property
    def first_talk(self) -> int | None:
        return self._first(Stage.TALK)

    @property
    def first_restless(self) -> int | None:
        """The first day on which days differed more than they usually do."""
        return next((one.day for one in self.days if (one.spread or 0) > RESTLESS), None)

    def _first(self, *stages: Stage) -> int | None:
        return next((one.day for one in self.days if one.stage in stages), None)


def watch(
    when: Sequence[float],
    scores: Sequence[float | None],
    *,
    better: Better = Better.LOWER,
    step: float = 1.0,
    budget: float = BUDGET,
    items: int = 1,
) -> Watch:
    """Watch one item of one person; what is said of a day uses that day and those before.

    ``when``: days (a whole number of days is midnight), ascending. ``scores``: points, None where
    an answer was missed; several of a day become their mean. ``step``: the smallest step of the
    scale, which is the least that a person is taken to vary. ``budget``: false alarms in 108 days,
    over all ``items`` that are watched at once. ``ValueError`` where days and scores differ in
    number, do not ascend or are not finite, and where the budget lies outside 0.0005 to 0.5.
    """
    days, means = _day_means(when, scores)
    limit = limit_for(budget / items)
    sign = 1.0 if better is Better.LOWER else -1.0
    chart = _Chart(days, sign * means, step, limit)
    found = tuple(chart.run())
    usual = chart.usual
    if usual is None:
        return Watch(found, limit, None, None, None)
    return Watch(found, limit, sign * usual.mean, usual.sd, usual.phi)


def limit_for(budget: float) -> float:
    """The limit whose false alarms in 108 days are this share; straight in its logarithm."""
    if not 0.0005 <= budget <= 0.5:
        raise ValueError("a budget lies between 0.0005 and 0.5 false alarms in 108 days")
    logs = [log(one) for one, _ in LIMITS]
    place = sum(log(budget) < one for one in logs[1:-1])
    (low, at_low), (high, at_high) = LIMITS[place], LIMITS[place + 1]
    return at_low + (at_high - at_low) * (log(budget) - log(low)) / (log(high) - log(low))


def _day_means(when: Sequence[float], scores: Sequence[float | None]) -> tuple[Array, Array]:
    moments = np.asarray(when, dtype=float)
    if moments.shape != (len(scores),):
        raise ValueError("needs one day for each score")
    if not np.isfinite(moments).all() or (np.diff(moments) < 0).any():
        raise ValueError("days must be finite numbers in ascending order")
    kept = [k for k, one in enumerate(scores) if one is not None]
    values = np.array([scores[k] for k in kept], dtype=float)
    if not np.isfinite(values).all():
        raise ValueError("scores must be finite numbers")
    days, place, counts = np.unique(
        np.floor(moments[kept]), return_inverse=True, return_counts=True
    )
    return days, np.bincount(place, weights=values, minlength=len(days)) / counts


@dataclass(frozen=True, slots=True)
class _Usual:
    """What is usual: ``take`` (n, r) turns reference days into what each day should have been.

    ``line`` and ``notice`` are the two limits of the level, as Student's t.
    """

    end: float
    mean: float
    sd: float
    phi: float
    df: int
    line: float
    notice: float
    cov: Array  # of all days, in squared SDs
    take: Array


class _Chart:
    """Walks through the days once; the reference is learned anew each week."""

    def __init__(self, days: Array, values: Array, step: float, limit: float) -> None:
        self.days, self.values, self.step = days, values, step
        self.limit = limit
        self.gaps = np.abs(days[:, None] - days).astype(int)
        self.same = (self.gaps % WEEK == 0).astype(float) * WEEKDAY**2
        self.likely = [self._cov(float(phi)) for phi in PHIS] if len(days) else []
        self.usual: _Usual | None = None
        self.quiet_until = np.inf
        self.phi_from = -np.inf

    def run(self) -> Iterator[Day]:
        if len(self.days) < LEAST:
            yield from (Day(int(day), None, None, Stage.LEARNING) for day in self.days)
            return
        start = max(self.days[0] + BASELINE - 1, self.days[LEAST - 1])
        over: list[tuple[float, bool]] = []
        for i, day in enumerate(self.days):
            if day <= start:
                yield Day(int(day), None, None, Stage.LEARNING)
                continue
            usual = self._learned(day, start)
            level, spread = self._figures(i, usual)
            over.append((day, level > usual.line))
            unusual = level > usual.notice or spread > RESTLESS
            yield Day(int(day), level, spread, self._stage(over, unusual=unusual))

    def _learned(self, day: float, start: float) -> _Usual:
        """Once a week, as far as nothing unusual lies within the days taken in or after them."""
        weeks = (day - start - 1) // WEEK
        end = max(start, min(start + weeks * WEEK, self.quiet_until) - LAG)
        if self.usual is None or end > self.usual.end:
            self.usual = self._reference(end)
        return self.usual

    def _stage(self, over: list[tuple[float, bool]], *, unusual: bool) -> Stage:
        day = over[-1][0]
        recent = [hot for at, hot in over[-3:] if day - at < WEEK]
        if over[-1][1] and sum(recent) >= 2:
            self.quiet_until = min(self.quiet_until, day)
            return Stage.TALK
        return Stage.UNUSUAL if unusual else Stage.USUAL

    def _cov(self, phi: float) -> Array:
        """Of all days, by their gaps: what lasts, what is of the day, what is of the weekday."""
        by_gap = STATE * phi ** np.arange(self.gaps.max() + 1)
        by_gap[0] = 1.0
        return np.asarray(by_gap[self.gaps] + self.same)

    def _reference(self, end: float) -> _Usual:
        """Level, spread, weekdays and how days hang together, from the days up to ``end``."""
        known = self.days <= end
        last = self.usual
        if last is None or end >= self.phi_from + MONTH:
            phi, self.phi_from = self._phi(known), end
        else:
            phi = last.phi
        cov = self._cov(phi)
        inverse = np.linalg.inv(cov[np.ix_(known, known)])
        share = inverse.sum(axis=0) / inverse.sum()
        away = self.values[known] - share @ self.values[known]
        df = int(known.sum()) - 1
        sd = max(sqrt(float(away @ inverse @ away) / df), self.step / 2)
        weekdays = self.same[:, known] @ inverse
        take = share + weekdays - np.outer(weekdays.sum(axis=1), share)
        mean = float(share @ self.values[known])
        line, notice = (-float(stdtrit(df, ndtr(-one))) for one in (self.limit, NOTICE))
        return _Usual(float(end), mean, sd, phi, df, line, notice, cov, take)

    def _phi(self, known: NDArray[np.bool_]) -> float:
        """Its mean over a small grid, by restricted likelihood and what is known beforehand."""
        values = self.values[known]
        logs = []
        for each in self.likely:
            cov = each[np.ix_(known, known)]
            inverse, volume = np.linalg.inv(cov), np.linalg.slogdet(cov)[1]
            sums, total = inverse.sum(axis=0), inverse.sum()
            rest = values @ inverse @ values - (sums @ values) ** 2 / total
            logs.append(
                -0.5 * (volume + np.log(total))
                - 0.5 * (len(values) - 1) * np.log(max(rest, self.step**2))
            )
        log_weight = np.array(logs) - 0.5 * ((PHIS - USUAL_PHI[0]) / USUAL_PHI[1]) ** 2
        weight = np.exp(log_weight - log_weight.max())
        return float(weight @ PHIS / weight.sum())

    def _figures(self, i: int, usual: _Usual) -> tuple[float, float]:
        """Both charts on day ``i``, in standard errors."""
        days = self.days[: i + 1]
        known = self.days <= usual.end
        new = np.flatnonzero(days > usual.end)
        weight = WEIGHT * (1 - WEIGHT) ** (days[-1] - days[new])
        sums = np.zeros(len(self.days))
        sums[new] = weight
        sums[known] = -weight @ usual.take[new]
        error = usual.sd * sqrt(float(sums @ usual.cov @ sums))
        level = float(sums @ self.values) / error
        away = self.values[new] - usual.take[new] @ self.values[known]
        return level, _restless(away / usual.sd, weight, usual.cov[np.ix_(new, new)], usual.df)


def _restless(away: Array, weight: Array, cov: Array, df: int) -> float:
    """Weighted mean square against 1, made normal by its cube root (Wilson & Hilferty 1931)."""
    share = weight / weight.sum()
    variance = 2 * float(share @ (cov**2) @ share) + 2 / df
    degrees = 2 / variance
    fair = 2 / (9 * degrees)
    return float((float(share @ away**2) ** (1 / 3) - (1 - fair)) / sqrt(fair))
