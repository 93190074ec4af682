"""What stands behind a finding: which points are compared, and what must be known of them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.progress.drawn import SCALES, START, series
from waymark.library.instruments import INSTRUMENTS
from waymark.progress.change.reliable_change import Category, Reason, compare, yardstick_of
from waymark.progress.course.evidence import band, weigh
from waymark.progress.course.timeline import Point, Series, Source

PHQ9 = SCALES["PHQ-9"]


def phq9(*points: Point, started=None) -> Series:
    return Series("phq-9", PHQ9, points, started=started)


def test_first_is_compared_with_last():
    found = weigh(series("PHQ-9: 18 17 16 9 8"))
    assert (found.first.value, found.last.value, found.n) == (18, 8, 5)
    assert found.change.change == -10
    assert found.category is Category.RECOVERED
    assert found.recovered is True


def test_change_reads_the_unrounded_scores():
    found = weigh(phq9(Point(START, 16, exact=15.75), Point(START + timedelta(days=60), 10)))
    assert found.change.change == -5.75
    assert found.category is Category.UNCHANGED
    assert (found.first.value, found.first.measured) == (16, 15.75)


def test_scores_of_one_moment_count_as_their_mean():
    later = START + timedelta(days=60)
    found = weigh(phq9(Point(START, 18), Point(START, 10), Point(later, 9), Point(later, 8)))
    assert (found.first.measured, found.last.measured, found.n) == (14, 8.5, 4)
    assert found.category is Category.UNCHANGED
    assert Reason.MEAN_OF_MOMENT in found.reasons


def test_several_scores_in_between_change_nothing():
    found = weigh(phq9(Point(START, 18), *[Point(START + timedelta(days=9), 3)] * 2,
                       Point(START + timedelta(days=60), 17)))  # fmt: skip
    assert (found.first.measured, found.last.measured) == (18, 17)
    assert Reason.MEAN_OF_MOMENT not in found.reasons


def test_one_mended_form_mends_the_moment():
    found = weigh(phq9(Point(START, 18, prorated=True), Point(START, 10)))
    assert found.first.prorated
    assert Reason.PRORATED in found.reasons


def test_a_good_and_a_hard_answer_of_one_day_are_no_turning_back():
    """6 in the morning and 17 in the evening: the best of that day is the day itself, 11.5."""
    later = START + timedelta(days=60)
    for pair in ((6, 17), (17, 6)):
        found = weigh(phq9(Point(START, 18), *(Point(later, value) for value in pair)))
        assert (found.best.value, found.last.value) == (11.5, 11.5)
        assert Reason.WORSE_SINCE_BEST not in found.reasons


def test_a_best_score_that_comes_last_is_no_turning_back():
    assert Reason.WORSE_SINCE_BEST not in weigh(series("PHQ-9: 10 17 16 9")).reasons


@pytest.mark.parametrize(
    ("drawing", "reasons"),
    [
        ("PHQ-9:", [Reason.NO_SCORE]),
        ("PHQ-9: 18", [Reason.ONE_SCORE]),
        ("Distress:", [Reason.NO_SCORE, Reason.NO_YARDSTICK]),
        ("Distress: 18", [Reason.ONE_SCORE, Reason.NO_YARDSTICK]),
    ],
)
def test_too_little_to_speak_of_change(drawing, reasons):
    found = weigh(series(drawing))
    assert list(found.reasons) == reasons
    assert found.too_early
    assert found.change is None
    assert found.category is Category.NOT_JUDGED
    assert found.recovered is None


def test_one_moment_is_too_little_whatever_the_number_of_scores():
    found = weigh(phq9(Point(START, 18), Point(START, 4)))
    assert found.reasons[0] is Reason.ONE_MOMENT
    assert found.too_early
    assert found.change is None


@pytest.mark.parametrize(("days", "early"), [(1, True), (27, True), (28, False), (29, False)])
def test_no_claim_in_the_first_28_days(days, early):
    found = weigh(phq9(Point(START, 18), Point(START + timedelta(days=days), 7)))
    assert (Reason.FIRST_MONTH in found.reasons) is early
    assert found.too_early is early
    assert found.category is Category.RECOVERED  # the official label is never held back


def test_days_are_counted_between_calendar_days():
    first = datetime(2026, 6, 2, 23, 30, tzinfo=UTC)
    found = weigh(phq9(Point(first, 18), Point(first.replace(day=30, hour=0), 7)))
    assert not found.too_early  # 27 days and an hour, on the 28th day


def test_session_numbers_carry_no_month():
    assert not weigh(series("PHQ-9 by session: 18 7")).too_early


def test_a_worsening_in_the_first_month_is_told():
    assert Reason.WORSE_SO_FAR in weigh(series("PHQ-9: 8 15")).reasons
    assert Reason.WORSE_SO_FAR not in weigh(series("PHQ-9: 8 13")).reasons
    assert Reason.WORSE_SO_FAR not in weigh(series("PHQ-9: 15 8")).reasons


LOST_AGAIN = ["PHQ-9: 18 4 6 11", "PHQ-9: 18 4 8 17", "PHQ-9: 18 4 11", "Well-being: 20 60 35"]


@pytest.mark.parametrize("drawing", LOST_AGAIN)
def test_what_was_gained_and_lost_again_is_told(drawing):
    assert Reason.WORSE_SINCE_BEST in weigh(series(drawing)).reasons


@pytest.mark.parametrize(
    "drawing",
    [
        "PHQ-9: 18 4 6 9",  # five points back, within noise
        "PHQ-9: 10 4 8 17",  # a deterioration already says it
        "Distress: 18 4 6 20",  # no error is known
    ],
)
def test_but_not_where_noise_or_the_verdict_says_it(drawing):
    assert Reason.WORSE_SINCE_BEST not in weigh(series(drawing)).reasons


def test_in_the_first_month_nothing_is_said_of_the_best_score():
    assert Reason.WORSE_SINCE_BEST not in weigh(series("PHQ-9 every 7 days: 18 4 11")).reasons


def test_the_latest_of_equally_good_scores_is_the_best_one():
    assert weigh(series("PHQ-9: 18 4 9 4 8")).best.at == START + timedelta(days=42)
    assert weigh(series("Well-being: 30 70 40")).best.value == 70


def test_where_scores_came_from_is_told():
    found = weigh(series("PHQ-9: 18i 12i 9~ 8"))
    assert found.imported == 2
    assert Reason.IMPORTED in found.reasons
    assert Reason.PRORATED not in found.reasons  # neither compared score is
    assert Reason.PRORATED in weigh(series("PHQ-9: 18~ 12 8")).reasons
    assert Reason.IMPORTED not in weigh(series("PHQ-9: 18 12 8")).reasons


def test_scores_of_an_earlier_episode_are_not_counted():
    drawn = series("PHQ-9: 26 25 18 14 12")
    found = weigh(replace(drawn, started=date(2026, 6, 30)))
    assert (found.first.value, found.n) == (18, 3)
    assert Reason.EARLIER_EPISODE in found.reasons
    assert Reason.EARLIER_EPISODE not in weigh(drawn).reasons


@pytest.mark.parametrize(
    ("drawing", "edges"),
    [
        ("PHQ-9: 18 7", (12, 24)),
        ("PHQ-9: 3", (0, 9)),
        ("PHQ-9: 25", (19, 27)),
    ],
)
def test_the_band_lies_around_the_first_score(drawing, edges):
    assert band(series(drawing)) == pytest.approx(edges)


@pytest.mark.parametrize("drawing", ["PHQ-9:", "Distress: 18 7"])
def test_without_a_score_or_a_known_error_there_is_no_band(drawing):
    assert band(series(drawing)) is None


def test_the_band_of_a_computed_error():
    low, high = band(series("Well-being: 40 60"))
    assert (low, high) == (pytest.approx(31.2348, abs=1e-4), pytest.approx(48.7652, abs=1e-4))


def test_the_band_starts_with_the_episode():
    drawn = replace(series("PHQ-9: 26 25 18 14 12"), started=date(2026, 6, 30))
    assert band(drawn) == pytest.approx((12, 24))


def test_who_entered_a_score_changes_nothing():
    points = [Point(START + timedelta(days=30 * n), 18 - 6 * n) for n in range(3)]
    entered = [replace(point, source=Source.STAFF) for point in points]
    assert weigh(phq9(*points)).change == weigh(phq9(*entered)).change


def whole_and_half_steps(scale):
    return [step / 2 for step in range(int(2 * scale.low), int(2 * scale.high) + 1)]


def published_scales():
    for instrument in INSTRUMENTS.values():
        for scale in instrument.scales:
            if yardstick_of(scale) is not None:
                yield pytest.param(scale, id=f"{instrument.id}/{scale.id}")


@pytest.mark.parametrize("scale", [*published_scales(), *SCALES.values()])
def test_a_score_stands_in_the_band_exactly_where_the_rule_calls_its_move_none(scale):
    """The edge too: from 18 to 12 on a PHQ-9 is a change, and stands outside."""
    yardstick = yardstick_of(scale)
    if yardstick is None:
        assert band(Series("one", scale, (Point(START, scale.low),))) is None
        return
    for first in whole_and_half_steps(scale):
        edges = [first - yardstick.threshold, first + yardstick.threshold]
        low, high = band(Series("one", scale, (Point(START, first),)))
        for last in [*whole_and_half_steps(scale), *edges]:
            if scale.low <= last <= scale.high:
                moved = compare(first, last, scale=scale).reliable
                assert (low <= last <= high) is not moved, (first, last)
