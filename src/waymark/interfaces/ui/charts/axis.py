"""Where things stand on a chart: round numbers up the side, months or sessions along the foot."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from math import floor, isfinite, log10
from statistics import median_low

from waymark.progress.course.timeline import At, Point, calendar_day
from waymark.progress.telling.wording import MONTHS

DAYS_APART = 21
"""Scores no farther apart than this are joined, however often the others came."""

TIMES_APART = 2
"""Beyond this many of the usual steps the line is broken: a gap stays a gap."""


@dataclass(frozen=True, slots=True)
class Plane:
    """Maps moments and values to pixels. Higher values are drawn higher."""

    left: float
    right: float
    top: float
    bottom: float
    start: float
    end: float
    low: float
    high: float

    def x(self, at: At) -> float:
        if self.end == self.start:
            return (self.left + self.right) / 2
        share = (position(at) - self.start) / (self.end - self.start)
        return self.left + share * (self.right - self.left)

    def y(self, value: float) -> float:
        inside = min(max(value, self.low), self.high)
        share = (inside - self.low) / (self.high - self.low)
        return self.bottom - share * (self.bottom - self.top)


def position(at: At) -> float:
    """Days, with their fraction, or the session number."""
    if isinstance(at, datetime):
        return at.toordinal() + (at.hour * 60 + at.minute) / 1440
    return at.toordinal() if isinstance(at, date) else at


def ends_of(values: Sequence[float], *, low: float, high: float) -> tuple[float, float]:
    """The scale's ends, or the values' own where the scale has none; never the same twice."""
    least = low if isfinite(low) else min(values, default=0)
    most = high if isfinite(high) else max(values, default=least)
    return (least, most) if most > least else (least - 1, least + 1)


def ticks(low: float, high: float, *, most: int = 6) -> list[float]:
    """Round numbers from ``low`` to ``high``, both ends among them."""
    step = _round_step((high - low) / most)
    first = floor(low / step) * step
    inner = (first + step * place for place in range(1, most + 3))
    kept = [value for value in inner if low + step / 2 <= value <= high - step / 2]
    return [low, *kept, high]


def _round_step(rough: float) -> float:
    """1, 2 or 5 times a power of ten, not below ``rough``."""
    power = 10.0 ** floor(log10(rough))
    return next((lead * power for lead in (1, 2, 5) if lead * power >= rough), 10 * power)


def runs(points: Sequence[Point]) -> list[list[Point]]:
    """The stretches between gaps, in order."""
    steps = [position(late.at) - position(soon.at) for soon, late in _neighbors(points)]
    usual = median_low([step for step in steps if step > 0] or [0])
    least = DAYS_APART if points and calendar_day(points[0].at) else 1
    far = max(TIMES_APART * usual, least)
    found: list[list[Point]] = [[point] for point in points[:1]]
    for step, point in zip(steps, points[1:], strict=True):
        if step > far:
            found.append([])
        found[-1].append(point)
    return found


def _neighbors(points: Sequence[Point]) -> Iterator[tuple[Point, Point]]:
    return pairwise(points)


def foot(first: At, last: At, *, most: int) -> list[tuple[At, str]]:
    """Labels along the foot: sessions, months, or days where no month begins in between."""
    start, end = calendar_day(first), calendar_day(last)
    if start is None or end is None:
        return _sessions(int(position(first)), int(position(last)), most=most)
    months = _month_starts(start, end)
    if len(months) < 2:
        days = [start] if start == end else [start, end]
        return [(day, _short(day)) for day in days]
    every = -(-len(months) // most)
    room = (end - start).days / most
    begun = [] if (months[0] - start).days < room else [start]
    days = [*begun, *months[::every]]
    return [(day, _month(day, after)) for day, after in zip(days, [start, *days], strict=False)]


def _sessions(first: int, last: int, *, most: int) -> list[tuple[At, str]]:
    every = max(1, -(-(last - first + 1) // most))
    return [(session, str(session)) for session in range(first, last + 1, every)]


def _month_starts(start: date, end: date) -> list[date]:
    """First days of months that lie within the period."""
    count = (end.year - start.year) * 12 + end.month - start.month
    months = [(start.year * 12 + start.month - 1) + place for place in range(count + 1)]
    days = [date(month // 12, month % 12 + 1, 1) for month in months]
    return [day for day in days if start <= day <= end]


def _month(day: date, after: date) -> str:
    """The month, with its year where the label before it stands in another one."""
    name = MONTHS[day.month - 1][:3]
    return name if day.year == after.year else f"{name} {day.year}"


def _short(day: date) -> str:
    return f"{MONTHS[day.month - 1][:3]} {day.day}"
