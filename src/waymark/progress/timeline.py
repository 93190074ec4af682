"""What the engine is given: one person's scores as plain, dated facts."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from math import isfinite

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

    ``ValueError`` for a value that is not a finite number.
    """

    at: At
    value: float
    exact: float | None = None
    prorated: bool = False
    source: Source = Source.SELF

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

    ``started`` is when the current episode began: earlier points are drawn and never judged.
    Several points may share a moment. ``ValueError`` if days, moments and sessions are mixed.
    """

    instrument_id: str
    scale: Scale
    points: tuple[Point, ...]
    started: At | None = None

    def __post_init__(self) -> None:
        kinds = {_kind(point.at) for point in self.points}
        if len(kinds) > 1:
            raise ValueError(f"one series cannot mix {' and '.join(sorted(kinds))}")
        object.__setattr__(self, "points", tuple(sorted(self.points, key=_order)))

    @property
    def current(self) -> tuple[Point, ...]:
        """The points of the current episode, first to last."""
        started = self.started
        if started is None:
            return self.points
        return self.points[
            bisect_left(self.points, True, key=lambda one: _reached(one.at, started)) :
        ]


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
