"""All scores of one series together: the belief, a shift, and the literature's sudden gains."""

from collections.abc import Sequence
from dataclasses import dataclass

from waymark.library.instrument import Better
from waymark.progress.change.belief import LONGEST, Judged, believe
from waymark.progress.change.reference import reference_for
from waymark.progress.change.reliable_change import yardstick_of
from waymark.progress.change.sudden_gains import Gain, GainCriteria, sudden_by_session
from waymark.progress.course.timeline import At, Series, as_sessions, calendar_day

WEEK = 7.0

EVEN = 0.5
"""Nothing that is less likely than not is told as something that happened."""

HOW = (
    "This looks at all answers at once. It weighs the ways a course can go: steady, slowly better "
    "or worse, a sudden step, a hard stretch that passes. We tried it on made-up courses of twelve "
    "low mood answers in which nothing ever changed. About 10 of 100 were told of a change all the "
    "same, at one of the twelve looks. With the first answer beside the newest one, each time, it "
    "was about 64. Real courses are less tidy than made-up ones."
)
"""How the belief is known, for a client; the figures are those of `waymark validate`."""

FIGURES = (
    "True change {true_change} points, 90% interval {interval}. Probability of a true improvement "
    "of {least} or more {p_improved}, of a worsening of as much {p_worse}. {sudden}"
)
"""What a clinician reads of all scores together."""


@dataclass(frozen=True, slots=True)
class WholeCourse:
    """What all scores of the episode say. ``moments``: when they were given, one for each score
    that was judged; ``gains`` and ``losses`` follow Tang & DeRubeis, from one answer to the next
    within four weeks.
    """

    judged: Judged
    moments: tuple[At, ...]
    gains: tuple[Gain, ...]
    losses: tuple[Gain, ...]

    @property
    def shifted_at(self) -> At | None:
        """The moment of the first score after a shift; None where none was found."""
        shift = self.judged.shift
        if not shift.found or shift.when is None:
            return None
        return self.moments[min(shift.when, len(self.moments) - 1)]


def whole_course_of(series: Series) -> WholeCourse | None:
    """None where no measurement error is known, nothing was answered in this episode, or so much
    that the course has outgrown the shapes."""
    reference = reference_for(series.instrument_id, series.scale)
    yardstick = yardstick_of(series.scale)
    points = series.current
    if reference is None or yardstick is None or not 0 < len(points) <= LONGEST:
        return None
    scores, moments = [point.measured for point in points], tuple(point.at for point in points)
    sessions, rule = as_sessions(moments), GainCriteria(yardstick.threshold)
    lower = series.scale.better is Better.LOWER
    return WholeCourse(
        judged=believe(_since_the_first(moments), scores, reference=reference, each=False),
        moments=moments,
        gains=sudden_by_session(sessions, scores, rule=rule, better_is_lower=lower),
        losses=sudden_by_session(sessions, scores, rule=rule, better_is_lower=lower, losses=True),
    )


def _since_the_first(moments: Sequence[At]) -> list[float]:
    """Weeks, or sessions."""
    days = [day for day in map(calendar_day, moments) if day is not None]
    if days:
        return [(day - days[0]).days / WEEK for day in days]
    numbers = [at for at in moments if isinstance(at, int)]
    return [float(at - numbers[0]) for at in numbers]
