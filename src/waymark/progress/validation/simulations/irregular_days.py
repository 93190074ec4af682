"""Check-ins that nothing was chosen on: people who differ, heavy tails, floors, gaps in runs.

Written down before any judgement was tried on them, and left as they are. Where something is
published it is used: what is left of a deviation differs between persons, .39 (.17) (Fisher et al.
2017, J Abnorm Psychol 126:1044); 80 to 85 in 100 prompts are answered, fewer as weeks go by (Ono
et al. 2019, J Med Internet Res 21:e11398). The rest is a guess at what real life brings.
"""

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from scipy.special import expit, ndtri

from waymark.library.item import Kind
from waymark.progress.validation.simulation import Population
from waymark.progress.validation.simulations.checkins import (
    DAILY,
    ITEMS,
    Answering,
    Recovering,
    Watched,
)

Array = NDArray[np.float64]

HIGH, TAILS = 100, 4
PERIOD, LENGTH, TWELVE_WEEKS = 60, 150, 84
LEFT, STATE = (0.39, 0.17), (0.4, 0.9)
"""What is left of a deviation after a day, by person: mean and SD, held within 0 and .8; the part
of the variance that lasts, evenly between these."""

DAY_SD, VARIED = 8.0, 0.35
"""SD of one answer of 0 to 100, and how much it varies between people (SD of its logarithm)."""

MONDAY, WEEKEND, OWN_WEEK = 0.25, -0.30, 0.25
"""In SDs of a day: Mondays, two days of rest, and each person's own week."""

SPELL, BAD = 0.05, 1.5
"""Chance a day of something bad, and its mean size in SDs: days lean toward worse."""

GAP, STAYS, FADES, HARD = -3.0, 2.4, 0.006, 0.3
"""Not answering: logit, what a missed day before it adds, a day gone by, and an SD worse."""

RECOVERY = ("same", "faster", "slower", "calmer")
RELAPSE = ("none", "none", "drift", "abrupt")


def _wandering(rng: Generator, phi: Array, *, lifts: Array | None = None) -> Array:
    """Deviations of SD 1 that linger, whose shocks have heavy tails and lean toward worse."""
    n, found = len(phi), np.empty(len(phi))
    shocks = _tails(rng, n) + np.where(rng.random(n) < SPELL, rng.exponential(BAD, n), 0.0)
    shocks -= SPELL * BAD
    x = rng.normal()
    for t in range(n):
        x = phi[t] * x + np.sqrt(1 - phi[t] ** 2) * shocks[t] + (0 if lifts is None else lifts[t])
        found[t] = x
    return found


def _tails(rng: Generator, n: int) -> Array:
    return np.asarray(rng.standard_t(TAILS, n) * np.sqrt((TAILS - 2) / TAILS))


def _own_phi(rng: Generator) -> float:
    return float(np.clip(rng.normal(*LEFT), 0.0, 0.8))


def _away(rng: Generator, phi: Array, *, lifts: Array | None = None) -> Array:
    """All that moves around the level, in SDs of one answer: what lasts, the day, the week."""
    part, n = rng.uniform(*STATE), len(phi)
    own = rng.normal(0, OWN_WEEK, 7)
    week = own + np.array([MONDAY, 0, 0, 0, 0, WEEKEND, WEEKEND])
    lasting = _wandering(rng, phi, lifts=None if lifts is None else lifts / np.sqrt(part))
    fresh = _tails(rng, n)
    return np.asarray(np.sqrt(part) * lasting + np.sqrt(1 - part) * fresh + week[np.arange(n) % 7])


def _kept(rng: Generator, away: Array) -> NDArray[np.bool_]:
    """Gaps come in runs, more of them on hard days and as time goes by."""
    kept, gone = np.ones(len(away), dtype=bool), False
    for t, u in enumerate(rng.random(len(away))):
        gone = bool(u < expit(GAP + STAYS * gone + FADES * t + HARD * away[t]))
        kept[t] = not gone
    return kept


