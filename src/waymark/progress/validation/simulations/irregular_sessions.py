"""Courses that nothing was chosen on: errors that linger, heavy tails, gaps in runs, leaving.

Written down before any judgement was tried on them, and left as they are. Where something is
published it is used: sessions missed, 9 to 12 in 100, and courses broken off, 17 in 100, by those
who are worse (Binnie & Boden 2016, Ment Health Rev J 21:231); first scores of 14.2 (6.1) (NHS
Talking Therapies 2024-25). The rest is a guess at what real life brings.
"""

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from scipy.special import expit, logit

from waymark.progress.validation.simulation import Population, SimulatedCourse

Array = NDArray[np.float64]

HIGH, TAILS = 27, 5
SPREAD, VARIED, LINGERS, LASTING = 0.38, 0.35, 0.4, 0.4
"""Of errors, on the logit: their SD, how much it varies between people (SD of its logarithm), what
is left of the lasting part after a session, and that part of the variance."""

GAP, STAYS = 0.07, 0.40
"""Chance to miss a session, and to miss the next one as well: 10 in 100 all in all."""

LEAVES, WORSE, LEFT = -4.1, 0.09, 12.0
"""Breaking off: logit at a level of 12, and for each point above."""

SESSIONS, LONGEST = 12, 20
SHARES: Mapping[str, float] = MappingProxyType(
    {"stable": 0.3, "gradual": 0.3, "sudden-gain": 0.2, "deteriorate": 0.1, "setback": 0.1}
)


def draw(rng: Generator, number: int) -> tuple[SimulatedCourse, ...]:
    """``number`` courses, patterns drawn in the shares of ``SHARES``."""
    patterns = rng.choice(list(SHARES), size=number, p=list(SHARES.values()))
    return tuple(_patterned(rng, str(one)) for one in patterns)


def draw_episodes(rng: Generator, number: int) -> tuple[SimulatedCourse, ...]:
    """``number`` finished episodes."""
    return tuple(_episode(rng) for _ in range(number))


def _patterned(rng: Generator, pattern: str) -> SimulatedCourse:
    levels, shift_at = _moved(rng, pattern)
    stays = ~_leaving(rng, levels)
    last = SESSIONS if stays.all() else int(stays.argmin()) + 1
    return _course(rng, pattern, levels[:last], shift_at)


def _moved(rng: Generator, pattern: str) -> tuple[Array, int | None]:
    """True levels of twelve sessions; nothing follows the logarithm of sessions."""
    first, number = _first(rng, low=5), np.arange(SESSIONS)
    if pattern == "stable":
        return np.full(SESSIONS, first), None
    if pattern == "gradual":
        way = 1 - np.exp(-number / rng.uniform(2, 8))
        return np.maximum(first - rng.uniform(4, 11) * way / way[-1], 0), None
    if pattern == "deteriorate":
        way = np.clip((number - rng.integers(0, 5)) / 6, 0, 1)
        return np.minimum(first + rng.uniform(4, 9) * way, HIGH), None
    if pattern == "setback":
        way, at = 1 - np.exp(-number / 4), int(rng.integers(3, 9))
        lasts = int(rng.integers(1, 4))
        bump = rng.uniform(3, 8) * ((number >= at) & (number < at + lasts))
        return np.clip(first - rng.uniform(3, 9) * way / way[-1] + bump, 0, HIGH), None
    at = int(rng.integers(3, 9))
    way = np.where(number < at, 0.0, 1.0)
    drift = rng.normal(0, 0.15) * number
    return np.clip(first - rng.uniform(5, 11) * way + drift, 0, HIGH), at + 1


def _first(rng: Generator, *, low: float) -> float:
    return float(np.clip(rng.normal(14.2, 5.5), low, HIGH - 1))


def _leaving(rng: Generator, levels: Array) -> NDArray[np.bool_]:
    chance = expit(LEAVES + WORSE * (levels - LEFT))
    chance[:3] = 0
    return np.asarray(rng.random(len(levels)) < chance)


