"""Is a setback brewing? Day means that drift away from what is usual for this person.

An exponentially weighted mean (EWMA, Roberts 1959; for single people Smit & Snippe 2022, Psychol
Med) is set against the person's own usual days. Textbook limits ring far too often: they take
days to be independent and the usual level to be known. Here the chart knows how far days hang
together, which weekdays differ, and how little a short baseline tells (methods 8.2; Schat et al.
2021, Psychol Methods): every figure is a weighted sum of days, its exact variance is its
yardstick, and Student's t pays for an estimated spread. How far days hang together is not known
either after six weeks, and a person whose bad days last would hear false alarms if it were taken
for known: the chance of so high a figure is averaged over all that the baseline leaves possible,
and the limit is higher where days seem to hang together. A second chart watches how
much days differ (Schat et al. 2023, Behav Res Methods). Two stages: "unusual for you", then,
confirmed on two of three days, "talk about it". No alarm decides anything, and none is for
emergencies. The baseline grows as long as nothing is unusual.

Critical slowing down stands apart, for exploring: it never raises an alarm, for it precedes a
third of recurrences and is found without any (Schreuder 2022; Smit 2025; Jaeger & Fuellsack 2019).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import log

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri, stdtr

from waymark.library.instrument import Better

Array = NDArray[np.float64]

BASELINE, LEAST = 42, 21
"""Days from which the usual is learned, and how many of them must be answered, else more."""

LAG, WEEK = 21, 7
"""The baseline takes in, once a week, days that lie this far back."""

WEIGHT = 0.25
"""The weight of today in the weighted mean (lambda)."""

WINSOR_LIMIT = 3.0
"""A day counts as that many SDs at most: one dreadful day is a dreadful day."""

BUDGET = 0.05
"""False alarms allowed in 108 days: of 100 people in whom nothing brews, so many hear one."""

MONITORED = 108
LIMITS = ((0.30, 2.02), (0.20, 2.20), (0.10, 2.45), (0.05, 2.72), (0.025, 2.95), (0.0125, 3.15))
"""Limits for budgets, as normal deviates, of a person of whose deviations ``USUAL_PHI`` seems to be
left after a day. Found by drawing 3,000 people to whom nothing happens, of whose deviations .3, .5
or .7 is left, of .4, .7 or all of the variance (seed 7421)."""

USUAL_PHI, LIMIT_SLOPE = 0.35, 1.2
"""The limit rises by .12 with each .1 that seems to be left above ``USUAL_PHI``, falls below it: of
those who linger much, some seem to linger less, and they would hear most false alarms."""

LEVEL_ALARM, SPREAD_ALARM = 2.5, 3.5
"""Normal deviates from which a day is "unusual for you": of the level, and of the spread. Days that
differ more because they get better are no warning: the spread counts where the level is not below
the usual one."""

PHIS = np.linspace(0.05, 0.85, 9)
"""What may be left of a day's deviation on the next; beforehand each is as likely."""

FAINT = 1e-3
"""Probability below which one of them is left out."""

STATE, WEEKDAY = 0.7, 0.2
"""The part of the variance that lasts beyond a day (where it is another, the days left possible
make up for it); SD of weekdays, in SDs of a day."""


class Stage(StrEnum):
    """What is said of a day."""

    LEARNING = "learning"
    USUAL = "usual"
    UNUSUAL = "unusual-for-you"
    TALK = "talk-about-it"


@dataclass(frozen=True, slots=True)
class Day:
    """One answered day. ``level``: how far the weighted mean lies toward worse from the usual one,
    as the normal deviate that usual days exceed as seldom; ``spread``: the same for how much days
    differ; None while learning."""

    day: int
    level: float | None
    spread: float | None
    stage: Stage


@dataclass(frozen=True, slots=True)
class EwmaChart:
    """Every answered day in order; the limit in force; ``usual`` and ``sd`` in points, as last
    learned; ``phi``, what seems to be left of a deviation after a day. None while learning."""

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
        """The number of the first day on which either stage was reached; None: never."""
        return self._first(Stage.UNUSUAL, Stage.TALK)

    @property
    def first_talk(self) -> int | None:
        """The number of the first day on which the stage of talking was reached; None: never."""
        return self._first(Stage.TALK)

    @property
    def first_restless(self) -> int | None:
        """The first day on which days differed more than they usually do."""
        return next((one.day for one in self.days if (one.spread or 0) > SPREAD_ALARM), None)

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
) -> EwmaChart:
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
    last = chart.usual
    if last is None:
        return EwmaChart(found, limit, None, None, None)
    usual, sd = (float(last.weight @ one) for one in (last.mean, last.sd))
    return EwmaChart(found, last.line, sign * usual, sd, last.phi)


