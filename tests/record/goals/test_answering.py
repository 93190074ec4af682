"""What a clinician says of a shared goal: Ben agrees and sees it in his own way, apart from Ana."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest

from tests.cast import NOON, Cast, after, looking
from tests.record.goals.setting import (
    DRAFT,
    SPEAK,
    WALK,
    agrees,
    begins,
    held,
    moves,
    rates,
    says,
    shares,
    writes,
)
from waymark.access.vocabulary import Action
from waymark.library.goal import GoalState
from waymark.record.goals.answering import view
from waymark.record.goals.models import Agreement, ClinicianRating, Goal
from waymark.record.goals.queries import goals_of
from waymark.record.goals.rating import Rated
from waymark.record.goals.shared import (
    SharedGoal,
    clients_attainment,
    clinicians_attainment,
    shared_goals,
)
from waymark.record.goals.waiting import Waiting, waiting
from waymark.record.sharing.actions import take_back
from waymark.record.sharing.models import Share
from waymark.record.tenancy.action import Invalid, Refused, reading
from waymark.record.tenancy.scope import Unscoped

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
ACT = Action.ANSWER_GOALS


def sees(
    cast: Cast,
    shared: Share,
    number: int | None = None,
    level: int | None = None,
    *,
    by: str = "ben",
    **given: Any,
) -> ClinicianRating | None:
    rated, at = Rated(number, level), given.pop("at", NOON)
    ana = cast.patients["ana"]
    return view(ana, share=shared.pk, rated=rated, by=cast.viewer(by), at=at)


def read_by(cast: Cast, name: str = "ben") -> list[SharedGoal]:
    by = cast.viewer(name)
    with reading(ACT, by=by, at=NOON):
        return shared_goals(by, ACT, cast.patients["ana"].pk)


def ts(goals: Iterable[SharedGoal]) -> tuple[float | None, float | None]:
    """T by the client, and by the clinician."""
    held = list(goals)
    client, clinician = clients_attainment(held), clinicians_attainment(held)
    return client and round(client.t, 2), clinician and round(clinician.t, 2)


def test_what_is_not_shared_is_read_by_nobody_else(lakeside: Cast) -> None:
    goal = begins(lakeside)
    assert read_by(lakeside) == []
    ben = lakeside.viewer("ben")
    with reading(ACT, by=ben, at=NOON), pytest.raises(Unscoped):
        list(Goal.objects.visible_to(ben, ACT))
    shares(lakeside, goal)
    assert [one.words for one in read_by(lakeside)] == [DRAFT.statement]
    assert [read_by(lakeside, name) for name in ("gil", "sue", "dana", "ada")] == [[]] * 4


def test_only_who_treats_them_may_answer(lakeside: Cast) -> None:
    shared = shares(lakeside, begins(lakeside))
    for name in ("ana", "eli", "gil", "sue", "dana", "ada"):
        with pytest.raises(Refused):
            agrees(lakeside, shared, by=name)
        with pytest.raises(Refused):
            sees(lakeside, shared, 3, by=name)


def test_two_ratings_stand_apart_and_neither_changes_the_other(lakeside: Cast) -> None:
    """Ana: 4, a bit less | Ben: 6, as hoped | each keeps their own."""
    goal = begins(lakeside)
    rates(lakeside, goal, 4, -1)
    sees(lakeside, shares(lakeside, goal), 6, 0)
    now = held(lakeside, goal)
    assert [one.rated for one in now.ratings] == [Rated(4, -1)]
    assert now.view_now is not None
    assert (now.view_now.name, now.view_now.rated) == ("Ben", Rated(6, 0))
    assert ts(read_by(lakeside)) == (40.0, 50.0)


def test_a_second_view_of_the_day_takes_the_place_of_the_first(lakeside: Cast) -> None:
    goal = begins(lakeside)
    shared = shares(lakeside, goal)
    sees(lakeside, shared, 3)
    sees(lakeside, shared, 5, at=after(hours=2))
    sees(lakeside, shared, 6, at=after(days=1))
    assert [one.rated.number for one in held(lakeside, goal).views] == [5, 6]


@pytest.mark.parametrize("rated", [(None, None), (11, None), (3, 0)])
def test_a_view_says_what_can_be_said(lakeside: Cast, rated: tuple[int, int]) -> None:
    shared = shares(lakeside, begins(lakeside, WALK))
    with pytest.raises(Invalid):
        sees(lakeside, shared, *rated)


def test_an_agreement_is_to_what_was_on_the_screen(lakeside: Cast) -> None:
    """Shared | taken back, or changed and shared anew | the old page agrees to nothing."""
    goal = begins(lakeside)
    first = shares(lakeside, goal)
    says(lakeside, goal, start=-1)
    second = shares(lakeside, goal, at=after(hours=1))
    assert agrees(lakeside, first) is None
    assert sees(lakeside, first, 3) is None
    take_back(lakeside.patients["ana"], thing=goal.pk, by=lakeside.viewer("ana"), at=NOON)
    assert agrees(lakeside, second) is None
    assert held(lakeside, goal).agreed == ()


def test_what_its_owner_changed_since_is_agreed_to_as_it_was(lakeside: Cast) -> None:
    """Ana shares, then changes a level | Ben agrees to what he reads | hers waits to be shared."""
    goal = begins(lakeside)
    shared = shares(lakeside, goal)
    says(lakeside, goal, start=-1)
    agrees(lakeside, shared)
    now = held(lakeside, goal)
    assert ([one.terms for one in now.agreed], now.agreed_now) == ([1], None)
    assert now.state is GoalState.ACTIVE


def test_agreed_twice_is_agreed_once_and_two_agree_each(lakeside: Cast) -> None:
    shared = shares(lakeside, begins(lakeside))
    assert agrees(lakeside, shared) == agrees(lakeside, shared, at=after(hours=1))
    with looking():
        assert Agreement.objects.count() == 1


def test_a_rating_that_goes_along_leaves_the_agreement_standing(lakeside: Cast) -> None:
    """Agreed | rated, and shared once more | the new share is agreed to as well."""
    goal = begins(lakeside)
    agrees(lakeside, shares(lakeside, goal))
    rates(lakeside, goal, 4, -1)
    shares(lakeside, goal, at=after(hours=1))
    assert [one.name for one in read_by(lakeside)[0].agreed] == ["Ben"]


def test_under_new_terms_nothing_is_agreed_to_and_nothing_seen(lakeside: Cast) -> None:
    goal = begins(lakeside)
    shared = shares(lakeside, goal)
    agrees(lakeside, shared)
    sees(lakeside, shared, 3)
    says(lakeside, goal, start=-1)
    shares(lakeside, goal, at=after(hours=1))
    now = read_by(lakeside)[0]
    assert (now.agreed, now.views) == ((), ())


def test_t_leaves_out_what_has_no_level_and_says_so(lakeside: Cast) -> None:
    """Three are shared, two have a level from Ana | T over two of three."""
    for number, level in enumerate((1, 1, None)):
        goal = begins(lakeside, at=after(minutes=number))
        rates(lakeside, goal, 5, level)
        shares(lakeside, goal, at=after(minutes=number))
    found = clients_attainment(read_by(lakeside))
    assert found is not None
    assert (round(found.t, 2), found.counted, found.missing) == (62.40, 2, 1)
    assert clinicians_attainment(read_by(lakeside)) is None


def test_one_to_look_at_together_is_marked_and_stands_first(lakeside: Cast) -> None:
    heavy = replace(SPEAK, draft=replace(DRAFT, statement="Lose ten pounds by May"))
    shares(lakeside, begins(lakeside, heavy))
    shares(lakeside, begins(lakeside, at=after(minutes=1)), at=after(minutes=1))
    first, second = read_by(lakeside)
    assert (first.to_review, second.to_review) == (True, False)
    assert ("To look at together", "weight or food") in [
        (one.label, one.text) for one in first.snapshot.parts
    ]


# What waits on the first page


def waits(cast: Cast, *, days: int = 0) -> list[Waiting]:
    by, at = cast.viewer("ana"), after(days=days)
    with reading(Action.READ_TODAY, by=by, at=at):
        return waiting(by, Action.READ_TODAY, today=at.date())


def test_a_rating_is_offered_three_days_of_a_week_and_then_it_is_quiet(lakeside: Cast) -> None:
    """Rated on day 0 | offered on days 7, 8, 9 and 14, 15, 16, and on none between."""
    goal = begins(lakeside)
    rates(lakeside, goal, 3)
    assert [day for day in range(20) if waits(lakeside, days=day)] == [7, 8, 9, 14, 15, 16]
    assert waits(lakeside, days=7) == [Waiting(goal.pk, DRAFT.statement, agreed=False)]


def test_what_was_agreed_to_waits_to_begin_and_stands_first(lakeside: Cast) -> None:
    begins(lakeside)
    new = writes(lakeside, WALK, at=after(minutes=1))
    agrees(lakeside, shares(lakeside, new))
    assert [(one.statement, one.agreed) for one in waits(lakeside)] == [
        (WALK.draft.statement, True),
        (DRAFT.statement, False),
    ]


def test_nothing_is_asked_about_what_rests_or_is_made_with_a_clinician(lakeside: Cast) -> None:
    heavy = replace(SPEAK, draft=replace(DRAFT, statement="Lose ten pounds by May"))
    begins(lakeside, heavy)
    moves(lakeside, begins(lakeside, at=after(minutes=1)), GoalState.PAUSED)
    assert waits(lakeside) == []


def test_what_waits_is_asked_for_by_its_owner_alone(lakeside: Cast) -> None:
    begins(lakeside)
    eli = lakeside.viewer("eli")
    with reading(Action.READ_TODAY, by=eli, at=NOON):
        assert waiting(eli, Action.READ_TODAY, today=NOON.date()) == []
        assert goals_of(eli) == []
