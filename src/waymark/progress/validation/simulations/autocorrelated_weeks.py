"""Courses of twelve sessions in which a week's state lasts into the next: no change, and moving.

Within a sitting a PHQ-9 errs by 2.2 points, anew each time; the state of a week brings another 1.5
(`reference.STATE`), and some of it is there a week later. How much, stands behind each pattern.
"""

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from waymark.progress.validation.simulation import Population, SimulatedCourse
from waymark.progress.validation.simulations import sessions

Array = NDArray[np.float64]

SESSIONS, HIGH = 12, 27
ERROR, STATE = 2.2, 1.5
LEFT = (0.0, 0.3, 0.5)
"""Of a state, one session later; people in turn."""


def draw_unchanged(rng: Generator, number: int) -> tuple[SimulatedCourse, ...]:
    """``number`` courses at a constant level; how much a state lingers goes round by ``LEFT``."""
    return tuple(_unchanged(rng, LEFT[person % len(LEFT)]) for person in range(number))


def draw_moving(rng: Generator, number: int) -> tuple[SimulatedCourse, ...]:
    """The patterns of `sessions`, with its lengths and its missed ones."""
    shares = np.array(list(sessions.SHARES.values())) / sum(sessions.SHARES.values())
    patterns = rng.choice(list(sessions.SHARES), size=number, p=shares)
    return tuple(
        _moving(rng, str(pattern), LEFT[person % len(LEFT)])
        for person, pattern in enumerate(patterns)
    )


def left_of(course: SimulatedCourse) -> float:
    """How much of a week's state is left a session later."""
    return float(course.pattern.split()[-1])


def _unchanged(rng: Generator, left: float) -> SimulatedCourse:
    level = float(np.clip(rng.normal(13, 3), 0, HIGH))
    levels = np.full(SESSIONS, level)
    seen = np.arange(SESSIONS)
    scores = _scores(rng, levels, left)
    return SimulatedCourse.seen_at(
        seen, pattern=f"unchanged {left:g}", levels=levels, scores=scores
    )


def _moving(rng: Generator, pattern: str, left: float) -> SimulatedCourse:
    first = float(np.clip(rng.normal(15.3, 4.2), 6, 25))
    moved, shift_at = sessions.MOVES[pattern](rng)
    levels = np.clip(first + moved, 0, HIGH)
    scores = _scores(rng, levels, left)
    last = SESSIONS if rng.random() < sessions.WHOLE else int(rng.integers(5, SESSIONS))
    kept = rng.random(SESSIONS) >= sessions.MISSED
    kept[[0, last - 1]] = True
    kept[last:] = False
    return SimulatedCourse.seen_at(
        np.flatnonzero(kept),
        pattern=f"{pattern} {left:g}",
        levels=levels,
        scores=scores,
        shift_at=shift_at,
    )


def _scores(rng: Generator, levels: Array, left: float) -> Array:
    """The level, the week's state and an error of its own; rounded, within the scale."""
    fresh = rng.normal(0, STATE, len(levels))
    state = np.empty(len(levels))
    for week, one in enumerate(fresh):
        state[week] = one if week == 0 else left * state[week - 1] + np.sqrt(1 - left**2) * one
    return np.asarray(
        np.clip(np.round(levels + state + rng.normal(0, ERROR, len(levels))), 0, HIGH)
    )


_ERRORS = {
    "one score": "the level, a state of the week of 1.5 and an error of 2.2, rounded, held within "
    "0 and 27",
    "autocorrelation": ", ".join(f"{one:g}" for one in LEFT)
    + " of the state is left one session later, people in turn",
}

UNCHANGED = Population(
    id="autocorrelated-no-change",
    version=1,
    title="Courses without any change, in which a week's state lingers",
    parameters={
        "level": "normal 13 (3), held within 0 and 27, the same at every session",
        **_ERRORS,
        "length": "twelve sessions, none missed",
    },
    draw=draw_unchanged,
)

MOVING = Population(
    id="autocorrelated-sessions",
    version=1,
    title="Courses of up to twelve sessions, in which a week's state lingers",
    parameters={"levels, patterns and length": "as in sessions", **_ERRORS},
    draw=draw_moving,
)
