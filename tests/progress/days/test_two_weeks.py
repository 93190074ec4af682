"""A two-week try: 14 days before against its own 14, in four words, and nothing before its end."""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time, timedelta

import pytest

from waymark.library.item_answer import answered
from waymark.library.items import ITEMS
from waymark.progress.days.daily import DailyVerdict
from waymark.progress.days.daily_change import Way
from waymark.progress.days.two_weeks import judge_try, last_day
from waymark.progress.days.values import Given

MOOD, BEGINS = ITEMS["mood"], date(2026, 3, 16)
LAST = date(2026, 3, 29)
CLEAR, EARLY, SAME = DailyVerdict.CLEAR, DailyVerdict.TOO_EARLY, DailyVerdict.NO_CHANGE
UPS = (0, 1, 0, 1, 1, 0, 1)
"""Small ups and downs, the same in every week."""


def days(
    level: Callable[[int], int], *, of: Iterable[int] = range(-14, 14), version: int = 1
) -> list[Given]:
    """Answers of these days, counted from the first one of the try."""
    return [said(n, level(n) + UPS[n % 7], version) for n in of]


def said(n: int, value: int, version: int = 1) -> Given:
    on = BEGINS + timedelta(days=n)
    return Given(on, datetime.combine(on, time(20), tzinfo=UTC), answered(value), version)


def rises(n: int) -> int:
    return 3 if n < 0 else 7


def falls(n: int) -> int:
    return 7 if n < 0 else 3


def stays(n: int) -> int:
    return 5


def test_a_try_has_fourteen_days() -> None:
    assert last_day(BEGINS) == LAST


@pytest.mark.parametrize(
    ("level", "state", "way"),
    [(rises, CLEAR, Way.EASIER), (falls, CLEAR, Way.HARDER), (stays, SAME, None)],
)
def test_it_is_told_in_the_words_of_every_other_look(
    level: Callable[[int], int], state: DailyVerdict, way: Way | None
) -> None:
    """3 before and 7 during | 7 and 3 | 5 and 5: easier, harder, about the same."""
    found = judge_try(MOOD, days(level), begins=BEGINS, today=LAST)
    assert (found.state, found.way) == (state, way)
    assert (found.before.answered, found.during.answered) == (14, 14)
    assert (found.before.first, found.before.last) == (date(2026, 3, 2), date(2026, 3, 15))
    assert (found.during.first, found.during.last) == (BEGINS, LAST)


@pytest.mark.parametrize("today", [BEGINS, LAST - timedelta(days=1)])
def test_before_its_end_nothing_is_said_whatever_was_answered(today: date) -> None:
    found = judge_try(MOOD, days(rises), begins=BEGINS, today=today)
    assert (found.state, found.way) == (EARLY, None)
    assert found.during.last == today


@pytest.mark.parametrize(
    ("of", "state"),
    [
        ([*range(-7, 0), *range(7)], CLEAR),  # 7 and 7: just enough, and none on the first days
        ([*range(-6, 0), *range(14)], EARLY),  # 6 before
        ([*range(-14, 0), *range(6)], EARLY),  # 6 during
        ([*range(14)], EARLY),
        ([*range(-14, 0)], EARLY),
        ([], EARLY),
    ],
)
def test_each_side_needs_seven_days_and_lends_none_to_the_other(
    of: list[int], state: DailyVerdict
) -> None:
    found = judge_try(MOOD, days(rises, of=of), begins=BEGINS, today=LAST)
    assert (found.state, found.look.needed) == (state, 7)


def test_days_outside_of_the_four_weeks_count_nowhere() -> None:
    """A good February and a good April beside four even weeks | about the same."""
    apart = days(lambda n: 9, of=[*range(-40, -14), *range(14, 30)])
    found = judge_try(MOOD, [*apart, *days(stays)], begins=BEGINS, today=date(2026, 5, 1))
    assert (found.state, found.before.answered, found.during.answered) == (SAME, 14, 14)


def test_other_words_of_the_item_are_another_line() -> None:
    older = days(rises, of=range(-14, 0), version=MOOD.version + 1)
    found = judge_try(MOOD, [*older, *days(rises, of=range(14))], begins=BEGINS, today=LAST)
    assert (found.state, found.before.answered) == (EARLY, 0)
