"""Which day an instant belongs to where somebody lives: the day ends at four in the morning."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

DAY_ENDS = timedelta(hours=4)


def day_of(at: datetime, *, zone: str) -> date:
    """The day an instant belongs to; what is done before four in the morning is yesterday's."""
    return (at.astimezone(ZoneInfo(zone)) - DAY_ENDS).date()