def _scores(values: Array) -> Array:
    return np.asarray(np.clip(np.round(values), 0, HIGH))


def _own_sd(rng: Generator) -> float:
    return float(DAY_SD * np.exp(VARIED * rng.normal()))


def draw_recovery(rng: Generator, number: int) -> tuple[Recovering, ...]:
    """``number`` people with setbacks in two periods, patterns in turn as in ``RECOVERY``."""
    return tuple(_recovering(rng, RECOVERY[k % len(RECOVERY)]) for k in range(number))


def _recovering(rng: Generator, pattern: str) -> Recovering:
    """Setbacks differ in size; one in seven of those that happened is not noted."""
    phi, days = _two_phis(rng, pattern), np.arange(1, 2 * PERIOD + 1)
    sd, lift = _own_sd(rng), rng.uniform(1.5, 3.5)
    hits = np.concatenate(
        [start + rng.choice(np.arange(1, PERIOD - 2), rng.integers(5, 10), replace=False)
         for start in (0, PERIOD)]
    )  # fmt: skip
    lifts = np.zeros(2 * PERIOD)
    lifts[hits] = lift * rng.gamma(4, 0.25, len(hits))
    away = _away(rng, np.repeat(phi, PERIOD), lifts=lifts)
    fall = float(rng.uniform(0.3, 1.2) * sd) if pattern == "calmer" else 0.0
    level = rng.uniform(15, 45) - fall * (days > PERIOD)
    kept, noted = _kept(rng, away), rng.random(len(hits)) < 6 / 7
    return Recovering(
        pattern=pattern,
        days=tuple(int(one) for one in days),
        distress=_given(_scores(level + sd * away), kept),
        setbacks=tuple(sorted(int(one) + 1 for one in hits[noted])),
        phi=phi,
        hits=(lift * sd, lift * sd),
        fall=fall,
    )


def _two_phis(rng: Generator, pattern: str) -> tuple[float, float]:
    high = float(rng.uniform(0.65, 0.85))
    low = high - float(rng.uniform(0.2, 0.4))
    same = float(rng.uniform(0.3, 0.8))
    return {"faster": (high, low), "slower": (low, high)}.get(pattern, (same, same))


def _given(values: Array, kept: NDArray[np.bool_]) -> tuple[float | None, ...]:
    return tuple(float(y) if held else None for y, held in zip(values, kept, strict=True))


def draw_relapse(rng: Generator, number: int) -> tuple[Watched, ...]:
    """``number`` people of twelve weeks of check-ins, patterns in turn as in ``RELAPSE``."""
    return tuple(_watched(rng, RELAPSE[k % len(RELAPSE)]) for k in range(number))


def _watched(rng: Generator, pattern: str) -> Watched:
    days, sd = np.arange(1, LENGTH + 1), _own_sd(rng)
    onset = None if pattern == "none" else int(rng.integers(70, 115))
    shift: Array = np.zeros(LENGTH)
    if onset is not None:
        since = days - onset
        size = rng.uniform(1.5, 3.0)
        slow = np.clip(since / rng.uniform(14, 35), 0, 1)
        shift = np.asarray(size * (slow if pattern == "drift" else since >= 0))
    away = _away(rng, np.full(LENGTH, _own_phi(rng))) + shift
    scores, kept = _scores(rng.uniform(8, 40) + sd * away), _kept(rng, away)
    return Watched(
        pattern=pattern,
        days=tuple(int(one) for one in days[kept]),
        distress=tuple(float(one) for one in scores[kept]),
        onset=onset,
    )


