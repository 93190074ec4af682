"""Finished episodes of 3 to 20 sessions, in which who feels better stops sooner."""

import numpy as np
from numpy.random import Generator
from scipy.special import expit

from waymark.progress.validation.simulation import Population, SimulatedCourse

LONGEST, HIGH, NOISE = 20, 27, 2.65
START, SLOPE, TIE, SPREAD = (14.5, 5.1), -0.444, -0.123, 2.08
STOP = (-1.14, 0.355, -0.021, -0.05)


def draw(rng: Generator, number: int) -> tuple[SimulatedCourse, ...]:
    """``number`` finished episodes: log-linear courses that stop by severity and session."""
    first = np.clip(rng.normal(*START, number), 3, HIGH)
    slope = SLOPE + TIE * first + rng.normal(0, SPREAD, number)
    sessions = np.arange(1, LONGEST + 1)
    levels = np.clip(first[:, None] + slope[:, None] * np.log(sessions), 0, HIGH)
    noise = rng.normal(0, NOISE, levels.shape)
    scores = np.clip(np.round(levels + noise), 0, HIGH)
    b0, b1, b2, b3 = STOP
    logit = b0 + b1 * (sessions - 7) + b2 * (sessions - 7) ** 2 + b3 * (levels - 10)
    stops = (rng.random(levels.shape) < expit(logit)) & (sessions >= 3)
    stops[:, -1] = True
    last = stops.argmax(axis=1) + 1
    return tuple(
        SimulatedCourse(
            pattern="episode",
            sessions=tuple(range(1, n + 1)),
            scores=tuple(float(one) for one in row[:n]),
            levels=tuple(float(one) for one in level[:n]),
        )
        for n, row, level in zip(last, scores, levels, strict=True)
    )


POPULATION = Population(
    id="episodes",
    version=1,
    title="Finished episodes of 3 to 20 sessions",
    parameters={
        "first level": "normal 14.5 (5.1), held within 3 and 27",
        "slope on ln(session)": "-0.444 - 0.123 x first level + normal 2.08",
        "one score": "the level and normal noise of 2.65, rounded, held within 0 and 27",
        "stopping": (
            "from session 3 on; logit -1.14 + 0.355 (s - 7) - 0.021 (s - 7)^2 - 0.05 (level - 10)"
        ),
    },
    draw=draw,
)
