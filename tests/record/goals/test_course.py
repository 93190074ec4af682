"""How far goals have come: T over those with a level, the mean of those that were rated twice."""

import pytest

from waymark.record.goals.course import Attainment, Moved, Standing, attainment, moved

# T of goals of one weight: Kiresuk & Sherman 1968, with rho .30; by hand for three of them:
# 50 + 10 * 3 / sqrt(.7 * 3 + .3 * 9) = 63.69.
ONE_UP, ONE_DOWN, HOPED = Standing(1, -1), Standing(-1, -1), Standing(0, -1)


def test_three_goals_that_are_each_one_level_over_what_was_hoped_for() -> None:
    found = attainment([ONE_UP] * 3)
    assert found is not None
    assert round(found.t, 2) == 63.69
    assert round(found.before or 0, 2) == 36.31
    assert (found.counted, found.missing) == (3, 0)


def test_where_each_is_where_it_was_hoped_to_be_t_is_fifty() -> None:
    assert attainment([HOPED, HOPED]) == Attainment(50, pytest.approx(37.59653), 2, 0)


def test_a_goal_without_a_level_is_left_out_and_counted_as_missing() -> None:
    """Never as 0, which would be what was hoped for."""
    found = attainment([ONE_DOWN, Standing(None, -2), Standing(None)])
    assert found == Attainment(40, 40, 1, 2)


def test_where_one_does_not_say_where_it_began_there_is_no_t_of_the_beginning() -> None:
    found = attainment([ONE_UP, Standing(0)])
    assert found is not None
    assert (found.before, found.counted) == (None, 2)


@pytest.mark.parametrize("goals", [[], [Standing(None, -2)]])
def test_without_any_level_there_is_no_t(goals: list[Standing]) -> None:
    assert attainment(goals) is None


def test_the_mean_is_of_goals_that_were_rated_twice() -> None:
    """2 to 6, 3 to 4, and one that was rated once | from 2.5 to 5 over two goals."""
    assert moved([[2, 9, 6], [3, 4], [0]]) == Moved(2.5, 5.0, 2, reliable=True)


@pytest.mark.parametrize(
    ("last", "reliable"), [(5, True), (4, False), (0, True), (1, False), (2, False)]
)
def test_it_counts_from_two_and_a_half_points_on_either_way(last: int, reliable: bool) -> None:
    """2.45 points (Edbrooke-Childs 2015); one goal from 2.5 points on, either way."""
    first = 2 if last >= 2 else 3
    found = moved([[first, last]])
    assert found is not None
    assert found.reliable is reliable


@pytest.mark.parametrize("goals", [[], [[3]], [[]]])
def test_nothing_moved_where_nothing_was_rated_twice(goals: list[list[int]]) -> None:
    assert moved(goals) is None
