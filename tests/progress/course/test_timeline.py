"""A series is the same whatever order its scores came in, settles each moment, and starts with
the episode."""

from datetime import UTC, date, datetime
from math import inf, nan

import pytest

from tests.progress.drawn import SCALES
from waymark.progress.course.timeline import (
    Point,
    Series,
    Source,
    as_sessions,
    calendar_day,
    settled,
)

PHQ9 = SCALES["PHQ-9"]
JUNE, JULY, AUGUST = date(2026, 6, 2), date(2026, 7, 2), date(2026, 8, 2)


def of(*points: Point, started=None) -> Series:
    return Series("phq-9", PHQ9, points, started=started)


def test_points_are_kept_in_order_of_time():
    late, early = Point(JULY, 9), Point(JUNE, 18)
    assert of(late, early).points == (early, late)
    assert of(late, early) == of(early, late)


def test_a_moment_has_one_score_and_each_stays_as_it_was_given():
    """June 6 and 17 in one day: 11.5, whichever came first; July stays what it is."""
    six, seventeen, later = Point(JUNE, 6), Point(JUNE, 17), Point(JULY, 9)
    for drawn in (of(six, seventeen, later), of(later, seventeen, six)):
        assert drawn.points == (Point(JUNE, 11.5, exact=11.5, answers=2), later)
        assert drawn.given == (six, seventeen, later)
        assert (drawn.current, drawn.answered) == (drawn.points, drawn.given)


def test_a_settled_moment_is_the_mean_of_the_unrounded_scores():
    (one,) = of(Point(JUNE, 16, exact=15.75, prorated=True), Point(JUNE, 11)).points
    assert (one.value, one.measured, one.prorated) == (13.5, 13.375, True)


def test_a_settled_moment_was_brought_in_only_where_all_of_it_was():
    brought, own = Point(JUNE, 9, source=Source.IMPORTED), Point(JUNE, 12, source=Source.STAFF)
    assert settled([brought, own])[0].source is Source.STAFF
    assert settled([brought, brought])[0].source is Source.IMPORTED


def test_two_moments_of_one_day_are_two_where_the_hour_is_known():
    morning = datetime(2026, 6, 2, 9, tzinfo=UTC)
    drawn = of(Point(morning, 6), Point(morning.replace(hour=17), 17))
    assert [point.value for point in drawn.points] == [6, 17]


def test_an_episode_settles_its_first_day_whole():
    whole = of(Point(JUNE, 18), Point(JULY, 6), Point(JULY, 17), started=JULY)
    assert [point.value for point in whole.current] == [11.5]
    assert [point.value for point in whole.answered] == [6, 17]


def test_points_of_one_moment_are_kept_in_an_order_of_their_own():
    one = Point(JUNE, 9, prorated=True)
    two = Point(JUNE, 9, source=Source.IMPORTED)
    three = Point(JUNE, 8)
    assert of(one, two, three) == of(three, two, one) == of(two, one, three)


def test_change_reads_the_unrounded_score():
    assert Point(JUNE, 16, exact=15.75).measured == 15.75
    assert Point(JUNE, 16).measured == 16


@pytest.mark.parametrize("value", [nan, inf, -inf])
def test_a_score_that_is_no_number_is_refused(value):
    with pytest.raises(ValueError, match="finite"):
        Point(JUNE, value)
    with pytest.raises(ValueError, match="finite"):
        Point(JUNE, 3, exact=value)


def test_days_and_sessions_do_not_mix():
    with pytest.raises(ValueError, match="days and session numbers"):
        of(Point(JUNE, 18), Point(2, 9))


def test_moments_with_and_without_a_zone_do_not_mix():
    with pytest.raises(ValueError, match="cannot mix"):
        of(
            Point(datetime(2026, 6, 2, 9, tzinfo=UTC), 18),
            Point(datetime(2026, 6, 3, 9), 9),  # noqa: DTZ001 -- the mix is the fault
        )


def test_the_episode_begins_on_its_first_day():
    whole = of(Point(JUNE, 18), Point(JULY, 12), Point(AUGUST, 9), started=JULY)
    assert [point.value for point in whole.current] == [12, 9]
    assert len(whole.points) == 3


def test_without_a_start_every_point_counts():
    assert (
        of(Point(JUNE, 18), Point(JULY, 12)).current == of(Point(JUNE, 18), Point(JULY, 12)).points
    )


def test_an_episode_that_begins_at_a_moment_counts_the_whole_day_of_day_scores():
    started = datetime(2026, 7, 2, 15, tzinfo=UTC)
    assert len(of(Point(JUNE, 18), Point(JULY, 12), started=started).current) == 1


def test_moments_are_compared_to_the_minute():
    started = datetime(2026, 7, 2, 15, tzinfo=UTC)
    before = Point(datetime(2026, 7, 2, 14, 59, tzinfo=UTC), 12)
    after = Point(datetime(2026, 7, 2, 15, tzinfo=UTC), 9)
    assert of(before, after, started=started).current == (after,)


def test_sessions_are_counted_from_a_session():
    assert len(of(Point(1, 18), Point(2, 12), Point(3, 9), started=2).current) == 2


def test_an_episode_of_sessions_cannot_begin_on_a_day():
    with pytest.raises(ValueError, match="session numbers"):
        _ = of(Point(1, 18), started=JUNE).current


def test_a_session_number_has_no_day():
    assert calendar_day(3) is None
    assert calendar_day(JUNE) == JUNE
    assert calendar_day(datetime(2026, 6, 2, 23, tzinfo=UTC)) == JUNE


def test_days_are_sessions_one_after_the_other_unless_a_month_lies_between():
    """Four weeks apart may be two sessions in a row; a day more, and nothing reaches across."""
    days = [date(2026, 1, 5), date(2026, 1, 6), date(2026, 2, 3), date(2026, 3, 4)]
    assert as_sessions(days) == (1, 2, 3, 7)
    moments = [datetime(2026, 1, 5, 9, tzinfo=UTC), datetime(2026, 2, 3, 8, tzinfo=UTC)]
    assert as_sessions(moments) == (1, 5)
    assert as_sessions([4, 5, 9]) == (4, 5, 9)
    assert as_sessions([]) == ()
