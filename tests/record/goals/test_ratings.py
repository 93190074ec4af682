"""Ratings: Ana says how far she is, once a week; of a goal and of a problem, shared as it comes."""

from datetime import date, datetime
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from tests.cast import NOON, Cast, after, looking
from tests.record.goals.setting import SPEAK, WALK, begins, held, moves, rates, says, shares, writes
from waymark.access.vocabulary import Action
from waymark.library.goal import GoalState
from waymark.record.goals import problems
from waymark.record.goals.models import Goal, OwnRating, Problem
from waymark.record.goals.problems import Stated
from waymark.record.goals.queries import Trouble, problem_of, problems_of
from waymark.record.goals.rate import rate_problem
from waymark.record.goals.rating import Rated
from waymark.record.sharing.actions import set_stream
from waymark.record.sharing.models import Share
from waymark.record.sharing.snapshot import read
from waymark.record.tenancy.action import Invalid, reading

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
HEAVY = Stated("I cannot fall asleep before three.", ("I sleep", "I lie there"))


def numbers(cast: Cast, goal: Goal) -> list[tuple[date, int | None]]:
    return [(one.day, one.rated.number) for one in held(cast, goal).ratings]


def test_a_goal_is_rated_once_a_week_and_the_page_says_from_when(lakeside: Cast) -> None:
    """March 2: 3 | March 8: too soon | March 9: 4."""
    goal = begins(lakeside)
    rates(lakeside, goal, 3)
    with pytest.raises(Invalid, match=r"on March 2\..*from March 9 on"):
        rates(lakeside, goal, 9, at=after(days=6))
    rates(lakeside, goal, 4, at=after(days=7))
    assert numbers(lakeside, goal) == [(date(2026, 3, 2), 3), (date(2026, 3, 9), 4)]


def test_on_the_same_day_it_is_said_anew(lakeside: Cast) -> None:
    goal = begins(lakeside)
    rates(lakeside, goal, 3)
    rates(lakeside, goal, 5, -1, at=after(hours=2))
    assert [one.rated for one in held(lakeside, goal).ratings] == [Rated(5, -1)]


def test_one_sent_twice_is_kept_once(lakeside: Cast) -> None:
    goal, key = begins(lakeside), uuid4()
    for _ in range(2):
        rates(lakeside, goal, 3, key=key)
    assert numbers(lakeside, goal) == [(date(2026, 3, 2), 3)]


def test_the_database_keeps_one_a_day(lakeside: Cast) -> None:
    goal = begins(lakeside)
    rates(lakeside, goal, 3)
    with looking(), pytest.raises(IntegrityError), transaction.atomic():
        twice(goal)


def twice(goal: Goal) -> None:
    row = OwnRating.objects.get(goal=goal)
    row.pk, row.body = uuid4(), {"number": 4, "level": None}
    row.save(force_insert=True)


@pytest.mark.parametrize("rated", [(None, None), (11, None), (-1, None), (None, 3), (None, -3)])
def test_what_cannot_be_said_is_not_kept(
    lakeside: Cast, rated: tuple[int | None, int | None]
) -> None:
    goal = begins(lakeside)
    with pytest.raises(Invalid):
        rates(lakeside, goal, *rated)
    assert numbers(lakeside, goal) == []


def test_no_level_is_said_where_the_five_have_no_words(lakeside: Cast) -> None:
    with pytest.raises(Invalid, match="five levels"):
        rates(lakeside, begins(lakeside, WALK), 3, 0)


@pytest.mark.parametrize("state", [None, GoalState.PROPOSED, GoalState.LET_GO])
def test_what_is_not_worked_on_is_not_rated(lakeside: Cast, state: GoalState | None) -> None:
    goal = writes(lakeside)
    if state is not None:
        moves(lakeside, goal, state)
    with pytest.raises(Invalid, match="Begin it first"):
        rates(lakeside, goal, 3)


@pytest.mark.parametrize(
    ("at", "due"), [(NOON, False), (after(days=6), False), (after(days=7), True)]
)
def test_a_rating_is_due_after_a_week_and_never_sooner(
    lakeside: Cast, at: datetime, due: bool
) -> None:
    goal = begins(lakeside)
    assert held(lakeside, goal).due(NOON.date()) is True  # a first one may be given at once
    rates(lakeside, goal, 3)
    assert held(lakeside, goal).due(at.date()) is due


