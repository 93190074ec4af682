"""Does this person come back from hard days faster than before? Half-life and reactivity.

Distress wanders around a level, a setback lifts it, and what was lifted decays: dx = -k x dt +
s dW, with the half-life ln 2 / k in days. The two periods have their own half-life, level and
reactivity; what one day brings by chance, and how far one answer errs, they share. A smaller hit
and a faster return are different news and are told apart (Kuppens, Allen & Sheeber 2010, Psychol
Sci 21:984, for inertia; Bos et al. 2016 for setbacks). The likelihood is exact
(`autoregression.py`) and both half-lives are weighed on a grid on which faster and slower are
equally likely beforehand: nothing leans toward "faster". In a published trial the group's inertia
did not change although its mood did (Bringmann et al. 2013, PLOS ONE 8:e60188), and no accuracy
for single people has been published by anybody.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from math import inf, log

import numpy as np
from scipy.special import stdtr

from waymark.progress.days.autoregression import (
    SHAPE,
    Array,
    Prior,
    Solved,
    gather,
    grid_of,
    response,
    solve,
)

SETBACKS, CHECK_INS = 4, 30
"""The least in each period below which nothing is judged."""

SURE = 0.95
"""Probability from which faster, or slower, is said. Of people in whom nothing changed, some 5 in
100 are then told "faster" (`waymark validate`). Each period has its own level, for holding it the
same would call a third of those faster whose level alone fell; nor are the two levels strangers to
each other, for then fewer true changes are found (.92 against .95)."""

SAME, ALIKE = 0.80, 1.5
"""Probability from which no change is said: of half-lives within this ratio of one another."""

REMEMBERED = 14.0
"""Days before the second period whose setbacks may still be felt in it."""

GRID = grid_of(phis=32, parts=4, uneven=((0.0, 0.5), (2.0, 0.25), (8.0, 0.25)), daily=True)
"""Setbacks of one size, or some larger than others: by a little, or by a lot."""

LEVEL, LIFT, UNIT = 20.0, 8.0, 0.06
"""Prior SDs, in units of what a day brings, of where a person's level lies and of the lift of a
setback; that unit, by the scale."""

APART = ((0.75, 0.5), (3.0, 0.5))
"""How far the levels of the two periods lie apart, as (SD in those units, chance): most people stay
near where they were, and some move far (in Bringmann 2013 mood fell by 1 to 1.5 units)."""


class ReturnVerdict(StrEnum):
    """What is said of the return from setbacks."""

    FASTER = "faster"
    SLOWER = "slower"
    NO_CHANGE = "no-change"
    TOO_EARLY = "too-early"


class Reason(StrEnum):
    """Why it cannot be judged."""

    FEW_SETBACKS = "few-setbacks"
    FEW_CHECK_INS = "few-check-ins"
    STILL = "still"
    NOT_CLEAR = "not-clear"


BECAUSE = {
    Reason.FEW_SETBACKS: f"there are fewer than {SETBACKS} setbacks in one of the two periods",
    Reason.FEW_CHECK_INS: f"there are fewer than {CHECK_INS} check-ins in one of the two periods",
    Reason.STILL: "all check-ins of one of the two periods are the same",
    Reason.NOT_CLEAR: "the check-ins fit a faster return as well as a slower one",
}
"""The second half of the sentence "This cannot be judged yet, because ..."."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A median with its 90% interval, ends ascending."""

    median: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Period:
    """What one period holds, and what is believed of it; ``None`` where it was not judged.

    ``half_life`` in days; ``phi`` is what is left after one day; ``reactivity`` is the lift of
    one setback, in points of the scale.
    """

    check_ins: int
    setbacks: int
    half_life: Estimate | None = None
    phi: Estimate | None = None
    reactivity: Estimate | None = None


@dataclass(frozen=True, slots=True)
class Recovery:
    """The two findings. ``p_faster``: the half-life is shorter in the second period. ``ratio``:
    second half-life by first. ``p_smaller``: a setback hits less. ``hit``: change of the lift in
    points. All ``None`` where it was not judged; ``reason`` stands beside too-early alone."""

    verdict: ReturnVerdict
    first: Period
    second: Period
    reason: Reason | None = None
    p_faster: float | None = None
    ratio: Estimate | None = None
    p_smaller: float | None = None
    hit: Estimate | None = None

    @property
    def because(self) -> str | None:
        """In plain words, after "This cannot be judged yet, because"."""
        return BECAUSE[self.reason] if self.reason else None