def draw_daily(rng: Generator, number: int) -> tuple[Answering, ...]:
    """``number`` people who answer one item daily: kinds of item in turn, then patterns."""
    kinds = list(ITEMS)
    return tuple(
        _answering(rng, kinds[k % len(kinds)], DAILY[k // len(kinds) % len(DAILY)])
        for k in range(number)
    )


_LEVELS: dict[Kind, tuple[float, float, float]] = {
    Kind.NUMBER: (1.0, 7.0, 10),
    Kind.DEGREE: (0.4, 2.8, 4),
    Kind.YES_NO: (0.15, 0.75, 1),
    Kind.DURATION: (0.5, 3.5, 5),
}
"""Lowest and highest level, and the end of the scale; many lie near the floor."""


def _answering(rng: Generator, kind: Kind, pattern: str) -> Answering:
    low, high, top = _LEVELS[kind]
    sd = ITEMS[kind][2] * float(np.exp(VARIED * rng.normal()))
    level = rng.uniform(low, high)
    size = (0.3 if kind is Kind.YES_NO else 1.2 * ITEMS[kind][2]) * (-1 if level > top / 2 else 1)
    course, start = _course(rng, pattern)
    away = _away(rng, np.full(TWELVE_WEEKS, _own_phi(rng)))
    kept = _kept(rng, away) & (rng.random(TWELVE_WEEKS) < ITEMS[kind][3])
    moved = level + size * course
    if kind is Kind.YES_NO:
        answers: Array = (away < ndtri(np.clip(moved, 0.02, 0.98))).astype(float)
    else:
        answers = np.clip(np.round(moved + sd * away), 0, top)
    return Answering(
        pattern=pattern,
        kind=kind,
        days=tuple(range(1, TWELVE_WEEKS + 1)),
        answers=_given(answers, kept),
        change=0.0 if pattern == "unchanged" else size,
        from_day=start,
    )


def _course(rng: Generator, pattern: str) -> tuple[Array, int | None]:
    days = np.arange(1, TWELVE_WEEKS + 1)
    if pattern == "unchanged":
        return np.zeros(TWELVE_WEEKS), None
    start = int(rng.integers(18, 50))
    lasts = 1 if pattern == "step" else int(rng.integers(14, 35))
    return np.clip((days - start + 1) / lasts, 0, 1), start


_MOVES = {
    "what is left after a day": "normal .39 (.17) by person, held within 0 and .8, of .4 to .9 of "
    "the variance",
    "SD of one answer": "8 of 100, times lognormal(.35) by person; Student's t, 4 df; on 5 in 100 "
    "days something bad, of 1.5 SDs on average",
    "week": "Mondays .25 SD worse, two days of rest .3 SD better, and a person's own week of .25",
    "missed": "logit -3, 2.4 more after a missed day, .006 more each day, .3 more for each SD "
    "worse",
}


RECOVERING = Population(
    id="irregular-recovery",
    version=1,
    title="Daily distress and setbacks that nothing was chosen on",
    parameters={
        "level": "uniform 15 to 45; in the pattern calmer it falls by .3 to 1.2 SDs",
        "setbacks": "5 to 9 a period, each a lift of 1.5 to 3.5 SDs by person, times a gamma of "
        "mean 1 and SD .5; one in seven is not noted",
        "returns": "faster: .65 to .85 is left after a day, then .2 to .4 less; slower: the other "
        "way round; same and calmer: .3 to .8",
        **_MOVES,
    },
    draw=draw_recovery,
)

RELAPSING = Population(
    id="irregular-relapse",
    version=1,
    title="Daily distress with and without a relapse that nothing was chosen on",
    parameters={
        "level": "uniform 8 to 40 of 100, so that many days lie on the floor",
        "patterns": "half none, a quarter drift, a quarter abrupt; from day 70 to 114 on",
        "size": "1.5 to 3 SDs, at once or within 14 to 35 days",
        **_MOVES,
    },
    draw=draw_relapse,
)

ANSWERS = Population(
    id="irregular-answers",
    version=1,
    title="Twelve weeks of one daily item that nothing was chosen on",
    parameters={
        "levels": "1 to 7 of 10, .4 to 2.8 of 4, .15 to .75 yes, .5 to 3.5 steps of duration",
        "a change": "as large as in daily-answers, away from the nearer end; at once or within 14 "
        "to 35 days, from day 18 to 49 on",
        **_MOVES,
    },
    draw=draw_daily,
)
