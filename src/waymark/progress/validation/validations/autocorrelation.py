"""Is this change real, where weeks hang together? The promises, by how much of a state stays."""

from collections.abc import Sequence
from functools import partial

from waymark.progress.change.belief import BeliefVerdict, believe
from waymark.progress.validation.reporting import at_least, at_most, share_of
from waymark.progress.validation.simulation import SimulatedCourse
from waymark.progress.validation.simulations.autocorrelated_weeks import (
    LEFT,
    MOVING,
    UNCHANGED,
    left_of,
)
from waymark.progress.validation.validation import Validation, ValidationFigure
from waymark.progress.validation.validations.change import CLAIMS, NONE, REAL, RULE, reference

PROMISED = (0.0, 0.3)
"""Where as much must be found as was: at higher ones the price is printed."""


def run(seed: int, people: int) -> Sequence[ValidationFigure]:
    """Figures for each share of a state that is left, unchanged courses first."""
    unchanged, moving = (one.people(seed, number=people) for one in (UNCHANGED, MOVING))
    return (
        *(_ever(unchanged, left) for left in LEFT),
        *(figure for left in LEFT for figure in _at_the_end(moving, left)),
    )


def _ever(courses: Sequence[SimulatedCourse], left: float) -> ValidationFigure:
    own = [one for one in courses if left_of(one) == left]
    return share_of(
        f"{left:g} left: ever called changed in twelve looks, of those who never did",
        [any(verdict in CLAIMS for verdict in _verdicts(one)) for one in own],
        at_most(0.10),
        simple=[any(abs(score - one.scores[0]) >= RULE for score in one.scores) for one in own],
    )


def _at_the_end(courses: Sequence[SimulatedCourse], left: float) -> list[ValidationFigure]:
    own = [one for one in courses if left_of(one) == left]
    said = [_verdicts(one) for one in own]
    real = [pair for pair in zip(own, said, strict=True) if abs(pair[0].change) >= REAL]
    none = [pair for pair in zip(own, said, strict=True) if abs(pair[0].change) < NONE]
    worse = [pair for pair in real if pair[0].change > 0]
    named = partial("{:g} left: {}".format, left)
    target = at_least(0.75) if left in PROMISED else None
    return [
        share_of(named("found, of true changes of 4 or more"), [_right(*one) for one in real],
                 target, simple=[_by_rule(one) for one, _ in real]),
        share_of(named("found, of true worsenings of 4 or more"), [_right(*one) for one in worse]),
        share_of(named("called changed, of true changes under 1"),
                 [verdicts[-1] in CLAIMS for _, verdicts in none]),
        _delay(named("scores until half of the true changes were first told"), real),
    ]  # fmt: skip


def _verdicts(course: SimulatedCourse) -> list[BeliefVerdict]:
    sessions = [float(one) for one in course.sessions]
    judged = believe(sessions, course.scores, reference=reference())
    return [one.verdict for one in judged.beliefs]


def _wanted(course: SimulatedCourse) -> BeliefVerdict:
    return BeliefVerdict.WORSE if course.change > 0 else BeliefVerdict.IMPROVED


def _right(course: SimulatedCourse, verdicts: Sequence[BeliefVerdict]) -> bool:
    return verdicts[-1] is _wanted(course)


def _by_rule(course: SimulatedCourse) -> bool:
    moved = course.scores[-1] - course.scores[0]
    return abs(moved) >= RULE and (moved > 0) is (course.change > 0)


def _delay(
    name: str, real: Sequence[tuple[SimulatedCourse, Sequence[BeliefVerdict]]]
) -> ValidationFigure:
    """Of all, those never told among them."""
    first = sorted(
        verdicts.index(_wanted(one)) + 1 if _wanted(one) in verdicts else len(verdicts) + 1
        for one, verdicts in real
    )
    return ValidationFigure(name, float(first[len(first) // 2]), None)


VALIDATION = Validation(
    id="change-autocorrelated",
    title="Is this change real, where weeks hang together?",
    population="autocorrelated-no-change, and autocorrelated-sessions",
    run=run,
    people=4200,
    note=(
        "A week's state is still felt in the next one: how much of it is left stands before each "
        "figure. The belief was told of it (`LEFT` in shapes.py), chosen on seeds 201 to 203, 211 "
        "and 212. Before, without it, 9.7, 13.7 and 13.9 of 100 were told otherwise at least once "
        "(1,500 each, seed 221). The price: true changes are told about one score later, and of "
        "true worsenings fewer are found where states linger."
    ),
)