@dataclass(frozen=True, slots=True)
class Part:
    """One period: days (n,), scores (n,), and the days of its setbacks and of those still felt in
    it; ``own`` counts the setbacks of the period itself."""

    when: Array
    values: Array
    setbacks: Array
    own: int

    @property
    def told(self) -> Period:
        """What is said of this period: its check-ins and its own setbacks."""
        return Period(check_ins=len(self.when), setbacks=self.own)


def recover(
    when: Sequence[float],
    scores: Sequence[float | None],
    *,
    setbacks: Sequence[float],
    low: float,
    high: float,
    split: float | None = None,
) -> Recovery:
    """Judge one person's check-ins.

    ``when``: days, ascending, gaps of any length. ``scores``: distress (more is worse), in points
    of a scale from ``low`` to ``high``; None where a day was missed. ``setbacks``: days on which
    something hit, answered or not. ``split``: the day on which the second period begins; the
    middle of the days if it is not given. ``ValueError`` where days and scores differ in number,
    where a figure is not finite or off the scale, or days do not ascend.
    """
    days, values = _checked(when, scores, low=low, high=high)
    hits = np.unique(np.asarray(setbacks, dtype=float))
    if not np.isfinite(hits).all():
        raise ValueError("days of setbacks must be finite numbers")
    if not days.size:
        empty = Period(check_ins=0, setbacks=0)
        return Recovery(ReturnVerdict.TOO_EARLY, empty, empty, Reason.FEW_CHECK_INS)
    middle = (days[0] + days[-1] + 1) / 2 if split is None else split
    parts = _parted(days, values, hits, middle)
    reason = _too_little(parts)
    if reason:
        return Recovery(ReturnVerdict.TOO_EARLY, parts[0].told, parts[1].told, reason)
    return _judged(parts, weigh(parts, low=low, high=high), low=low, high=high)


def _checked(
    when: Sequence[float], scores: Sequence[float | None], *, low: float, high: float
) -> tuple[Array, Array]:
    days = np.asarray(when, dtype=float)
    values = np.array([np.nan if one is None else one for one in scores], dtype=float)
    if days.shape != values.shape or high <= low:
        raise ValueError("needs one day for each score, and a scale whose end lies above its start")
    if not np.isfinite(days).all() or (np.diff(days) < 0).any():
        raise ValueError("days must be finite numbers in ascending order")
    given = np.array([one is not None for one in scores], dtype=bool)
    if not (np.isfinite(values[given]) & (values[given] >= low) & (values[given] <= high)).all():
        raise ValueError(f"a score lies outside {low:g} to {high:g}")
    return _by_moment(days[given], values[given])


def _by_moment(days: Array, values: Array) -> tuple[Array, Array]:
    """Scores of one moment become their mean."""
    moments, place, counts = np.unique(days, return_inverse=True, return_counts=True)
    return moments, np.bincount(place, weights=values, minlength=len(moments)) / counts


def _parted(days: Array, values: Array, hits: Array, middle: float) -> tuple[Part, Part]:
    early = days < middle
    before = hits[hits < middle]
    after = hits[(hits >= middle) & (hits <= days[-1])]
    felt = hits[(hits >= middle - REMEMBERED) & (hits <= days[-1])]
    return (
        Part(days[early], values[early], before, len(before)),
        Part(days[~early], values[~early], felt, len(after)),
    )


def _too_little(parts: tuple[Part, Part]) -> Reason | None:
    if any(len(part.when) < CHECK_INS for part in parts):
        return Reason.FEW_CHECK_INS
    if any(part.own < SETBACKS for part in parts):
        return Reason.FEW_SETBACKS
    if any((part.values == part.values[0]).all() for part in parts):
        return Reason.STILL  # nothing was lifted: what would come out is what went in
    return None


