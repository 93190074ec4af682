"""Did a daily answer change? The first two weeks against the last two, looked at every week.

A minimum size alone is met by chance in a third to nearly all of people who did not change,
depending on the item, for days hang together and one looks often. So size is necessary and never
enough: what counts is the probability of a change under a model in which days linger
(`autoregression.py`) and in which "nothing changed" is likelier beforehand than a change. Because
that has to be outweighed, looking every week is paid for: where the model holds, evidence of 28 to
1 is ever reached by about 1 in 28 at most of those who do not change (Ville 1939; Robbins 1970).
Yes and no are counted as 1 and 0, steps of duration by their rank: there the model is an
approximation, and what it is worth is measured by simulation.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import fmean, median, stdev

import numpy as np

from waymark.library.instrument import Better
from waymark.library.item import TOP, Kind
from waymark.progress.days.autoregression import Array, Posterior, Prior, gather, grid_of, linger

WINDOW, WEEK = 14, 7
"""Days of each window; days between looks."""

ANSWERED, OCCASIONS = 7, 5
"""The least in each window; of items that need an occasion, occasions."""

CLEAR, PROBABLE, SAME = 0.95, 0.80, 0.80
"""Probability of a change in one direction; of none as large as the minimum size."""

CHANCE = 0.4
"""Of a change, before anything is seen. With it, of people who do not change, fewer than 10 in 100
are told of one, clear or probable, in twelve weekly looks (`waymark validate`)."""

SLAB, STEP = 2.0, 3.5
"""A change, if there is one: Normal(0, this many SDs of a single answer), at any half week. With a
narrower one, or places further apart, what moves far is taken for days that linger, and the larger
a change is, the less it is believed."""

PART_OF_SD = 0.5
"""The least size in SDs of the baseline, of items with numbers."""

GRID = grid_of(phis=12, parts=3, lean=(3.0, 4.0))
"""A deviation seldom outlasts a few days: within persons .28 to .42 is left on the next (Fisher et
al. 2017, J Abnorm Psychol 126:1044). What stays for weeks is a change."""

LEVEL = 5.0
"""Prior SD of the level around the middle of the scale, in SDs of a single answer."""


class DailyVerdict(StrEnum):
    """What is said of one look."""

    CLEAR = "clear-change"
    PROBABLE = "probably-real"
    NO_CHANGE = "no-change-seen"  # and the windows do not lie the least size apart
    TOO_EARLY = "too-early-to-say"


@dataclass(frozen=True, slots=True)
class DailyMeasure:
    """Ends of the scale, least size of a change in points, SD of one answer as it is thought."""

    high: float
    least: float
    spread: float


MEASURES = {
    Kind.NUMBER: DailyMeasure(TOP[Kind.NUMBER], 1.0, 1.8),
    Kind.DEGREE: DailyMeasure(TOP[Kind.DEGREE], 0.5, 1.0),
    Kind.YES_NO: DailyMeasure(TOP[Kind.YES_NO], 0.2, 0.45),
    Kind.DURATION: DailyMeasure(TOP[Kind.DURATION], 1.0, 1.3),
}
"""Of each kind of which a change can be judged."""


@dataclass(frozen=True, slots=True)
class Look:
    """What is said on one day. ``answered``: in the baseline and in the last two weeks, of which
    ``needed`` each. ``size``: change in points (means, proportions or medians), positive when the
    answer rose. Probabilities are None where too little was answered. ``start``: the first day of
    the baseline; None as long as no two weeks hold enough."""

    day: int
    answered: tuple[int, int]
    needed: int
    verdict: DailyVerdict
    size: float | None = None
    least: float | None = None
    p_better: float | None = None
    p_worse: float | None = None
    p_same: float | None = None
    better: bool | None = None
    start: int | None = None


def look(
    when: Sequence[float],
    answers: Sequence[float | None],
    *,
    kind: Kind,
    better: Better,
    occasions: bool = False,
    at: int | None = None,
    since: int | None = None,
) -> Look:
    """One look, on day ``at`` (the last day by default), from the answers up to it.

    ``when``: days, ascending, one answer a day (the last of a day counts: edits replace). None is
    "no occasion" or missed. ``occasions``: the item needs one. ``since``: the first day of the
    baseline, by default that of the first two weeks that hold enough. ``ValueError`` where days and
    answers differ in number, do not ascend, or an answer lies off the scale, and for a kind of
    which no change can be judged.
    """
    if kind not in MEASURES:
        raise ValueError(f"no least size of a change is known for {kind}")
    days, values = _answered(when, answers, MEASURES[kind])
    needed = needed_in_each(kind, occasions=occasions)
    end = (int(days[-1]) if len(days) else 0) if at is None else at
    upto = days <= end
    days, values = days[upto], values[upto]
    start = _start(days, needed) if since is None else float(since)
    if start is None:
        counted = int((days < days[0] + WINDOW).sum()) if len(days) else 0
        return Look(end, (counted, 0), needed, DailyVerdict.TOO_EARLY)
    early = (days >= start) & (days < start + WINDOW)
    late = (days > end - WINDOW) & (days >= start + WINDOW)
    counts = int(early.sum()), int(late.sum())
    if min(counts) < needed or end < start + 2 * WINDOW - 1:
        return Look(end, counts, needed, DailyVerdict.TOO_EARLY, start=int(start))
    size, least = _size(values[early], values[late], kind)
    chances = _chances(days, values, start, MEASURES[kind], better)
    return Look(
        day=end,
        answered=counts,
        needed=needed,
        verdict=_verdict(size, least, chances, better),
        size=size,
        least=least,
        p_better=chances[0],
        p_worse=chances[1],
        p_same=chances[2],
        better=None if size == 0 else (size > 0) is (better is Better.HIGHER),
        start=int(start),
    )


def needed_in_each(kind: Kind, *, occasions: bool) -> int:
    """The least in each window: days, or of what needs an occasion, occasions."""
    return OCCASIONS if occasions or kind is Kind.YES_NO else ANSWERED


def weekly(
    when: Sequence[float],
    answers: Sequence[float | None],
    *,
    kind: Kind,
    better: Better,
    occasions: bool = False,
) -> Iterator[Look]:
    """Every look from the fourth week on, once a week, up to the last answer."""
    if not len(when):
        return
    first, last = int(np.floor(when[0])), int(np.floor(when[-1]))
    for at in range(first + 2 * WINDOW - 1, last + 1, WEEK):
        yield look(when, answers, kind=kind, better=better, occasions=occasions, at=at)


def _answered(
    when: Sequence[float], answers: Sequence[float | None], measure: DailyMeasure
) -> tuple[Array, Array]:
    moments = np.asarray(when, dtype=float)
    if moments.shape != (len(answers),):
        raise ValueError("needs one day for each answer")
    if not np.isfinite(moments).all() or (np.diff(moments) < 0).any():
        raise ValueError("days must be finite numbers in ascending order")
    last: dict[float, float] = {}
    for day, answer in zip(np.floor(moments).tolist(), answers, strict=True):
        if answer is not None:
            last[day] = answer
    values = np.array(list(last.values()), dtype=float)
    if not ((values >= 0) & (values <= measure.high)).all():
        raise ValueError(f"an answer lies outside 0 to {measure.high:g}")
    return np.array(list(last), dtype=float), values


def _start(days: Array, needed: int) -> float | None:
    """The first day of the first two weeks that hold enough; None: there are none yet."""
    return next(
        (
            float(day)
            for k, day in enumerate(days[: max(len(days) - needed + 1, 0)])
            if days[k + needed - 1] < day + WINDOW
        ),
        None,
    )


def _size(early: Array, late: Array, kind: Kind) -> tuple[float, float]:
    """The change in points, and the least that counts."""
    least = MEASURES[kind].least
    if kind is Kind.DURATION:
        return float(median(late) - median(early)), least
    size = fmean(late) - fmean(early)
    if kind is Kind.YES_NO:
        return size, least
    return size, max(least, PART_OF_SD * stdev(early))


def _chances(
    days: Array, values: Array, start: float, measure: DailyMeasure, better: Better
) -> tuple[float, float, float]:
    """Of a change to better, of one to worse, of none as large as the least."""
    moments, centered = days[days >= start], values[days >= start] - measure.high / 2
    courses = _courses(moments, start)
    columns = (np.ones((len(moments), 1)), *(one[:, None] for one in courses))
    sums = gather(moments, centered, columns, grid=GRID)
    prior = Prior((LEVEL, SLAB), measure.spread)
    calm = linger(sums.keeping((0,)), grid=GRID, prior=prior.keeping(1))
    found = [linger(sums.keeping((0, k + 1)), grid=GRID, prior=prior) for k in range(len(courses))]
    weights = _weights(calm, found)
    least = measure.least
    up = sum(w * (1 - one.below(0.0, k=1)) for w, one in zip(weights, found, strict=True))
    small = sum(
        w * (one.below(least, k=1) - one.below(-least, k=1))
        for w, one in zip(weights, found, strict=True)
    )
    changed = float(weights.sum())
    up, small = float(up), float(small)
    ends = (up, changed - up) if better is Better.HIGHER else (changed - up, up)
    return (*ends, 1 - changed + small)


def _courses(moments: Array, start: float) -> list[Array]:
    """Ways in which a change can have come, each from 0 in the baseline to 1 now."""
    last = moments[-1]
    after = start + WINDOW
    steps = [(moments >= at).astype(float) for at in np.arange(after, last - WEEK + 2, STEP)]
    ramps = [
        np.clip((moments - start - WEEK) / (end - start - WEEK), 0, 1)
        for end in (last, (last + after) / 2)
    ]
    return [*steps, *ramps]


def _weights(calm: Posterior, found: list[Posterior]) -> Array:
    """Probability of each way; the rest is that nothing changed."""
    logs = np.array([one.evidence for one in found]) - calm.evidence
    odds = np.exp(np.clip(logs, -700, 500)) * CHANCE / (1 - CHANCE) / len(found)
    return np.asarray(odds / (1 + odds.sum()))


def _verdict(
    size: float, least: float, chances: tuple[float, float, float], better: Better
) -> DailyVerdict:
    toward = chances[0] if (size > 0) is (better is Better.HIGHER) else chances[1]
    if abs(size) >= least - 1e-9 and toward >= PROBABLE:
        return DailyVerdict.CLEAR if toward >= CLEAR else DailyVerdict.PROBABLE
    alike = chances[2] >= SAME and abs(size) < least - 1e-9
    return DailyVerdict.NO_CHANGE if alike else DailyVerdict.TOO_EARLY
