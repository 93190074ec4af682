"""What the engine is given: one person's scores as plain, dated facts."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from itertools import groupby
from math import isfinite
from statistics import fmean

from waymark.library.instrument import Scale

At = date | int
"""When a score was given: a day, a moment (a ``datetime`` is a ``date``) or a session number."""


class Source(StrEnum):
    """Who a score came from."""

    SELF = "self"
    STAFF = "staff"  # asked on paper or by telephone, entered by the team
    IMPORTED = "imported"  # a total from earlier records, without its answers


@dataclass(frozen=True, slots=True)
class Point:
    """One score. ``value`` is shown; ``exact``, where it is known, is used for change.
    ``answers``: how many it is the mean of, where a moment was settled.

    ``ValueError`` for a value that is not a finite number.
    """

    at: At
    value: float
    exact: float | None = None
    prorated: bool = False
    source: Source = Source.SELF
    answers: int = 1

    def __post_init__(self) -> None:
        if not (isfinite(self.value) and isfinite(self.measured)):
            raise ValueError(f"a score must be a finite number, not {self.value!r}")

    @property
    def measured(self) -> float:
        """The score before rounding, in scale points."""
        return self.value if self.exact is None else self.exact


@dataclass(frozen=True, slots=True)
class Series:
    """The scores of one person on one scale, kept in order of time whatever order they came in.

    ``given``: each score as it was given; several may share a moment. ``points``: one for each
    moment, settled (`settled`): what is drawn, listed, compared and judged. ``started`` is when
    the current episode began: earlier points are drawn and never judged. ``ValueError`` if days,
    moments and sessions are mixed.
    """

    instrument_id: str
    scale: Scale
    given: tuple[Point, ...]
    started: At | None = None
    points: tuple[Point, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        kinds = {_kind(point.at) for point in self.given}
        if len(kinds) > 1:
            raise ValueError(f"one series cannot mix {' and '.join(sorted(kinds))}")
        object.__setattr__(self, "given", tuple(sorted(self.given, key=_order)))
        object.__setattr__(self, "points", settled(self.given))

    @property
    def current(self) -> tuple[Point, ...]:
        """The settled points of the current episode, first to last."""
        return self._in_episode(self.points)

    @property
    def answered(self) -> tuple[Point, ...]:
        """The scores of the current episode, each as it was given."""
        return self._in_episode(self.given)

    def _in_episode(self, points: tuple[Point, ...]) -> tuple[Point, ...]:
        started = self.started
        if started is None:
            return points
        return points[bisect_left(points, True, key=lambda one: _reached(one.at, started)) :]


def settled(points: Sequence[Point]) -> tuple[Point, ...]:
    """One point for each moment, points in order of time: nobody knows which of its scores came
    first, so that it is their mean. Worked out where one of them was; brought in where all were.
    """
    return tuple(_one_of(list(held)) for _, held in groupby(points, key=lambda one: one.at))


def _one_of(held: Sequence[Point]) -> Point:
    if len(held) == 1:
        return held[0]
    own = (point.source for point in held if point.source is not Source.IMPORTED)
    return Point(
        at=held[0].at,
        value=fmean(point.value for point in held),
        exact=fmean(point.measured for point in held),
        prorated=any(point.prorated for point in held),
        source=next(own, Source.IMPORTED),
        answers=sum(point.answers for point in held),
    )


@dataclass(frozen=True, slots=True)
class Timeline:
    """All that is known of one person's course, one series a scale."""

    series: tuple[Series, ...]


FAR = 28
"""Days beyond which two scores are not one session after the other."""

APART = 4
"""Sessions by which such scores are set apart: windows of a sudden gain hold three."""


def as_sessions(moments: Sequence[At]) -> tuple[int, ...]:
    """Moments, ascending, as numbers of sessions. Days are counted from 1 on, one after the other;
    where more than four weeks lie between, so many are missing that nothing reaches across."""
    found: list[int] = []
    for place, at in enumerate(moments):
        day, before = calendar_day(at), calendar_day(moments[place - 1]) if place else None
        if isinstance(at, int):
            found.append(at)
        elif day is None or before is None:
            found.append(1)
        else:
            found.append(found[-1] + (APART if (day - before).days > FAR else 1))
    return tuple(found)


def calendar_day(at: At) -> date | None:
    """The day of a day or a moment; nothing for a session number."""
    if isinstance(at, datetime):
        return at.date()
    return at if isinstance(at, date) else None


def _kind(at: At) -> str:
    if isinstance(at, datetime):
        return "moments" if at.tzinfo is None else "moments with a zone"
    return "days" if isinstance(at, date) else "session numbers"


def _order(point: Point) -> tuple[At, float, float, bool, str]:
    return (point.at, point.measured, point.value, point.prorated, point.source)


def _reached(at: At, started: At) -> bool:
    """Whether ``at`` is not before ``started``; a day against a moment compares the days."""
    if isinstance(at, int) and isinstance(started, int):
        return at >= started
    if isinstance(at, datetime) and isinstance(started, datetime) and _kind(at) == _kind(started):
        return at >= started
    day, first_day = calendar_day(at), calendar_day(started)
    if day is None or first_day is None:
        raise ValueError(f"{started!r} cannot begin an episode of {_kind(at)}")
    return day >= first_day
