"""Which day an instant belongs to where somebody lives: the day ends at four in the morning.

The day is one thing and the time another: what is said at 1:10 on a Tuesday is of Monday, and it
was said at 1:10. Whoever keeps a day keeps it for good; it does not move when its owner does.
"""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY_ENDS = timedelta(hours=4)


def day_of(at: datetime, *, zone: str) -> date:
    """The day an instant belongs to; what is done before four in the morning is yesterday's.

    ``zone`` is an IANA name. ``ValueError`` for a time without its offset, ``LookupError`` for a
    zone that nobody knows.
    """
    return (_on_the_wall(at, zone) - DAY_ENDS).date()  # by the clock on the wall


def day_as_carried(at: datetime) -> date:
    """The day an instant belongs to by the clock that it was read from: the offset it carries.

    ``ValueError`` for a time without its offset.
    """
    if at.utcoffset() is None:
        raise ValueError("a time without its offset is no instant")
    return (at - DAY_ENDS).date()


def time_of(at: datetime, *, zone: str) -> time:
    """What the clock on the wall shows at an instant; to be shown beside the day, never moved."""
    return _on_the_wall(at, zone).time()


def _on_the_wall(at: datetime, zone: str) -> datetime:
    if at.utcoffset() is None:
        raise ValueError("a time without its offset is no instant")
    return at.astimezone(ZoneInfo(zone))
