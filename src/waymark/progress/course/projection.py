"""Where one client stands against the expected course, week by week, and whether a flag stands.

Weeks of care stand for sessions: the first answer is week 1, and answers of one week count as
their mean. Where therapy is weekly both are the same; where an instrument is given less often,
the missing weeks are gaps, as missed sessions are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from waymark.progress.course.expected import ExpectedCourse, OnTrack, Range, follow, range_at
from waymark.progress.course.timeline import At, Point, Series, calendar_day

WEEK = 7
LONGEST = 30
"""Weeks up to which a range is stated; what is expected later has been seen too seldom."""


@dataclass(frozen=True, slots=True)
class Flagged:
    """The score after which somebody recorded what they did about a flag, and its chance then."""

    week: int
    p_deterioration: float


@dataclass(frozen=True, slots=True)
class Projection:
    """One client beside the expected course.

    ``lines``: after the last week with an answer, and after each from the recorded response on,
    from what was known by then (the session of a line is a week).
    ``ranges``: where courses that began like this one stand, for every week up to the last and
    two beyond. ``chances``: whether probabilities may be told (fitted here, and its use accepted).
    """

    course: ExpectedCourse
    lines: tuple[OnTrack, ...]
    ranges: tuple[Range, ...]
    chances: bool
    answered: Flagged | None = None

    @property
    def last(self) -> OnTrack:
        """The comparison of the newest session with the expected course."""
        return self.lines[-1]

    @property
    def flag(self) -> OnTrack | None:
        """The line whose flag stands now. Without chances there is none, nor where too few courses
        ended worse to say what a flag is worth. After a recorded response it returns on new
        evidence alone: a later answer with no lower a chance, or after the flag had gone."""
        if not self.chances or not self.course.flags or not self.last.off_track:
            return None
        done = self.answered
        if done is None or self._gone_since(done.week):
            return self.last
        later = self.last.session > done.week
        return self.last if later and self.last.p_deterioration >= done.p_deterioration else None

    def _gone_since(self, week: int) -> bool:
        """Whether a later answer stood without a flag: then the response is about another time."""
        return any(line.session > week and not line.off_track for line in self.lines)


def projection_of(
    series: Series,
    course: ExpectedCourse,
    *,
    chances: bool,
    answered: Flagged | None = None,
) -> Projection | None:
    """None where nothing was answered in this episode, or longer ago than ranges are stated."""
    weeks, scores = by_week(series.current)
    if not weeks or weeks[-1] > LONGEST:
        return None
    first = scores[0]
    upto = range(1, min(weeks[-1] + 2, LONGEST) + 1)
    since = weeks[-1] if answered is None else min(answered.week, weeks[-1])
    return Projection(
        course=course,
        lines=follow(weeks, scores, course=course, since=since),
        ranges=tuple(range_at(week, first, course=course) for week in upto),
        chances=chances and course.calibrated,
        answered=answered,
    )


def by_week(points: Sequence[Point]) -> tuple[tuple[int, ...], tuple[float, ...]]:
    """Weeks from 1 on, ascending, and the mean score of each."""
    held: dict[int, list[float]] = {}
    for point in points:
        held.setdefault(week_of(point.at, points[0].at), []).append(point.measured)
    return tuple(held), tuple(fmean(scores) for scores in held.values())


def week_of(at: At, first: At) -> int:
    """The week of care of a day whose first answer was on ``first``; a session number stays."""
    day, begun = calendar_day(at), calendar_day(first)
    if day is not None and begun is not None:
        return 1 + round((day - begun).days / WEEK)
    return 1 + at - first if isinstance(at, int) and isinstance(first, int) else 1
