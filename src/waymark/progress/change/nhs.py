"""Outcomes of a finished course as NHS Talking Therapies (England) defines them.

A course is finished after two or more attended treatment appointments. It is judged on its first
and last pair of a depression measure (PHQ-9) and an anxiety measure: the one that belongs to the
problem where both its scores exist, otherwise GAD-7. Source: Clark 2018 (Annu Rev Clin Psychol
14:159), thresholds as given in NCT05134103; denominators as in the metadata of the annual reports.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from waymark.progress.change.reliable_change import TOLERANCE


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Points of one measure: a case from ``caseness`` on, a reliable move from ``reliable`` on."""

    caseness: float
    reliable: float
    source: str


NHS_SOURCE = "NHS Talking Therapies definitions, as given in NCT05134103"
PHQ_9 = Thresholds(caseness=10, reliable=6, source=NHS_SOURCE)
GAD_7 = Thresholds(caseness=8, reliable=4, source=NHS_SOURCE)


@dataclass(frozen=True, slots=True)
class Pair:
    """First and last score of one measure in a course; lower is better."""

    first: float
    last: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one course. ``mixed_change`` is counted as no reliable change."""

    caseness_start: bool
    caseness_end: bool
    reliable_improvement: bool
    reliable_deterioration: bool
    no_reliable_change: bool
    mixed_change: bool
    recovery: bool
    reliable_recovery: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """Courses of a service or a country. ``finished`` includes those without paired scores."""

    finished: int
    not_at_caseness: int
    reliable_improvement: int
    reliable_deterioration: int
    no_reliable_change: int
    recovery: int
    reliable_recovery: int


@dataclass(frozen=True, slots=True)
class Rates:
    """Percentages with the official denominators; ``None`` where nobody could be counted."""

    reliable_improvement: float | None
    reliable_deterioration: float | None
    no_reliable_change: float | None
    recovery: float | None
    reliable_recovery: float | None


def outcome(
    depression: Pair,
    anxiety: Pair,
    *,
    thresholds: Thresholds = GAD_7,
    at_least: bool = True,
) -> Outcome:
    """The official flags of one course.

    ``anxiety`` and its ``thresholds`` are GAD-7's, or those of the measure that belongs to the
    person's problem where both its scores exist; only GAD-7's thresholds are known here.
    ``at_least`` counts a move of exactly the threshold, as the manual does; the metadata of the
    annual reports write "more than".
    """
    measures = ((depression, PHQ_9), (anxiety, thresholds))
    start = any(pair.first >= limit.caseness for pair, limit in measures)
    end = any(pair.last >= limit.caseness for pair, limit in measures)
    better = any(_moved(pair.first - pair.last, limit, at_least) for pair, limit in measures)
    worse = any(_moved(pair.last - pair.first, limit, at_least) for pair, limit in measures)
    return Outcome(
        caseness_start=start,
        caseness_end=end,
        reliable_improvement=better and not worse,
        reliable_deterioration=worse and not better,
        no_reliable_change=better is worse,
        mixed_change=better and worse,
        recovery=start and not end,
        reliable_recovery=start and not end and better and not worse,
    )


def count(outcomes: Iterable[Outcome | None]) -> Counts:
    """Add up finished courses; ``None`` is a course without paired scores."""
    courses = tuple(outcomes)
    judged = tuple(course for course in courses if course is not None)
    return Counts(
        finished=len(courses),
        not_at_caseness=sum(not course.caseness_start for course in judged),
        reliable_improvement=sum(course.reliable_improvement for course in judged),
        reliable_deterioration=sum(course.reliable_deterioration for course in judged),
        no_reliable_change=sum(course.no_reliable_change for course in judged),
        recovery=sum(course.recovery for course in judged),
        reliable_recovery=sum(course.reliable_recovery for course in judged),
    )


def rates(counts: Counts) -> Rates:
    """Change is divided by the finished courses, recovery by those not known to be below caseness.

    A course without paired scores stays in both denominators: the official figures are not
    divided by the courses at caseness.
    """
    cases = counts.finished - counts.not_at_caseness
    return Rates(
        reliable_improvement=_percent(counts.reliable_improvement, counts.finished),
        reliable_deterioration=_percent(counts.reliable_deterioration, counts.finished),
        no_reliable_change=_percent(counts.no_reliable_change, counts.finished),
        recovery=_percent(counts.recovery, cases),
        reliable_recovery=_percent(counts.reliable_recovery, cases),
    )


def _moved(points: float, limit: Thresholds, at_least: bool) -> bool:
    edge = -TOLERANCE if at_least else TOLERANCE
    return points - limit.reliable > edge


def _percent(part: int, whole: int) -> float | None:
    return 100 * part / whole if whole else None
