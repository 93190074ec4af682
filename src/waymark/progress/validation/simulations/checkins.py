"""People who check in day by day, with known truth: setbacks, relapses, daily answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from scipy.special import ndtri

from waymark.library.item import Kind
from waymark.progress.validation.simulation import Population

Array = NDArray[np.float64]

HIGH = 100
"""Distress runs from 0 to 100."""


@dataclass(frozen=True, slots=True)
class Recovering:
    """Daily distress in two periods of sixty days. ``phi``: what is left of a lift after a day, in
    each; ``hits``: the lift of a setback; ``fall``: how far the level fell between the periods."""

    pattern: str
    days: tuple[int, ...]
    distress: tuple[float | None, ...]
    setbacks: tuple[int, ...]
    phi: tuple[float, float]
    hits: tuple[float, float]
    fall: float


@dataclass(frozen=True, slots=True)
class Watched:
    """Daily distress over 150 days. ``onset``: first day of the relapse; None: there is none.
    ``phi``: what is left of a deviation after a day, of the part ``state`` of the variance; None
    where it is not one figure."""

    pattern: str
    days: tuple[int, ...]
    distress: tuple[float, ...]
    onset: int | None
    phi: float | None = None
    state: float | None = None


@dataclass(frozen=True, slots=True)
class Answering:
    """Twelve weeks of one daily item. ``change`` is true and in points; 0: nothing changes.
    ``from_day``: where it begins."""

    pattern: str
    kind: Kind
    days: tuple[int, ...]
    answers: tuple[float | None, ...]
    change: float
    from_day: int | None


PERIOD, SETBACKS, LIFT = 60, 7, 24.0
DAY_SD, ERROR_SD, MISSED, FALL = 4.2, 3.9, 0.15, 5.0
RECOVERY = ("same", "faster", "slower", "calmer")


def draw_recovery(rng: Generator, number: int) -> tuple[Recovering, ...]:
    """A quarter of each pattern, in turn."""
    return tuple(_recovering(rng, RECOVERY[k % len(RECOVERY)]) for k in range(number))


def _recovering(rng: Generator, pattern: str) -> Recovering:
    same = float(rng.uniform(0.5, 0.75))
    phi = {"faster": (0.8, 0.5), "slower": (0.5, 0.8)}.get(pattern, (same, same))
    fall = FALL if pattern == "calmer" else 0.0
    setbacks = np.concatenate(
        [start + 3 * rng.choice(np.arange(1, 19), SETBACKS, replace=False) for start in (0, PERIOD)]
    )
    lift = np.zeros(2 * PERIOD)
    lift[setbacks] = LIFT
    each = np.repeat(phi, PERIOD)
    moved = _autocorrelated(rng, each, DAY_SD, lift)
    level = rng.uniform(35, 55) - fall * (np.arange(2 * PERIOD) >= PERIOD)
    scores = _scores(level + moved + rng.normal(0, ERROR_SD, 2 * PERIOD))
    missed = rng.random(2 * PERIOD) < MISSED
    return Recovering(
        pattern=pattern,
        days=tuple(range(1, 2 * PERIOD + 1)),
        distress=tuple(None if gone else float(y) for y, gone in zip(scores, missed, strict=True)),
        setbacks=tuple(sorted(int(one) + 1 for one in setbacks)),
        phi=phi,
        hits=(LIFT, LIFT),
        fall=fall,
    )


def _autocorrelated(rng: Generator, phi: Array, sd: float, lift: Array) -> Array:
    """x_t = phi_t x_(t-1) + what the day brings, from its long-run spread on."""
    found = np.empty(len(phi))
    x = rng.normal(0, sd / np.sqrt(1 - phi[0] ** 2))
    for t, fresh in enumerate(rng.normal(0, sd, len(phi))):
        x = (x if t == 0 else phi[t] * x + fresh) + lift[t]
        found[t] = x
    return found


def _scores(values: Array) -> Array:
    return np.asarray(np.clip(np.round(values), 0, HIGH))


LENGTH, PHI, WATCHED_SD, WATCHED_ERROR = 150, 0.31, 6.7, 4.2
WEEKEND, RISE, RISING, JUMP, SLOW_PHI, SLOW_DAYS = -3.0, 0.75, 30, 18.0, 0.85, 35
RELAPSE: Mapping[str, int] = MappingProxyType({"none": 16, "drift": 6, "abrupt": 3, "csd": 5})
"""Shares of thirty; "csd" is an abrupt relapse that critical slowing down precedes."""


def draw_relapse(rng: Generator, number: int) -> tuple[Watched, ...]:
    """``number`` people of twelve weeks of check-ins, patterns in turn, each as its share."""
    patterns = [name for name, share in RELAPSE.items() for _ in range(share)]
    return tuple(_watched(rng, patterns[k % len(patterns)]) for k in range(number))


def _watched(rng: Generator, pattern: str) -> Watched:
    days = np.arange(1, LENGTH + 1)
    onset = None if pattern == "none" else int(rng.integers(80, 111))
    phi, shift = np.full(LENGTH, PHI), np.zeros(LENGTH)
    if onset is not None:
        since = days - onset
        drift = np.clip(since * RISE, 0, RISING * RISE)
        shift = drift if pattern == "drift" else np.where(since >= 0, JUMP, 0.0)
        if pattern == "csd":
            slowing = np.clip(since + SLOW_DAYS, 0, SLOW_DAYS) / SLOW_DAYS
            phi = np.where(since < 0, PHI + (SLOW_PHI - PHI) * slowing, PHI)
    moved = _autocorrelated(rng, phi, WATCHED_SD, np.zeros(LENGTH))
    level = rng.uniform(20, 40) + shift + WEEKEND * ((days - 1) % 7 >= 5)
    scores = _scores(level + moved + rng.normal(0, WATCHED_ERROR, LENGTH))
    kept = rng.random(LENGTH) < 0.8
    return Watched(
        pattern=pattern,
        days=tuple(int(one) for one in days[kept]),
        distress=tuple(float(one) for one in scores[kept]),
        onset=onset,
    )


PHIS, STATES, SPREAD = (0.1, 0.3, 0.5, 0.7), (0.4, 0.7, 1.0), 8.2
BREWING = ("none", "none", "none", "drift", "none", "none", "none", "abrupt")


def draw_autocorrelated(rng: Generator, number: int) -> tuple[Watched, ...]:
    """What is left after a day in turn; of each, the lasting part; of each, the patterns."""
    return tuple(
        _lingerer(
            rng,
            PHIS[k % len(PHIS)],
            STATES[k // len(PHIS) % len(STATES)],
            BREWING[k // (len(PHIS) * len(STATES)) % len(BREWING)],
        )
        for k in range(number)
    )


def _lingerer(rng: Generator, phi: float, state: float, pattern: str) -> Watched:
    days = np.arange(1, LENGTH + 1)
    onset = None if pattern == "none" else int(rng.integers(80, 111))
    since = days - (onset or LENGTH + 1)
    drift = np.clip(since * RISE, 0, RISING * RISE)
    shift = drift if pattern == "drift" else np.where(since >= 0, JUMP, 0.0)
    fresh = SPREAD * np.sqrt(state * (1 - phi**2))
    moved = _autocorrelated(rng, np.full(LENGTH, phi), fresh, np.zeros(LENGTH))
    error = rng.normal(0, SPREAD * np.sqrt(1 - state), LENGTH)
    level = rng.uniform(20, 40) + shift + WEEKEND * ((days - 1) % 7 >= 5)
    kept = rng.random(LENGTH) < 0.8
    return Watched(
        pattern=pattern,
        days=tuple(int(one) for one in days[kept]),
        distress=tuple(float(one) for one in _scores(level + moved + error)[kept]),
        onset=onset,
        phi=phi,
        state=state,
    )


TWELVE_WEEKS, ANSWERED = 84, 0.8
ITEMS: Mapping[Kind, tuple[float, float, float, float]] = MappingProxyType(
    {
        Kind.NUMBER: (3.5, 6.5, 1.7, 1.0),
        Kind.DEGREE: (1.3, 2.7, 0.95, 1.0),
        Kind.YES_NO: (0.35, 0.65, 0.45, 0.7),
        Kind.DURATION: (1.8, 3.2, 1.3, 0.6),
    }
)
"""Lowest and highest level, SD of a day, chance of an occasion."""

DAILY = ("unchanged", "step", "gradual")
SIZE = 1.2
"""A true change, in SDs of a day; of yes and no, 0.3."""


def draw_daily(rng: Generator, number: int) -> tuple[Answering, ...]:
    """Kinds in turn; of each no change, a step and a gradual change in turn, up or down."""
    kinds = list(ITEMS)
    return tuple(
        _answering(rng, kinds[k % len(kinds)], DAILY[k // len(kinds) % len(DAILY)])
        for k in range(number)
    )


def _answering(rng: Generator, kind: Kind, pattern: str) -> Answering:
    low, high, sd, occasion = ITEMS[kind]
    days = np.arange(1, TWELVE_WEEKS + 1)
    size = (0.3 if kind is Kind.YES_NO else SIZE * sd) * float(rng.choice((-1.0, 1.0)))
    course, start = np.zeros(TWELVE_WEEKS), None
    if pattern == "step":
        start = int(rng.integers(21, 57))
        course = np.where(days >= start, 1.0, 0.0)
    elif pattern == "gradual":
        start = 15
        course = np.clip((days - 14) / 42, 0, 1)
    phi, part = rng.uniform(0.2, 0.6), rng.uniform(0.3, 0.7)
    state = _autocorrelated(
        rng, np.full(TWELVE_WEEKS, phi), np.sqrt(1 - phi**2), np.zeros(TWELVE_WEEKS)
    )
    away = np.sqrt(part) * state + np.sqrt(1 - part) * rng.normal(0, 1, TWELVE_WEEKS)
    answers = _answers(kind, rng.uniform(low, high) + size * course, sd, away)
    kept = rng.random(TWELVE_WEEKS) < ANSWERED * occasion
    return Answering(
        pattern=pattern,
        kind=kind,
        days=tuple(int(one) for one in days),
        answers=tuple(float(y) if held else None for y, held in zip(answers, kept, strict=True)),
        change=0.0 if pattern == "unchanged" else size,
        from_day=start,
    )


_TOP = {Kind.NUMBER: 10, Kind.DEGREE: 4, Kind.DURATION: 5}


def _answers(kind: Kind, level: Array, sd: float, away: Array) -> Array:
    """Numbers are rounded; yes is what lies above a line that gives its chance."""
    if kind is Kind.YES_NO:
        return np.asarray((away < ndtri(np.clip(level, 0.02, 0.98))).astype(float))
    return np.asarray(np.clip(np.round(level + sd * away), 0, _TOP[kind]))


RECOVERING = Population(
    id="recovery",
    version=1,
    title="Daily distress and setbacks in two periods",
    parameters={
        "days": "two periods of 60; 15% of days are missed",
        "level": "uniform 35 to 55; in the pattern calmer it falls by 5 in the second period",
        "setbacks": "7 a period, at least 3 days apart, each a lift of 24",
        "what is left after a day": "same and calmer: uniform .5 to .75; faster .8 then .5; "
        "slower .5 then .8",
        "what a day brings": "normal, SD 4.2; one answer errs by 3.9; rounded, held in 0 to 100",
    },
    draw=draw_recovery,
)

RELAPSING = Population(
    id="relapse",
    version=1,
    title="Daily distress with and without a relapse",
    parameters={
        "days": "150, of which 80% are answered",
        "level": "uniform 20 to 40; 3 lower on two days of seven",
        "what is left after a day": ".31; what a day brings: SD 6.7; one answer errs by 4.2",
        "patterns": ", ".join(f"{name} {share}" for name, share in RELAPSE.items()),
        "onset": "day 80 to 110",
        "drift": "0.75 a day for 30 days",
        "abrupt": "18 from one day to the next",
        "csd": "abrupt; in the 35 days before, what is left after a day rises to .85",
    },
    draw=draw_relapse,
)

LINGERING = Population(
    id="autocorrelated-days",
    version=1,
    title="Daily distress of people who linger little or much",
    parameters={
        "what is left after a day": ".1, .3, .5 or .7, of .4, .7 or 1 of the variance",
        "SD of a day": "8.2; days, level, onset, drift and abrupt as in relapse",
        "patterns": "none in three of four, else drift or abrupt",
    },
    draw=draw_autocorrelated,
)

ANSWERS = Population(
    id="daily-answers",
    version=1,
    title="Twelve weeks of one daily item",
    parameters={
        "days": "84, of which 80% are answered; yes and no need an occasion (70%), durations too "
        "(60%)",
        "what is left after a day": "uniform .2 to .6 of a part of .3 to .7 of the variance",
        "SD of a day": "1.7 of 0 to 10, 0.95 of 0 to 4, 1.3 steps of duration",
        "step": "1.2 SD (yes and no: 0.3) up or down, from day 21 to 56 on",
        "gradual": "the same, along a line from day 15 to 56",
    },
    draw=draw_daily,
)