def limit_for(budget: float) -> float:
    """The limit whose false alarms in 108 days are this share, for ``USUAL_PHI``; straight in its
    logarithm."""
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
    """What is usual, for each of g values of phi that the baseline leaves possible.

    ``weight``, ``mean`` and ``sd``: (g,). ``take`` (g, 7, r) turns reference days into what each
    weekday should be, ``expected`` (g, 7). ``cov`` (g, n, n): of all days, in squared SDs. ``phi``
    is the mean; ``line`` the limit that goes with it.
    """

    end: float
    weight: Array
    mean: Array
    sd: Array
    phi: float
    df: int
    line: float
    cov: Array
    take: Array
    expected: Array


class _Chart:
    """Walks through the days once; the reference is learned anew each week."""

    def __init__(self, days: Array, values: Array, step: float, limit: float) -> None:
        self.days, self.values, self.step = days, values, step
        self.limit = limit
        self.weekday = days.astype(int) % WEEK
        self.cov = _covs(days) if len(days) else np.empty((len(PHIS), 0, 0))
        self.usual: _Usual | None = None
        self.quiet_until = np.inf

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
            unusual = level > LEVEL_ALARM or (spread > SPREAD_ALARM and level > 0)
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

    def _reference(self, end: float) -> _Usual:
        """Level, spread, weekdays and how days hang together, from the days up to ``end``; answers
        that hardly ever differ say nothing of the last."""
        r = int((self.days <= end).sum())
        known, values, df = self.cov[:, :r, :r], self.values[:r], r - 1
        week = np.eye(WEEK)[self.weekday[:r]]
        solved = np.linalg.solve(known, np.column_stack([np.ones(r), values, week]))
        total = solved[:, :, 0].sum(axis=1)
        share = solved[:, :, 0] / total[:, None]
        mean = share @ values
        rest = ((values - mean[:, None]) * (solved[:, :, 1] - mean[:, None] * solved[:, :, 0])).sum(
            axis=1
        )
        sd = np.sqrt(np.maximum(rest, 0) / df)
        still = (sd < self.step / 2).any()
        sd = np.maximum(sd, self.step / 2)
        volume = np.linalg.slogdet(known)[1] + np.log(total)
        log = np.zeros(len(PHIS)) if still else -volume / 2 - df * np.log(sd)
        weight = np.exp(log - log.max()) / np.exp(log - log.max()).sum()
        kept = weight > FAINT
        toward = WEEKDAY**2 * solved[:, :, 2:].transpose(0, 2, 1)
        take = (share[:, None] + toward - toward.sum(axis=2, keepdims=True) * share[:, None])[kept]
        phi = float(weight @ PHIS)
        return _Usual(
            end=float(end),
            weight=weight[kept] / weight[kept].sum(),
            mean=mean[kept],
            sd=sd[kept],
            phi=phi,
            df=df,
            line=self.limit + LIMIT_SLOPE * (phi - USUAL_PHI),
            cov=self.cov[kept],
            take=take,
            expected=take @ values,
        )

    def _figures(self, i: int, usual: _Usual) -> tuple[float, float]:
        """Both charts on day ``i``, as normal deviates."""
        r = usual.take.shape[2]
        new = slice(r, i + 1)
        weight = WEIGHT * (1 - WEIGHT) ** (self.days[i] - self.days[new])
        sums = np.zeros((len(usual.weight), len(self.days)))
        sums[:, new] = weight
        sums[:, :r] = -np.bincount(self.weekday[new], weights=weight, minlength=WEEK) @ usual.take
        square = ((sums[:, None] @ usual.cov)[:, 0] * sums).sum(axis=1)
        away = (self.values[new] - usual.expected[:, self.weekday[new]]) / usual.sd[:, None]
        level = np.clip(away, -WINSOR_LIMIT, WINSOR_LIMIT) @ weight / np.sqrt(square)
        restless = _restless(away, weight, usual.cov[:, new, new], usual.df)
        return (
            _deviate(usual.weight @ stdtr(usual.df, -level)),
            _deviate(usual.weight @ ndtr(-restless)),
        )


def _covs(days: Array) -> Array:
    """Of all days, by their gaps: what lasts, what is of the day, what is of the weekday; for each
    phi, (g, n, n)."""
    gaps = np.abs(days[:, None] - days).astype(int)
    by_gap = STATE * PHIS[:, None] ** np.arange(gaps.max() + 1)
    by_gap[:, 0] = 1.0
    return np.asarray(by_gap[:, gaps] + (gaps % WEEK == 0) * WEEKDAY**2)


def _deviate(chance: float) -> float:
    """The normal deviate that is exceeded with this chance."""
    return -float(ndtri(min(max(chance, 1e-300), 1 - 1e-16)))


def _restless(away: Array, weight: Array, cov: Array, df: int) -> Array:
    """Weighted mean square against 1, made normal by its cube root (Wilson & Hilferty 1931)."""
    share = weight / weight.sum()
    variance = 2 * (cov**2 @ share) @ share + 2 / df
    degrees = 2 / variance
    fair = 2 / (9 * degrees)
    return np.asarray(((away**2 @ share) ** (1 / 3) - (1 - fair)) / np.sqrt(fair))
