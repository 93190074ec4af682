"""Did something shift, and when? Tried on sudden gains, steady courses and gradual ones."""

from collections.abc import Sequence

from waymark.progress.change.belief import Shift
from waymark.progress.change.sudden_gains import GainCriteria, sudden
from waymark.progress.validation.reporting import at_least, at_most, on_irregular, share_of
from waymark.progress.validation.simulation import Population, SimulatedCourse
from waymark.progress.validation.simulations.irregular_sessions import (
    SESSIONS_POPULATION as IRREGULAR,
)
from waymark.progress.validation.simulations.sessions import POPULATION, SESSIONS
from waymark.progress.validation.validation import Validation, ValidationFigure
from waymark.progress.validation.validations.change import judged, reference

RULE = GainCriteria(6)


def run(
    seed: int, people: int, population: Population[SimulatedCourse] = POPULATION
) -> Sequence[ValidationFigure]:
    """Of gains that at least two scores follow; false finds among steady and gradual courses."""
    using = reference()
    courses = population.people(seed, number=people)
    shifts = [judged(one, using).shift for one in courses]
    gains = [
        (one, shift)
        for one, shift in zip(courses, shifts, strict=True)
        if one.pattern == "sudden-gain" and _followed(one)
    ]
    losses = [
        (one, shift)
        for one, shift in zip(courses, shifts, strict=True)
        if one.pattern == "sudden-loss" and _followed(one)
    ]
    near = [_near(one, shift) for one, shift in gains]
    return [
        share_of(
            "found, of sudden gains",
            [shift.found for _, shift in gains],
            at_least(0.75),
            simple=[_by_rule(one) for one, _ in gains],
            published=".604 by Tang & DeRubeis",
        ),
        share_of(
            "found within one session of its place", near, published=".582 by Tang & DeRubeis"
        ),
        share_of(
            "found, of sudden losses",
            [shift.found for _, shift in losses],
            simple=[_by_rule(one, losses=True) for one, _ in losses],
        ),
        _false(courses, shifts, "stable", bound=0.03, published=".028 by Tang & DeRubeis"),
        _false(courses, shifts, "gradual", bound=0.09, published=".088 by Tang & DeRubeis"),
    ]


def _near(course: SimulatedCourse, shift: Shift) -> bool:
    """Found, and at most one session from where it was."""
    if not shift.found or shift.when is None or course.shift_at is None:
        return False
    return abs(course.sessions[shift.when] - course.shift_at) <= 1


def _false(
    courses: Sequence[SimulatedCourse],
    shifts: Sequence[Shift],
    pattern: str,
    *,
    bound: float,
    published: str,
) -> ValidationFigure:
    """Shifts found where there is none."""
    pairs = [pair for pair in zip(courses, shifts, strict=True) if pair[0].pattern == pattern]
    return share_of(
        f"found, of {pattern} courses",
        [shift.found for _, shift in pairs],
        at_most(bound),
        simple=[_by_rule(one) for one, _ in pairs],
        published=published,
    )


def _followed(course: SimulatedCourse) -> bool:
    return sum(session >= (course.shift_at or 0) for session in course.sessions) >= 2


def _by_rule(course: SimulatedCourse, *, losses: bool = False) -> bool:
    seen = dict(zip(course.sessions, course.scores, strict=True))
    return bool(sudden([seen.get(n) for n in range(1, SESSIONS + 1)], rule=RULE, losses=losses))


VALIDATION = Validation(
    id="shift",
    title="Did something shift, and when?",
    population="sessions",
    run=run,
    people=4700,
    note=(
        "A gain or a loss counts where at least two scores follow it; the simple rule is the "
        "literature's. Losses are rarer, and found less often."
    ),
)

IRREGULAR_VALIDATION = on_irregular(
    VALIDATION,
    "Shifts, on",
    population=IRREGULAR,
    run=run,
    people=2400,
    note=(
        "Gains that two scores follow, of 5 to 11 points. What falls short: one in three is not "
        "found, against one in four among tidy people, likely for gains are smaller; "
        "and stable courses show a shift three times as often, as often as by the simple rule."
    ),
)
