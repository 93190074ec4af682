"""Whose day a check-in is for: the one that was printed on the form, and no other."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from waymark.library.day import day_as_carried, day_of
from waymark.record.tenancy.action import Invalid

DAY = timedelta(days=1)
AHEAD = timedelta(minutes=10)
"""How far a clock may run ahead before what it says is no time at all."""


def is_back_filled(day: date, *, opened: datetime | None, at: datetime, zone: str) -> bool:
    """Whether it is given a day later. Raises Invalid where the day was neither today nor
    yesterday, both when the form was opened and when it came.

    ``opened`` carries the offset of the clock that stood over the form: somebody may have traveled
    since.
    """
    if opened is not None and opened <= at + AHEAD:
        then = day_as_carried(opened)
        if day in {then, then - DAY}:
            return day < then
    now = day_of(at, zone=zone)
    if day not in {now, now - DAY}:
        raise Invalid("day", _("A check-in is for today or yesterday. Days before that rest."))
    return day < now


def can_be_changed(day: date, *, at: datetime, zone: str) -> bool:
    """Whether what was said for that day can still be changed, or taken back."""
    return day >= day_of(at, zone=zone) - DAY


def offset_of(at: datetime, *, zone: str) -> int:
    """Minutes by which the clock on the wall is ahead of UTC."""
    ahead = at.astimezone(ZoneInfo(zone)).utcoffset() or timedelta(0)
    return int(ahead.total_seconds() // 60)
