"""What one series amounts to: the evidence that every change signal reads and carries.

Change is counted from the first score of the current episode to the last one. No change is
claimed before the first month is over; what the official rule would say stands in ``category``
all the same, so that no number is held back.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from waymark.library.instrument import Better
from waymark.progress.change.reliable_change import (
    CaseLine,
    Category,
    Change,
    Reason,
    Yardstick,
    compare,
    gain,
    line_of,
    yardstick_of,
)
from waymark.progress.course.projection import Projection
from waymark.progress.course.timeline import Point, Series, Source, calendar_day
from waymark.progress.course.whole_course import WholeCourse, whole_course_of

FIRST_MONTH = 28
"""Days from the first score in which no claim of change is made."""

TOO_EARLY = frozenset({Reason.NO_SCORE, Reason.ONE_SCORE, Reason.ONE_MOMENT, Reason.FIRST_MONTH})


@dataclass(frozen=True, slots=True)
class Evidence:
    """What stands behind a finding, in scale points; ``None`` where something is not known.

    ``instrument`` and ``scale`` say of which series, by their ids.
    ``first`` and ``last`` are the points compared, ``best`` is the best one of the episode (each
    settled for its moment); ``n`` counts the scores as given, ``imported`` totals from earlier
    records, ``before`` the scores from before the episode, which are drawn and never judged.
    ``together`` is what all scores say, ``ahead`` where they stand against an expected course;
    both are ``None`` unless they were asked for, or where they cannot be held.
    """

    instrument: str
    scale: str
    n: int
    first: Point | None
    last: Point | None
    best: Point | None
    imported: int
    better: Better
    yardstick: Yardstick | None
    line: CaseLine | None
    change: Change | None
    reasons: tuple[Reason, ...]
    before: int = 0
    together: WholeCourse | None = None
    ahead: Projection | None = None

    @property
    def category(self) -> Category:
        """What the official rule says, even where it is too early to tell it."""
        return self.change.category if self.change else Category.NOT_JUDGED

    @property
    def recovered(self) -> bool | None:
        """Whether a case became none, reliably; ``None`` where that cannot be asked."""
        return self.change.recovered if self.change else None

    @property
    def too_early(self) -> bool:
        """Whether there is too little, or it is too soon, to speak of change."""
        return not TOO_EARLY.isdisjoint(self.reasons)


def weigh(series: Series) -> Evidence:
    """The evidence in the current episode of a series: its first score against its last."""
    points, given, scale = series.current, series.answered, series.scale
    first, last = (points[0], points[-1]) if points else (None, None)
    change = None
    if first and last and first.at != last.at:
        change = compare(first.measured, last.measured, scale=scale)
    evidence = Evidence(
        instrument=series.instrument_id,
        scale=scale.id,
        n=len(given),
        first=first,
        last=last,
        best=_best(points, better=scale.better),
        imported=sum(point.source is Source.IMPORTED for point in given),
        better=scale.better,
        yardstick=yardstick_of(scale),
        line=line_of(scale),
        change=change,
        reasons=(),
        before=len(series.given) - len(given),
    )
    return replace(evidence, reasons=tuple(_reasons(evidence, series)))


def weigh_beyond(
    series: Series, evidence: Evidence, *, ahead: Projection | None = None
) -> Evidence:
    """The same with what all scores together say, and where they stand against ``ahead``."""
    return replace(evidence, together=whole_course_of(series), ahead=ahead)


def band(series: Series) -> tuple[float, float] | None:
    """The usual ups and downs around the first score of the episode, within the scale's ends.

    A score stands in it, ends included, exactly where the rule calls its move none. ``None``
    where no error is known or nothing was answered.
    """
    points, yardstick = series.current, yardstick_of(series.scale)
    if not points or yardstick is None:
        return None
    first, within = points[0].measured, yardstick.within
    return max(series.scale.low, first - within), min(series.scale.high, first + within)


def _best(points: Sequence[Point], *, better: Better) -> Point | None:
    """The best point; the latest of equals."""
    return max(
        reversed(points), key=lambda point: gain(0, point.measured, better=better), default=None
    )


def _reasons(evidence: Evidence, series: Series) -> Iterator[Reason]:
    too_little = tuple(_amount_reasons(evidence))
    yield from too_little
    if evidence.change:
        yield from evidence.change.reasons
        yield from _harder_reasons(evidence, first_month=Reason.FIRST_MONTH in too_little)
    elif evidence.yardstick is None:
        yield Reason.NO_YARDSTICK
    yield from _origin_reasons(evidence, series)


def _amount_reasons(evidence: Evidence) -> Iterator[Reason]:
    """Why there is too little to speak of change."""
    if evidence.first is None or evidence.last is None:
        yield Reason.NO_SCORE
    elif evidence.n == 1:
        yield Reason.ONE_SCORE
    elif evidence.change is None:
        yield Reason.ONE_MOMENT
    elif _days_between(evidence.first, evidence.last) < FIRST_MONTH:
        yield Reason.FIRST_MONTH


def _days_between(first: Point, last: Point) -> float:
    """Whole days; session numbers carry no days, so no day rule holds them back."""
    start, end = calendar_day(first.at), calendar_day(last.at)
    return (end - start).days if start and end else FIRST_MONTH


def _harder_reasons(evidence: Evidence, *, first_month: bool) -> Iterator[Reason]:
    """A move for the worse that the verdict alone would leave unsaid."""
    worse = evidence.category in {Category.DETERIORATED, Category.HARMED}
    if first_month and worse:
        yield Reason.WORSE_SO_FAR
    elif not first_month and not worse and _lost_again(evidence):
        yield Reason.WORSE_SINCE_BEST


def _lost_again(evidence: Evidence) -> bool:
    best, last, yardstick = evidence.best, evidence.last, evidence.yardstick
    if best is None or last is None or yardstick is None:
        return False
    return yardstick.reached(gain(last.measured, best.measured, better=evidence.better))


def _origin_reasons(evidence: Evidence, series: Series) -> Iterator[Reason]:
    """What should be known of where the scores came from."""
    compared = [point for point in (evidence.first, evidence.last) if point]
    if any(point.answers > 1 for point in compared):
        yield Reason.MEAN_OF_MOMENT
    if any(point.prorated for point in compared):
        yield Reason.PRORATED
    if evidence.imported:
        yield Reason.IMPORTED
    if evidence.before:
        yield Reason.EARLIER_EPISODE
