"""Shared check-ins by day: what was sent, and days on which nothing was, which mean nothing."""

from dataclasses import dataclass
from datetime import date, timedelta

from waymark.record.checkins.queries import SharedDay, SharedDays
from waymark.record.tenancy.days import day_of

DAY = timedelta(days=1)
FORTNIGHT = 14


@dataclass(frozen=True, slots=True)
class Fortnight:
    """The last two weeks, as far as they are shared. ``days``: of the calendar; ``n``: of them with
    a check-in. ``marks``: each day, the oldest first, and what was sent for it."""

    n: int
    days: int
    marks: tuple[tuple[date, tuple[SharedDay, ...]], ...]


def fortnight(held: SharedDays, *, today: date, zone: str) -> Fortnight:
    """Counted from the day of the switch on: before it nothing is known, and nothing is missing."""
    first = max(day_of(held.since, zone=zone), today - DAY * (FORTNIGHT - 1))
    length = max((today - first).days + 1, 1)
    marks = tuple(
        (day, tuple(one for one in held.days if one.day == day))
        for day in (first + DAY * number for number in range(length))
    )
    return Fortnight(sum(bool(sent) for _, sent in marks), length, marks)
