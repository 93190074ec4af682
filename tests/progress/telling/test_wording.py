"""Numbers, days and moves in plain English."""

from datetime import UTC, date, datetime

import pytest

from waymark.library.instrument import Better
from waymark.progress.change.reliable_change import CaseLine, ReliableChangeRule, Yardstick
from waymark.progress.telling import wording

JUNE, JUNE_30, OCTOBER = date(2026, 6, 2), date(2026, 6, 30), date(2026, 10, 13)
LAST_JUNE = date(2025, 6, 2)


@pytest.mark.parametrize(
    ("value", "said"),
    [(7, "7"), (7.0, "7"), (15.75, "15.75"), (8.7652, "8.77"), (10, "10"), (0, "0"), (-0.001, "0")],
)
def test_a_number_says_no_more_than_it_knows(value, said):
    assert wording.number(value) == said


@pytest.mark.parametrize(("value", "said"), [(3, "+3"), (-11, "-11"), (0, "0")])
def test_a_change_has_its_sign(value, said):
    assert wording.signed(value) == said


def test_one_thing_is_not_things():
    assert wording.counted(1, "answer") == "1 answer"
    assert wording.counted(0, "answer") == "0 answers"
    assert wording.counted(0.5, "point") == "0.5 points"


def test_a_day_has_a_year_where_another_day_lies_in_another_one():
    assert wording.day(JUNE) == "June 2"
    assert wording.day(JUNE, beside=OCTOBER) == "June 2"
    assert wording.day(LAST_JUNE, beside=OCTOBER) == "June 2, 2025"
    assert wording.day(datetime(2026, 6, 2, 9, tzinfo=UTC)) == "June 2"
    assert wording.day(3) == "session 3"


@pytest.mark.parametrize(
    ("first", "last", "than", "since", "span"),
    [
        (JUNE, OCTOBER, "in June", "June", "from June 2 to October 13"),
        (JUNE, JUNE_30, "on June 2", "June 2", "from June 2 to June 30"),
        (
            LAST_JUNE,
            OCTOBER,
            "in June 2025",
            "June 2025",
            "from June 2, 2025 to October 13, 2026",
        ),
        (JUNE, JUNE, "on June 2", "June 2", "on June 2"),
        (1, 12, "at session 1", "session 1", "from session 1 to session 12"),
        (1, 1, "at session 1", "session 1", "at session 1"),
    ],
)
def test_periods(first, last, than, since, span):
    assert wording.than(first, last) == than
    assert wording.since(first, last) == since
    assert wording.span(first, last) == span


def test_the_way_the_figures_went():
    assert wording.way(-3) == "lower"
    assert wording.way(3) == "higher"


def test_what_can_be_noise():
    assert wording.noise(Yardstick(ReliableChangeRule.PUBLISHED, 6, "")) == "of less than 6 points"
    assert (
        wording.noise(Yardstick(ReliableChangeRule.JACOBSON_TRUAX, 8.7652, ""))
        == "of up to 8.77 points"
    )
    about = Yardstick(ReliableChangeRule.PUBLISHED, 0.8, "", about=True)
    assert wording.noise(about) == "of less than about 0.8 points"


def test_the_good_side_of_a_line():
    assert wording.beyond(CaseLine(10, ""), better=Better.LOWER) == "under 10"
    assert wording.beyond(CaseLine(50, ""), better=Better.HIGHER) == "over 50"
