"""Is this client on track? A course is fitted on some clients and tried on others, unseen."""

from collections.abc import Sequence

import numpy as np

from waymark.cohort.course import Episode, Measured, fit_course
from waymark.progress.course.expected import ExpectedCourse, OnTrack, follow
from waymark.progress.validation.reporting import (
    at_least,
    held_by_band,
    on_irregular,
    root_mean_square,
    share_of,
    within,
)
from waymark.progress.validation.simulation import Population, SimulatedCourse
from waymark.progress.validation.simulations.episodes import POPULATION
from waymark.progress.validation.simulations.irregular_sessions import (
    EPISODES_POPULATION as IRREGULAR,
)
from waymark.progress.validation.validation import Validation, ValidationFigure
from waymark.progress.validation.validations.change import calibration_slope

PHQ = Measured("phq-9", "total", noise=2.66, reliable=6, low=0, high=27)
AFTER = 4
"""The session after which final scores are predicted, as in the published tables."""


FITTED = 4000
"""Finished episodes on which the course is fitted; those it is tried on are others."""


def run(
    seed: int, people: int, population: Population[SimulatedCourse] = POPULATION
) -> Sequence[ValidationFigure]:
    """``people`` to try it on, none of them among those it was fitted on."""
    drawn = population.people(seed, number=FITTED)
    episodes = [Episode(one.sessions, one.scores) for one in drawn]
    fitted = fit_course(episodes, of=PHQ, seed=seed)
    tried = population.people(seed + 1_000_000, number=people)
    lines = [follow(one.sessions[:-1], one.scores[:-1], course=fitted) for one in tried]
    return (
        *_flags(tried, lines),
        *_bands(tried, lines),
        *_chances(tried, lines),
        *_final(tried, lines, fitted),
    )


def _worse(course: SimulatedCourse) -> bool:
    return course.scores[-1] - course.scores[0] >= PHQ.reliable


def _flags(
    courses: Sequence[SimulatedCourse], lines: Sequence[tuple[OnTrack, ...]]
) -> list[ValidationFigure]:
    """A flag counts before the last session; the simple rule is 6 points worse than intake."""
    flagged = [any(one.off_track for one in held) for held in lines]
    simply = [
        any(score - one.scores[0] >= PHQ.reliable for score in one.scores[1:-1]) for one in courses
    ]
    worse = [_worse(one) for one in courses]
    found = [flag for flag, end in zip(flagged, worse, strict=True) if end]
    others = [not flag for flag, end in zip(flagged, worse, strict=True) if not end]
    plain = list(zip(simply, worse, strict=True))
    true = [end for flag, end in zip(flagged, worse, strict=True) if flag]
    return [
        ValidationFigure("flagged before the last session, of deteriorations",
               sum(found), len(found),
               at_least(0.95), _mean([flag for flag, end in plain if end]),
               ".836 by the 80% limit, .754 by 6 points"),
        ValidationFigure("not flagged, of the others",
               sum(others), len(others), at_least(0.72),
               _mean([not flag for flag, end in plain if not end]),
               ".704 by the 80% limit, .924 by 6 points"),
        ValidationFigure("flagged, of 100 clients", 100 * _mean(flagged), None),
        ValidationFigure("flagged in a clinician's week of 20 sessions", _a_week(lines), None),
        share_of("end worse, of those flagged", true),
    ]  # fmt: skip


def _a_week(lines: Sequence[tuple[OnTrack, ...]]) -> float:
    """New flags among twenty sessions: the first of each client counts."""
    first = sum(any(one.off_track for one in held) for held in lines)
    return 20 * first / max(sum(len(held) for held in lines), 1)


def _bands(
    courses: Sequence[SimulatedCourse], lines: Sequence[tuple[OnTrack, ...]]
) -> list[ValidationFigure]:
    """One band a client, after the fourth session: the client is the unit."""
    pairs = [(one.scores[-1], _at(held)) for one, held in zip(courses, lines, strict=True) if held]
    return [
        held_by_band("held by the 80% band", [(last, line.band80) for last, line in pairs],
                     within(0.79, 0.81)),
        held_by_band("held by the 90% band", [(last, line.band90) for last, line in pairs],
                     within(0.89, 0.91)),
    ]  # fmt: skip


def _at(held: tuple[OnTrack, ...]) -> OnTrack:
    return held[min(AFTER, len(held)) - 1]


def _chances(
    courses: Sequence[SimulatedCourse], lines: Sequence[tuple[OnTrack, ...]]
) -> list[ValidationFigure]:
    pairs = [(one, _at(held)) for one, held in zip(courses, lines, strict=True) if held]
    better = np.array([one.scores[0] - one.scores[-1] >= PHQ.reliable for one, _ in pairs])
    worse = np.array([_worse(one) for one, _ in pairs])
    return [
        ValidationFigure("calibration slope, chance of a reliable improvement",
               calibration_slope([line.p_reliable_improvement for _, line in pairs], better), None,
               within(0.9, 1.1)),
        ValidationFigure("calibration slope, chance of a deterioration",
               calibration_slope([line.p_deterioration for _, line in pairs], worse), None,
               within(0.9, 1.1)),
    ]  # fmt: skip


def _final(
    courses: Sequence[SimulatedCourse], lines: Sequence[tuple[OnTrack, ...]], fitted: ExpectedCourse
) -> list[ValidationFigure]:
    """Error of the predicted last score after session 4, of courses that went on."""
    long = [(one, held) for one, held in zip(courses, lines, strict=True) if len(held) >= AFTER]
    said = [held[AFTER - 1].expected - one.scores[-1] for one, held in long]
    carried = [one.scores[AFTER - 1] - one.scores[-1] for one, _ in long]
    return [
        ValidationFigure("error of the predicted last score (root mean square)",
               root_mean_square(said), None,
               None, root_mean_square(carried), "3.77, and 4.38 carried forward")
    ]  # fmt: skip


def _mean(values: Sequence[bool]) -> float:
    return float(np.mean(values)) if values else 0.0


VALIDATION = Validation(
    id="on-track",
    title="Is this client on track?",
    population="episodes",
    run=run,
    people=17_000,
    note=(
        "A course fitted on 4,000 other clients of the same population; a flag counts before "
        "the last session only. The usual threshold was chosen on other seeds of this population. "
        "Simulated courses are kinder than life: on real cohorts expect "
        "less (Franken 2023: AUC about .70)."
    ),
)

IRREGULAR_VALIDATION = on_irregular(
    VALIDATION,
    "On track, for",
    population=IRREGULAR,
    run=run,
    people=17_000,
    note=(
        "The course is fitted on 4,000 others of these people, so bands and flag are theirs. What "
        "falls short: to find as many deteriorations, 38 of 100 are flagged in place of 29, and "
        "the chance of a deterioration is too sure of itself (slope .78), likely for who is worse "
        "leaves sooner and courses do not follow the logarithm of sessions."
    ),
)