@dataclass(frozen=True)
class Weighed:
    """The joint posterior: ``joint`` (cells, cells, rest) over the first period's phi, the
    second's, and what both share. Of the same shape, the lift of a setback in each period:
    ``lifts`` are means, ``scales`` those of Student's t with ``df``."""

    joint: Array
    lifts: tuple[Array, ...]
    scales: tuple[Array, ...]
    df: float

    @cached_property
    def phis(self) -> Array:
        """Of the first and the second phi together, shape (cells, cells)."""
        return np.asarray(self.joint.sum(axis=2))

    def phi(self, period: int) -> Array:
        """The marginal weights of phi in period 0 or 1, shape (cells,); they sum to 1."""
        return np.asarray(self.phis.sum(axis=1 - period))

    @cached_property
    def p_faster(self) -> float:
        """The second phi lies below the first; within one cell, as likely as not."""
        return float(np.tril(self.phis, -1).sum() + np.trace(self.phis) / 2)

    def reactivity(self, period: int) -> Array:
        """Forty-nine quantiles of the lift of one setback, in points, evenly likely; over the
        other period's phi, which hardly matters to it, by mean and variance."""
        other = 1 - period
        weight = self.joint.sum(axis=other)
        share = self.joint / np.maximum(np.expand_dims(weight, other), 1e-300)
        mean = (share * self.lifts[period]).sum(axis=other)
        around = (self.lifts[period] - np.expand_dims(mean, other)) ** 2 * (self.df - 2) / self.df
        square = (share * (self.scales[period] ** 2 + around)).sum(axis=other)
        return _quantiles(weight, mean, np.sqrt(square), self.df)


def weigh(parts: tuple[Part, Part], *, low: float, high: float) -> Weighed:
    """The exact posterior of both periods; the unit and all coefficients integrated out."""
    prior = Prior((inf, LIFT), UNIT * (high - low))
    first, second = (_solved(part, prior, (low + high) / 2) for part in parts)
    levels = _levels(first, second)
    a = SHAPE + (first.n + second.n) / 2
    rest, loose = _paired(first.rest, second.rest), _paired(first.loose, second.loose)
    rate = prior.rate + (rest[0] + rest[1] + levels.square) / 2
    logs = loose[0] + loose[1] + levels.loose + _prior() - a * np.log(rate)
    joint = np.exp(logs - logs.max())
    flat = (GRID.phis, GRID.phis, -1)
    lifts, spreads = zip(*levels.lifts, strict=True)
    return Weighed(
        joint=(joint / joint.sum()).reshape(flat),
        lifts=tuple(np.broadcast_to(one, rate.shape).reshape(flat) for one in lifts),
        scales=tuple(np.sqrt(one * rate / a).reshape(flat) for one in spreads),
        df=2 * a,
    )