def _episode(rng: Generator) -> SimulatedCourse:
    """One finished episode; it ends as planned, because it is well enough, or is broken off."""
    number = np.arange(LONGEST)
    size = rng.normal(0.33, 0.38) * (first := _first(rng, low=2))
    way = 1 - np.exp(-number / rng.uniform(1.5, 9))
    levels = np.clip(first - size * way + np.cumsum(rng.normal(0, 0.45, LONGEST)), 0, HIGH)
    well = expit(-1.2 + 0.22 * (number - 7) - 0.16 * (levels - 8))
    well[:2] = 0
    ends = (rng.random(LONGEST) < well) | _leaving(rng, levels)
    ends[-1] = True
    return _course(rng, "episode", levels[: int(ends.argmax()) + 1], None)


def _course(rng: Generator, pattern: str, levels: Array, shift_at: int | None) -> SimulatedCourse:
    scores = _answered(rng, levels)
    seen = np.flatnonzero(_kept(rng, len(levels)))
    return SimulatedCourse.seen_at(
        seen, pattern=pattern, levels=levels, scores=scores, shift_at=shift_at
    )


def _answered(rng: Generator, levels: Array) -> Array:
    """Errors live on the logit, so that they shrink and lean toward the ends of the scale."""
    n, sd = len(levels), SPREAD * np.exp(VARIED * rng.normal())
    fresh = _tails(rng, n)
    state = np.empty(n)
    for t, one in enumerate(_tails(rng, n)):
        state[t] = one if t == 0 else LINGERS * state[t - 1] + np.sqrt(1 - LINGERS**2) * one
    away = sd * (np.sqrt(LASTING) * state + np.sqrt(1 - LASTING) * fresh)
    middle = logit(np.clip(levels / HIGH, 0.02, 0.98))
    return np.asarray(np.clip(np.round(HIGH * expit(middle + away)), 0, HIGH))


def _tails(rng: Generator, n: int) -> Array:
    """Student's t with ``TAILS`` degrees of freedom and an SD of 1."""
    return np.asarray(rng.standard_t(TAILS, n) * np.sqrt((TAILS - 2) / TAILS))


def _kept(rng: Generator, n: int) -> NDArray[np.bool_]:
    """The first and the last session are there; between them gaps come in runs."""
    kept, gone = np.ones(n, dtype=bool), False
    for t, u in enumerate(rng.random(n)):
        gone = bool(u < (STAYS if gone else GAP))
        kept[t] = not gone
    kept[[0, -1]] = True
    return kept


_ERRORS = {
    "one score": "27 x expit(logit of the level / 27 + error), rounded: errors shrink and lean "
    "near the ends of the scale",
    "errors": "Student's t, 5 df, SD .38 on the logit (2.5 points in the middle), times "
    "lognormal(.35) by person; .4 of the variance lasts, of which .4 is left a session later",
    "missed": "7 in 100, and 40 in 100 after a missed one",
    "leaving": "from session 4 on, logit -4.1 + .09 x (level - 12): who is worse leaves sooner",
}

SESSIONS_POPULATION = Population(
    id="irregular-sessions",
    version=1,
    title="Courses of up to twelve sessions that nothing was chosen on",
    parameters={
        "first level": "normal 14.2 (5.5), held within 5 and 26",
        "patterns": ", ".join(f"{name} {share:g}" for name, share in SHARES.items()),
        "gradual": "4 to 11 points, exponential, with a time constant of 2 to 8 sessions",
        "sudden gain": "5 to 11 points from session 4 to 9 on, and a drift of 0 (.15) a session",
        "deteriorate": "4 to 9 points within six sessions",
        "setback": "3 to 9 points better, and 3 to 8 worse for one to three sessions",
        **_ERRORS,
    },
    draw=draw,
)

EPISODES_POPULATION = Population(
    id="irregular-episodes",
    version=1,
    title="Finished episodes that nothing was chosen on",
    parameters={
        "first level": "normal 14.2 (5.5), held within 2 and 26",
        "course": "falls by .33 (.38) of the first level, exponential, with a time constant of "
        "1.5 to 9 sessions, and wanders by .45 a session",
        "ending": "from session 3 on, logit -1.2 + .22 (s - 8) - .16 (level - 8); 20 at most",
        **_ERRORS,
    },
    draw=draw_episodes,
)