# Shared as it comes


def facts(cast: Cast) -> list[dict[str, int]]:
    """Of what is shared now."""
    with looking():
        return [dict(read(row.words).facts) for row in Share.objects.filter(ended_at=None)]


def test_a_rating_waits_for_share_the_change(lakeside: Cast) -> None:
    goal = begins(lakeside)
    shares(lakeside, goal)
    rates(lakeside, goal, 4, -1)
    assert facts(lakeside) == [{"terms": 1, "review": 0, "levels": 1, "start": -2}]


def test_with_the_switch_on_it_goes_along_and_only_for_what_is_shared(lakeside: Cast) -> None:
    """Two goals, one of them shared | the switch is on | both are rated | one is read."""
    ana, by = lakeside.patients["ana"], lakeside.viewer("ana")
    shown, kept = begins(lakeside), begins(lakeside, SPEAK, at=after(minutes=1))
    shares(lakeside, shown)
    set_stream(ana, kind="goal", on=True, by=by, at=NOON)
    rates(lakeside, shown, 4, -1)
    rates(lakeside, kept, 9, 2)
    assert facts(lakeside) == [
        {"terms": 1, "review": 0, "levels": 1, "start": -2, "level": -1, "number": 4}
    ]


def test_a_rating_under_earlier_terms_is_not_shown_beside_these(lakeside: Cast) -> None:
    goal = begins(lakeside)
    rates(lakeside, goal, 4, -1)
    says(lakeside, goal, start=-1, at=after(days=1))
    assert held(lakeside, goal).seen.last is None


# Problems


def troubled(cast: Cast, stated: Stated = HEAVY) -> Problem:
    by = cast.viewer("ana")
    return problems.state(cast.patients["ana"], stated=stated, by=by, at=NOON)


def heard(cast: Cast, problem: Problem) -> Trouble:
    by = cast.viewer("ana")
    with reading(Action.KEEP_GOALS, by=by, at=NOON):
        return problem_of(by, problem.pk)


def test_a_problem_is_rated_like_a_goal_and_can_be_put_aside(lakeside: Cast) -> None:
    problem, ana, by = troubled(lakeside), lakeside.patients["ana"], lakeside.viewer("ana")
    rate_problem(ana, problem=problem.pk, rated=Rated(8), by=by, at=NOON)
    with pytest.raises(Invalid, match="from March 9 on"):
        rate_problem(ana, problem=problem.pk, rated=Rated(7), by=by, at=after(days=1))
    problems.put_aside(ana, problem=problem.pk, aside=True, by=by, at=after(days=2))
    with pytest.raises(Invalid, match="put this aside"):
        rate_problem(ana, problem=problem.pk, rated=Rated(7), by=by, at=after(days=9))
    aside = heard(lakeside, problem)
    assert (aside.stated, aside.aside, aside.due(date(2026, 4, 1))) == (HEAVY, True, False)
    problems.put_aside(ana, problem=problem.pk, aside=False, by=by, at=after(days=9))
    rate_problem(ana, problem=problem.pk, rated=Rated(6), by=by, at=after(days=9))
    assert [one.rated.number for one in heard(lakeside, problem).ratings] == [8, 6]


@pytest.mark.parametrize(
    "stated", [Stated(" "), Stated("x" * 501), Stated("So.", ("x" * 61, "")), Stated("")]
)
def test_a_problem_needs_words_and_not_too_many(lakeside: Cast, stated: Stated) -> None:
    with pytest.raises(Invalid):
        troubled(lakeside, stated)


def test_a_problem_is_its_writers_alone_and_goes_with_its_ratings(lakeside: Cast) -> None:
    problem, ana, by = troubled(lakeside), lakeside.patients["ana"], lakeside.viewer("ana")
    rate_problem(ana, problem=problem.pk, rated=Rated(8), by=by, at=NOON)
    for name, count in (("ana", 1), ("eli", 0), ("ben", 0)):
        with reading(Action.KEEP_GOALS, by=lakeside.viewer(name), at=NOON):
            assert len(problems_of(lakeside.viewer(name))) == count
    problems.remove_problem(ana, problem=problem.pk, by=by, at=NOON)
    with looking():
        assert not OwnRating.objects.exists()