def _paired(first: Array, second: Array) -> tuple[Array, Array]:
    """Of the grid (g,), so that they meet as (cells, cells, rest, 1)."""
    shape = (GRID.phis, len(GRID.phi) // GRID.phis, 1)
    return first.reshape(shape)[:, None], second.reshape(shape)[None]


@dataclass(frozen=True, slots=True)
class _Levels:
    """What the prior of both levels does: to the sum of squares (``square``), to the likelihood
    (``loose``), and to mean and squared spread of each lift, in units (``lifts``)."""

    square: Array
    loose: Array
    lifts: tuple[tuple[Array, Array], tuple[Array, Array]]


def _levels(first: Solved, second: Solved) -> _Levels:
    """The answers alone hold each level at m with variance c; beforehand both are one person's:
    a common place, and half of the squared SD of ``APART`` each. So m is Normal(0, c + prior)."""
    m1, m2 = _paired(first.mean[:, 0], second.mean[:, 0])
    c1, c2 = _paired(first.inverse[:, 0, 0], second.inverse[:, 0, 0])
    common, own = LEVEL**2, np.array([sd**2 / 2 for sd, _ in APART])
    v1, v2 = common + own + c1, common + own + c2
    det = v1 * v2 - common**2
    pull1, pull2 = (v2 * m1 - common * m2) / det, (v1 * m2 - common * m1) / det
    lift1, lift2 = _paired(first.mean[:, 1], second.mean[:, 1])
    tie1, tie2 = _paired(first.inverse[:, 0, 1], second.inverse[:, 0, 1])
    square1, square2 = _paired(first.inverse[:, 1, 1], second.inverse[:, 1, 1])
    return _Levels(
        square=m1 * pull1 + m2 * pull2,
        loose=-np.log(det) / 2,
        lifts=(
            (lift1 - tie1 * pull1, square1 - tie1**2 * v2 / det),
            (lift2 - tie2 * pull2, square2 - tie2**2 * v1 / det),
        ),
    )


def _prior() -> Array:
    """Log prior of both phis, independent, and of what they share, once."""
    each = GRID.prior.reshape(GRID.phis, -1)
    alone = np.log(np.exp(each).sum(axis=1))
    chances = np.log([chance for _, chance in APART])
    return np.asarray((alone[:, None, None] + each)[..., None] + chances)


def _solved(part: Part, prior: Prior, middle: float) -> Solved:
    columns = (np.ones((len(part.when), 1)), response(part.when, part.setbacks, grid=GRID))
    sums = gather(part.when, part.values - middle, columns, grid=GRID, events=part.setbacks)
    return solve(sums, prior=prior)


_EVEN = (np.arange(49) + 0.5) / 49


def _quantiles(weight: Array, mean: Array, scale: Array, df: float) -> Array:
    """Of a mixture of Student's t, read off its distribution at 81 places."""
    heavy = weight > 1e-4
    share, center, width = weight[heavy] / weight[heavy].sum(), mean[heavy], scale[heavy]
    middle = float(share @ center)
    sd = float(np.sqrt(share @ (width**2 * df / (df - 2) + (center - middle) ** 2)))
    places = middle + sd * np.linspace(-5, 5, 81)
    below = stdtr(df, (places[:, None] - center) / width) @ share
    return np.interp(_EVEN, below, places)


def _judged(parts: tuple[Part, Part], found: Weighed, *, low: float, high: float) -> Recovery:
    hits = [found.reactivity(0), found.reactivity(1)]
    apart = (hits[1] - hits[0][:, None]).ravel()
    verdict = _verdict(found)
    return Recovery(
        verdict=verdict,
        first=_period(parts[0], found.phi(0), hits[0]),
        second=_period(parts[1], found.phi(1), hits[1]),
        reason=Reason.NOT_CLEAR if verdict is ReturnVerdict.TOO_EARLY else None,
        p_faster=found.p_faster,
        ratio=_ratio(found.phis),
        p_smaller=float((apart < 0).mean()),
        hit=_of(np.quantile(apart, (0.5, 0.05, 0.95))),
    )


def _verdict(found: Weighed) -> ReturnVerdict:
    if found.p_faster >= SURE:
        return ReturnVerdict.FASTER
    if 1 - found.p_faster >= SURE:
        return ReturnVerdict.SLOWER
    alike = np.abs(np.log(_apart())) <= log(ALIKE)
    return ReturnVerdict.NO_CHANGE if found.phis[alike].sum() >= SAME else ReturnVerdict.TOO_EARLY


def _apart() -> Array:
    """Second half-life by first, for every pair of cells."""
    rates = -np.log(GRID.centers)
    return np.asarray(rates[:, None] / rates)


def _period(part: Part, phi: Array, hits: Array) -> Period:
    total = np.append(0, np.cumsum(phi))
    ends = np.interp((0.5, 0.05, 0.95), total, GRID.edges)
    return Period(
        check_ins=len(part.when),
        setbacks=part.own,
        half_life=Estimate(*(half_life(float(one)) for one in ends)),
        phi=_of(ends),
        reactivity=_of(np.interp((0.5, 0.05, 0.95), _EVEN, hits)),
    )


def half_life(phi: float) -> float:
    """Days after which half is left, where ``phi`` is left after one: 0 to infinity."""
    if phi <= 0:
        return 0.0
    return inf if phi >= 1 else log(0.5) / log(phi)


def _ratio(phis: Array) -> Estimate:
    ratio, weight = _apart().ravel(), phis.ravel()
    order = np.argsort(ratio)
    total = np.cumsum(weight[order])
    return _of(np.interp((0.5, 0.05, 0.95), total, ratio[order]))


def _of(ends: Array) -> Estimate:
    median, low, high = (float(one) for one in ends)
    return Estimate(median, low, high)
