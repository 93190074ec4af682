"""One value a day: several answers, no occasion, edits, yesterday, brought in, versions."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import permutations

import pytest

from waymark.library.day import day_of
from waymark.library.item import Kind
from waymark.library.item_answer import (
    NO_OCCASION,
    NOT_ANSWERED,
    ItemAnswer,
    Used,
    answered,
    of_skills,
)
from waymark.progress.days.values import DayValue, Given, day_values, lines_of

MONDAY = date(2027, 3, 1)
EIGHT = datetime(2027, 3, 1, 20, 0, tzinfo=UTC)


def said(*answers: ItemAnswer, on: date = MONDAY) -> list[Given]:
    """Answers of one day, an hour apart."""
    return [
        Given(on=on, at=EIGHT + timedelta(hours=hour), answer=answer)
        for hour, answer in enumerate(answers)
    ]


@pytest.mark.parametrize(
    ("kind", "values", "value"),
    [
        (Kind.NUMBER, (4, 7), 5.5),
        (Kind.NUMBER, (0, 0), 0.0),
        (Kind.DEGREE, (1, 2, 2), 5 / 3),
        (Kind.DURATION, (4, 1), 1.0),
        (Kind.COMPARED, (0, 3), 3.0),
        (Kind.YES_NO, (1, 0), 1.0),
        (Kind.YES_NO, (0, 0), 0.0),
    ],
)
def test_several_answers_of_a_day_are_one_value(
    kind: Kind, values: tuple[int, ...], value: float
) -> None:
    """Decision 51: mean, last, any yes."""
    (day,) = day_values(said(*map(answered, values)), kind=kind)
    assert day == DayValue(MONDAY, pytest.approx(value), len(values))


def test_of_skills_a_day_is_whether_any_was_used() -> None:
    used, none = of_skills([Used("a walk", 3)]), of_skills([])
    assert [day_values(said(*one), kind=Kind.SKILLS)[0].value for one in ((none, used), (none,))] \
        == [1.0, 0.0]  # fmt: skip


def test_order_of_arrival_is_no_matter() -> None:
    given = [*said(answered(4), answered(1)), *said(answered(5), on=MONDAY + timedelta(days=1))]
    found = {day_values(one, kind=Kind.DURATION) for one in permutations(given)}
    assert [[day.value for day in days] for days in found] == [[1.0, 5.0]]


def test_nothing_no_occasion_and_zero_are_three_things() -> None:
    """C07."""
    tuesday, wednesday = (MONDAY + timedelta(days=more) for more in (1, 2))
    given = [
        *said(answered(0)),
        *said(NO_OCCASION, on=tuesday),
        *said(NOT_ANSWERED, on=wednesday),
    ]
    assert day_values(given, kind=Kind.DEGREE) == (
        DayValue(MONDAY, 0.0, 1),
        DayValue(tuesday, None, 0),
    )


def test_no_occasion_takes_no_answer_of_the_day_away() -> None:
    (day,) = day_values(said(answered(3), NO_OCCASION, NOT_ANSWERED), kind=Kind.DURATION)
    assert day == DayValue(MONDAY, 3.0, 1)


def test_two_evenings_of_the_night_the_clocks_go_back_are_one_day() -> None:
    """1:30 before the change and 1:30 after it, in Chicago."""
    first = datetime(2027, 11, 7, 6, 30, tzinfo=UTC)
    both = [first, first + timedelta(hours=1)]
    given = [
        Given(on=day_of(at, zone="America/Chicago"), at=at, answer=answered(value))
        for at, value in zip(both, (2, 6), strict=True)
    ]
    assert day_values(given, kind=Kind.NUMBER) == (DayValue(date(2027, 11, 6), 4.0, 2),)


def test_an_edit_changes_its_own_day_alone_and_no_count() -> None:
    """The earlier answer stays the earlier one: of a duration the evening's still stands."""
    noon, evening = said(answered(3), answered(5))
    tuesday = said(answered(2), on=MONDAY + timedelta(days=1))
    edited = [replace(noon, answer=answered(0)), evening, *tuesday]
    before = day_values([noon, evening, *tuesday], kind=Kind.DURATION)
    assert day_values(edited, kind=Kind.DURATION) == before
    numbers = day_values(edited, kind=Kind.NUMBER)
    assert [(day.value, day.answers) for day in numbers] == [(2.5, 2), (2.0, 1)]


def test_a_day_that_was_filled_in_later_is_marked() -> None:
    first, second = said(answered(3), answered(5))
    later = [replace(one, back_filled=True) for one in (first, second)]
    assert day_values(later, kind=Kind.NUMBER)[0].back_filled
    assert not day_values([later[0], second], kind=Kind.NUMBER)[0].back_filled
    (third,) = said(NO_OCCASION)
    assert day_values([replace(third, back_filled=True)], kind=Kind.NUMBER)[0].back_filled
    assert day_values([later[0], third], kind=Kind.NUMBER)[0].back_filled


def test_what_was_answered_here_goes_before_what_was_brought_in() -> None:
    here, there = said(answered(3), answered(9))
    brought = replace(there, imported=True)
    assert day_values([here, brought], kind=Kind.NUMBER) == (DayValue(MONDAY, 3.0, 1),)
    assert day_values([brought], kind=Kind.NUMBER) == (DayValue(MONDAY, 9.0, 1, imported=True),)


def test_other_words_are_another_line() -> None:
    old, new = said(answered(3), answered(9))
    lines = lines_of([replace(new, version=2), old], kind=Kind.NUMBER)
    assert [(line.version, [day.value for day in line.days]) for line in lines] == [
        (1, [3.0]),
        (2, [9.0]),
    ]
    assert lines_of([], kind=Kind.NUMBER) == ()


def test_the_own_days_of_a_line_leave_out_what_was_brought_in() -> None:
    tuesday = MONDAY + timedelta(days=1)
    brought = [replace(one, imported=True) for one in said(answered(9), on=tuesday)]
    (line,) = lines_of([*said(answered(3)), *brought], kind=Kind.NUMBER)
    assert len(line.days) == 2
    assert line.own == (DayValue(MONDAY, 3.0, 1),)
