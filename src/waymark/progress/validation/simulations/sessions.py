"""PHQ-9-like courses of twelve sessions at most, in six patterns with known truth."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from waymark.progress.validation.simulation import Population, SimulatedCourse

Array = NDArray[np.float64]

SESSIONS, HIGH, NOISE = 12, 27, 2.65
SHARES: Mapping[str, int] = MappingProxyType(
    {
        "stable": 180,
        "gradual": 160,
        "sudden-gain": 100,
        "deteriorate": 60,
        "setback": 60,
        "sudden-loss": 40,
    }
)
WHOLE, MISSED = 0.65, 0.06


def draw(rng: Generator, number: int) -> tuple[SimulatedCourse, ...]:
    """``number`` courses, patterns drawn in the shares of ``SHARES``."""
    shares = np.array(list(SHARES.values())) / sum(SHARES.values())
    patterns = rng.choice(list(SHARES), size=number, p=shares)
    return tuple(_one(rng, str(pattern)) for pattern in patterns)


def _one(rng: Generator, pattern: str) -> SimulatedCourse:
    first = float(np.clip(rng.normal(15.3, 4.2), 6, 25))
    moved, shift_at = MOVES[pattern](rng)
    levels = np.clip(first + moved, 0, HIGH)
    scores = np.clip(np.round(levels + rng.normal(0, NOISE, SESSIONS)), 0, HIGH)
    last = SESSIONS if rng.random() < WHOLE else int(rng.integers(5, SESSIONS))
    kept = rng.random(SESSIONS) >= MISSED
    kept[[0, last - 1]] = True
    kept[last:] = False
    seen = np.flatnonzero(kept)
    return SimulatedCourse.seen_at(
        seen, pattern=pattern, levels=levels, scores=scores, shift_at=shift_at
    )


Move = tuple[Array, int | None]
_NUMBERS = np.arange(1, SESSIONS + 1)
_LOG = np.log(_NUMBERS) / np.log(SESSIONS)


def _stable(rng: Generator) -> Move:
    return np.zeros(SESSIONS), None


def _gradual(rng: Generator) -> Move:
    return -rng.uniform(5, 11) * _LOG, None


def _worse(rng: Generator) -> Move:
    return rng.uniform(5, 9) * (_NUMBERS - 1) / (SESSIONS - 1), None


def _gain(rng: Generator) -> Move:
    at = int(rng.integers(4, 10))
    return _from(at, -rng.uniform(6, 10.5)), at


def _loss(rng: Generator) -> Move:
    at = int(rng.integers(4, 10))
    return _from(at, rng.uniform(6, 9)), at


def _from(at: int, size: float) -> Array:
    return np.where(at <= _NUMBERS, size, 0.0)


def _setback(rng: Generator) -> Move:
    at = int(rng.integers(5, 9))
    held = (at <= _NUMBERS) & (at + 1 >= _NUMBERS)
    return -rng.uniform(6.5, 9.5) * _LOG + rng.normal(6.8, 0.3) * held, None


MOVES: Mapping[str, Callable[[Generator], Move]] = MappingProxyType(
    {
        "stable": _stable,
        "gradual": _gradual,
        "sudden-gain": _gain,
        "deteriorate": _worse,
        "setback": _setback,
        "sudden-loss": _loss,
    }
)

POPULATION = Population(
    id="sessions",
    version=1,
    title="Courses of up to twelve sessions",
    parameters={
        "first level": "normal 15.3 (4.2), held within 6 and 25",
        "one score": "the level and normal noise of 2.65, rounded, held within 0 and 27",
        "patterns": ", ".join(f"{name} {share}" for name, share in SHARES.items()),
        "gradual": "5 to 11 points by session 12, along the logarithm of sessions",
        "sudden gain": "6 to 10.5 points between two sessions, from session 4 to 9 on",
        "sudden loss": "6 to 9 points, the same way",
        "deteriorate": "5 to 9 points by session 12, along a line",
        "setback": "gradual by 6.5 to 9.5, and 6.8 (0.3) worse for two sessions from 5 to 8 on",
        "length": "twelve sessions for 65%, else 5 to 11; 6% of those between are missed",
    },
    draw=draw,
)
