"""Working time: which minutes count toward a promise, over nights, weekends, holidays and DST.

    mon 08:00-17:00 | tue 08:00-17:00 | ... | fri 08:00-17:00 | sat, sun closed

The slow twin walks minute by minute and looks at the clock on the wall of the clinic.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cast import WEEKDAYS
from waymark.record.tenancy.hours import DAYS, Hours, NeverOpen

CHICAGO = ZoneInfo("America/Chicago")
LABOR_DAY = date(2026, 9, 7)  # a Monday
OFFICE = Hours(CHICAGO, WEEKDAYS, frozenset({LABOR_DAY}))
NIGHTS = Hours(CHICAGO, {day: ["00:00", "06:00"] for day in DAYS})
DAILY = Hours(CHICAGO, {day: ["08:00", "17:00"] for day in DAYS})


def local(text: str) -> datetime:
    """An instant by the clock in Chicago."""
    return datetime.fromisoformat(text).replace(tzinfo=CHICAGO).astimezone(UTC)


def hours(count: float) -> timedelta:
    return timedelta(hours=count)


@pytest.mark.parametrize(
    ("start", "working", "end"),
    [
        ("2026-03-02 09:00", 4, "2026-03-02 13:00"),  # within one day
        ("2026-03-02 13:00", 4, "2026-03-02 17:00"),  # to the last minute
        ("2026-03-02 16:00", 4, "2026-03-03 11:00"),  # over the night
        ("2026-03-02 06:00", 4, "2026-03-02 12:00"),  # before opening
        ("2026-03-02 17:00", 4, "2026-03-03 12:00"),  # at closing
        ("2026-03-06 16:00", 4, "2026-03-09 11:00"),  # over the weekend, and over the change to DST
        ("2026-03-07 12:00", 4, "2026-03-09 12:00"),  # on a Saturday
        ("2026-09-04 16:00", 4, "2026-09-08 11:00"),  # over the weekend and a holiday
        ("2026-09-07 10:00", 4, "2026-09-08 12:00"),  # on a holiday
        ("2026-03-02 09:00", 20, "2026-03-04 11:00"),  # over two nights
        ("2026-10-30 16:30", 0.25, "2026-10-30 16:45"),  # a quarter of an hour
        ("2026-10-30 16:50", 0.25, "2026-11-02 08:05"),  # over the change back
    ],
)
def test_a_promise_runs_out_after_so_much_open_time(start: str, working: float, end: str) -> None:
    assert OFFICE.after(local(start), working=hours(working)) == local(end)


@pytest.mark.parametrize(
    ("day", "there"),
    [("2026-03-07", 6), ("2026-03-08", 5), ("2026-10-31", 6), ("2026-11-01", 7)],
    ids=["the day before", "the hour that is missing", "the day before", "the hour that is twice"],
)
def test_a_night_of_the_change_has_as_many_hours_as_really_pass(day: str, there: int) -> None:
    """Midnight to six is five hours in spring and seven in autumn."""
    opens, closes = next(NIGHTS.spans(local(f"{day} 00:00")))
    assert closes - opens == hours(there)


def test_the_missing_hour_counts_for_nothing() -> None:
    assert NIGHTS.after(local("2026-03-08 00:00"), working=hours(3)) == local("2026-03-08 04:00")


def test_the_hour_that_comes_twice_counts_twice() -> None:
    assert NIGHTS.after(local("2026-11-01 00:00"), working=hours(4)) == local("2026-11-01 03:00")


def test_days_of_the_change_open_at_eight_by_the_clock_on_the_wall() -> None:
    for day in ("2026-03-07", "2026-03-08", "2026-10-31", "2026-11-01"):
        opens, _ = next(DAILY.spans(local(f"{day} 00:00")))
        assert opens == local(f"{day} 08:00")


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("2026-03-02 09:00", 1, "2026-03-03 17:00"),
        ("2026-03-02 23:00", 1, "2026-03-03 17:00"),
        ("2026-03-06 09:00", 1, "2026-03-09 17:00"),  # Friday: Monday
        ("2026-03-06 18:00", 1, "2026-03-09 17:00"),
        ("2026-03-07 09:00", 1, "2026-03-09 17:00"),  # Saturday: Monday
        ("2026-03-02 09:00", 2, "2026-03-04 17:00"),
        ("2026-09-04 09:00", 1, "2026-09-08 17:00"),  # over a holiday
    ],
)
def test_the_end_of_the_next_working_day(start: str, days: int, end: str) -> None:
    assert OFFICE.end_of_next_day(local(start), days=days) == local(end)


@pytest.mark.parametrize(
    ("at", "is_open"),
    [
        ("2026-03-02 08:00", True),
        ("2026-03-02 16:59", True),
        ("2026-03-02 17:00", False),
        ("2026-03-02 07:59", False),
        ("2026-03-07 12:00", False),
        ("2026-09-07 12:00", False),
    ],
)
def test_open_and_closed(at: str, is_open: bool) -> None:
    assert OFFICE.open_at(local(at)) is is_open


def test_a_clinic_that_never_opens_says_so() -> None:
    for never in (Hours(CHICAGO, {}), Hours(CHICAGO, {"mon": []})):
        assert not never.open_at(local("2026-03-02 12:00"))
        with pytest.raises(NeverOpen):
            never.after(local("2026-03-02 12:00"), working=hours(1))
        with pytest.raises(NeverOpen):
            never.end_of_next_day(local("2026-03-02 12:00"))


def test_a_very_long_promise_is_not_looked_for_without_end() -> None:
    with pytest.raises(NeverOpen, match="no working hours"):
        OFFICE.after(local("2026-03-02 12:00"), working=hours(10_000))


def on_the_wall(plan: Hours, at: datetime) -> bool:
    """The twin: what somebody in front of the door sees."""
    here = at.astimezone(plan.zone)
    times = plan.by_day.get(DAYS[here.weekday()])
    if not times or here.date() in plan.holidays:
        return False
    opens, closes = (time.fromisoformat(text) for text in times)
    return opens <= here.time() < closes


def walked(plan: Hours, start: datetime, minutes: int) -> datetime:
    at = start
    while minutes:
        minutes -= on_the_wall(plan, at)
        at += timedelta(minutes=1)
    return at


AROUND_THE_CHANGES = st.sampled_from(
    [datetime(2026, month, day, tzinfo=UTC) for month, day in ((3, 6), (9, 4), (10, 30), (6, 1))]
)


@settings(max_examples=60, deadline=None)
@given(
    AROUND_THE_CHANGES,
    st.integers(0, 4 * 24 * 60),
    st.integers(1, 12 * 60),
    st.sampled_from([OFFICE, NIGHTS, DAILY]),
)
def test_the_quick_way_ends_when_the_slow_way_ends(
    day: datetime, minute: int, working: int, plan: Hours
) -> None:
    start = day + timedelta(minutes=minute)
    quick = plan.after(start, working=timedelta(minutes=working))
    assert quick == walked(plan, start, working)
    assert plan.open_at(start) == on_the_wall(plan, start)
