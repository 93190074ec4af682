"""Days where somebody lives: the one that an instant belongs to, and what the calendar says."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from waymark.library.day import day_of as day_of

FIRST_TO_RISE = "Pacific/Kiritimati"


def date_of(at: datetime, *, zone: str) -> date:
    """What the calendar says at an instant."""
    return at.astimezone(ZoneInfo(zone)).date()


def noon_of(day: date, *, zone: str) -> datetime:
    """The instant that stands for a day of which no time is known."""
    return datetime.combine(day, time(12), tzinfo=ZoneInfo(zone)).astimezone(UTC)


def furthest_day(at: datetime) -> date:
    """The latest day that it is anywhere: what lies beyond is to come for everybody."""
    return date_of(at, zone=FIRST_TO_RISE)
