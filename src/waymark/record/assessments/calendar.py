"""When things fall due in a patient's own zone: at eight in the morning of their day."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from waymark.record.assessments.models import Assignment, Repeat
from waymark.record.tenancy.days import date_of, day_of

FALLS_DUE = time(8)


def due_on(day: date, *, zone: str) -> datetime:
    """When something that is due on ``day`` falls due: eight in the morning, local."""
    return datetime.combine(day, FALLS_DUE, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def offset_of(at: datetime, *, zone: str) -> int:
    """Minutes east of UTC in ``zone`` at that instant."""
    offset = at.astimezone(ZoneInfo(zone)).utcoffset() or timedelta()
    return int(offset.total_seconds() // 60)


def next_day(
    assignment: Assignment,
    *,
    last: datetime | None,
    meeting: datetime | None,
    today: date,
    zone: str,
) -> date | None:
    """The day the next occasion falls on, or None if nothing more comes by the clock.

    ``last`` is when the last occasion fell due, ``meeting`` when the last meeting took place.
    Occasions that were missed while nobody kept the clock are left out: only the newest comes.
    They fall due in the morning, so that the calendar's day of ``last`` is its own, even where the
    patient has moved to a zone in which that was before four.
    """
    if last is None:
        return assignment.starts_on
    if assignment.repeat == Repeat.EVERY_DAYS and assignment.every_days:
        every = timedelta(days=assignment.every_days)
        day = date_of(last, zone=zone) + every
        return day + every * max((today - day) // every, 0)
    if assignment.repeat == Repeat.EACH_SESSION and meeting is not None:
        day = day_of(meeting, zone=zone)
        return day if day > date_of(last, zone=zone) else None  # a day is asked about once
    return None
