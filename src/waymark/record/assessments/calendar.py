"""Days and due times in a patient's own zone: the day ends at four, things fall due at eight."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY_ENDS = timedelta(hours=4)
FALLS_DUE = time(8)


def day_of(at: datetime, *, zone: str) -> date:
    """The day an instant belongs to; what is done before four in the morning is yesterday's."""
    return (at.astimezone(ZoneInfo(zone)) - DAY_ENDS).date()


def due_on(day: date, *, zone: str) -> datetime:
    """When something that is due on ``day`` falls due: eight in the morning, local."""
    return datetime.combine(day, FALLS_DUE, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def offset_of(at: datetime, *, zone: str) -> int:
    """Minutes east of UTC in ``zone`` at that instant."""
    offset = at.astimezone(ZoneInfo(zone)).utcoffset() or timedelta()
    return int(offset.total_seconds() // 60)
