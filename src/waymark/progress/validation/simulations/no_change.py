"""Courses of twelve sessions in which nothing changes: the test of every running label."""

import numpy as np
from numpy.random import Generator

from waymark.progress.validation.simulation import Population, SimulatedCourse

SESSIONS, HIGH, NOISE = 12, 27, 2.65


def draw(rng: Generator, number: int) -> tuple[SimulatedCourse, ...]:
    """``number`` courses at a constant level, with independent errors."""
    levels = np.clip(rng.normal(13, 3, number), 0, HIGH)
    scores = np.clip(np.round(levels[:, None] + rng.normal(0, NOISE, (number, SESSIONS))), 0, HIGH)
    return tuple(
        SimulatedCourse(
            pattern="unchanged",
            sessions=tuple(range(1, SESSIONS + 1)),
            scores=tuple(float(one) for one in row),
            levels=(float(level),) * SESSIONS,
        )
        for level, row in zip(levels, scores, strict=True)
    )


POPULATION = Population(
    id="no-change",
    version=1,
    title="Courses without any change",
    parameters={
        "level": "normal 13 (3), held within 0 and 27, the same at every session",
        "one score": "the level and normal noise of 2.65, rounded, held within 0 and 27",
        "length": "twelve sessions, none missed",
    },
    draw=draw,
)
