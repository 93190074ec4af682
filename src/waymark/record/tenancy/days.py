"""Which day an instant belongs to where somebody lives: the day ends at four in the morning."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY_ENDS = timedelta(hours=4)
FIRST_TO_RISE = "Pacific/Kiritimati"


def day_of(at: datetime, *, zone: str) -> date:
    """The day an instant belongs to; what is done before four in the morning is yesterday's."""
    return (at.astimezone(ZoneInfo(zone)) - DAY_ENDS).date()  # by the clock on the wall


def date_of(at: datetime, *, zone: str) -> date:
    """What the calendar says at an instant."""
    return at.astimezone(ZoneInfo(zone)).date()


def noon_of(day: date, *, zone: str) -> datetime:
    """The instant that stands for a day of which no time is known."""
    return datetime.combine(day, time(12), tzinfo=ZoneInfo(zone)).astimezone(UTC)


def furthest_day(at: datetime) -> date:
    """The latest day that it is anywhere: what lies beyond is to come for everybody."""
    return date_of(at, zone=FIRST_TO_RISE)
