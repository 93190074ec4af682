"""Days end at four in the morning on the wall; the time beside them is the true one (C01, C02)."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waymark.library.day import day_as_carried, day_of, time_of
from waymark.record.tenancy import days as of_the_record

CHICAGO, AUCKLAND, KOLKATA = "America/Chicago", "Pacific/Auckland", "Asia/Kolkata"
ZONES = (CHICAGO, AUCKLAND, KOLKATA, "Europe/Berlin", "UTC")


def local(text: str, *, zone: str = CHICAGO, fold: int = 0) -> datetime:
    at = datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone), fold=fold)
    return at.astimezone(UTC)


def test_the_small_hours_are_yesterdays_and_keep_their_time() -> None:
    """C01: 01:10 on Tuesday is of Monday, and it was 01:10."""
    at = datetime(2027, 1, 5, 7, 10, tzinfo=UTC)
    assert day_of(at, zone=CHICAGO) == date(2027, 1, 4)
    assert time_of(at, zone=CHICAGO) == time(1, 10)


@pytest.mark.parametrize(
    ("at", "day"),
    [
        ("2027-01-05 03:59:59", date(2027, 1, 4)),
        ("2027-01-05 04:00:00", date(2027, 1, 5)),
        ("2027-01-05 00:00:00", date(2027, 1, 4)),
        ("2027-01-05 23:59:59", date(2027, 1, 5)),
        ("2027-03-14 01:59:59", date(2027, 3, 13)),  # clocks go forward at two
        ("2027-03-14 03:00:00", date(2027, 3, 13)),
        ("2027-03-14 03:59:59", date(2027, 3, 13)),
        ("2027-03-14 04:00:00", date(2027, 3, 14)),
        ("2027-11-07 01:30:00", date(2027, 11, 6)),  # clocks go back at two
        ("2027-11-07 03:59:59", date(2027, 11, 6)),
        ("2027-11-07 04:00:00", date(2027, 11, 7)),
    ],
)
def test_the_day_ends_at_four_on_the_wall(at: str, day: date) -> None:
    assert day_of(local(at), zone=CHICAGO) == day
    assert time_of(local(at), zone=CHICAGO) == datetime.fromisoformat(at).time()


def test_both_evenings_of_the_night_the_clocks_go_back_are_of_one_day() -> None:
    first, second = (local("2027-11-07 01:30:00", fold=fold) for fold in (0, 1))
    assert second - first == timedelta(hours=1)
    assert {day_of(at, zone=CHICAGO) for at in (first, second)} == {date(2027, 11, 6)}


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2027, 3, 13), 23), (date(2027, 3, 14), 24), (date(2027, 11, 6), 25)]
)
def test_a_day_is_as_long_as_it_is(day: date, hours: int) -> None:
    """The night of the change belongs to the day before, with its hour more or less."""
    noon = local(f"{day} 12:00:00")
    around = [noon + timedelta(minutes=10 * step) for step in range(-150, 150)]
    assert sum(day_of(at, zone=CHICAGO) == day for at in around) == hours * 6


instants = st.integers(0, 15 * 366 * 24 * 60).map(
    lambda minutes: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


@given(instants, st.sampled_from(ZONES))
def test_each_instant_is_of_the_calendars_day_or_of_the_one_before(at: datetime, zone: str) -> None:
    wall = at.astimezone(ZoneInfo(zone))
    assert day_of(at, zone=zone) == wall.date() - timedelta(days=wall.hour < 4)
    assert time_of(at, zone=zone) == wall.time()


@given(instants, st.sampled_from(ZONES))
def test_no_instant_lies_between_two_days(at: datetime, zone: str) -> None:
    days = [day_of(at + timedelta(hours=step), zone=zone) for step in range(27)]
    assert {later - day for day, later in pairwise(days)} == {timedelta(0), timedelta(1)}


def test_one_instant_is_two_days_in_two_zones() -> None:
    """C02: which is why a day is kept, and never worked out again."""
    at = datetime(2027, 1, 1, 10, 0, tzinfo=UTC)
    assert [day_of(at, zone=zone).day for zone in (AUCKLAND, KOLKATA, CHICAGO)] == [1, 1, 1]
    later = datetime(2027, 1, 1, 18, 0, tzinfo=UTC)
    assert [day_of(later, zone=zone).day for zone in (AUCKLAND, KOLKATA, CHICAGO)] == [2, 1, 1]


def test_what_is_no_instant_and_no_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no instant"):
        day_of(datetime(2027, 1, 1), zone=CHICAGO)  # noqa: DTZ001 -- the point of the test
    with pytest.raises(LookupError):
        time_of(datetime(2027, 1, 1, tzinfo=UTC), zone="Atlantis/Capital")


def test_the_record_goes_by_the_same_day() -> None:
    assert of_the_record.day_of is day_of


@given(instants, st.sampled_from(ZONES))
def test_a_time_that_carries_its_clock_needs_no_zone(at: datetime, zone: str) -> None:
    """C02: a form says when it was opened, and by which clock; its owner may be elsewhere since."""
    assert day_as_carried(at.astimezone(ZoneInfo(zone))) == day_of(at, zone=zone)
    with pytest.raises(ValueError, match="no instant"):
        day_as_carried(at.replace(tzinfo=None))
