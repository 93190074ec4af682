"""Goals: Ana writes one, works on it, changes it, and lets it go; its past is kept."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from tests.cast import NOON, Cast, after, looking
from tests.record.goals.setting import (
    LEVELS,
    SPEAK,
    WALK,
    agrees,
    begins,
    every,
    held,
    moves,
    rates,
    says,
    shares,
    writes,
)
from waymark.library.goal import GoalState
from waymark.record.goals import actions
from waymark.record.goals.models import Goal, GoalVersion
from waymark.record.goals.rating import Rated
from waymark.record.goals.turns import Turn, Why
from waymark.record.sharing.models import Share
from waymark.record.tenancy.action import Invalid, Refused

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
DRAFT, ACTIVE, PAUSED = GoalState.DRAFT, GoalState.ACTIVE, GoalState.PAUSED
MET, LET_GO, ADJUSTED = GoalState.MET, GoalState.LET_GO, GoalState.ADJUSTED
PROPOSED, AGREED = GoalState.PROPOSED, GoalState.AGREED


def turns(cast: Cast, goal: Goal) -> list[Turn]:
    return [one.turn for one in held(cast, goal).steps]


# Hers alone


def test_a_goal_is_its_writers_alone(lakeside: Cast) -> None:
    goal = writes(lakeside)
    assert [one.now.terms for one in every(lakeside)] == [SPEAK]
    for name in ("eli", "ben", "sue", "dana", "ada"):
        assert every(lakeside, name) == []
        by = lakeside.viewer(name)
        with pytest.raises(Refused):
            writes(lakeside, by=name)
        with pytest.raises(Refused):
            actions.remove(lakeside.patients["ana"], goal=goal.pk, by=by, at=NOON)


def test_another_clients_goal_is_not_there(lakeside: Cast) -> None:
    goal, eli, by = writes(lakeside), lakeside.patients["eli"], lakeside.viewer("eli")
    with pytest.raises(Goal.DoesNotExist):
        actions.move(eli, goal=goal.pk, to=ACTIVE, by=by, at=NOON)
    with pytest.raises(Goal.DoesNotExist):
        actions.write(eli, terms=WALK, after=goal.pk, by=by, at=NOON)


def test_one_sent_twice_is_written_once(lakeside: Cast) -> None:
    key = uuid4()
    assert writes(lakeside, key=key) == writes(lakeside, key=key)
    assert len(every(lakeside)) == 1


def test_it_is_of_its_owners_own_day(lakeside: Cast) -> None:
    """Ana lives in Chicago: at 07:10 UTC on Tuesday it is 01:10, and still Monday."""
    night = NOON.replace(hour=7, minute=10) + timedelta(days=1)
    assert held(lakeside, writes(lakeside, at=night)).now.since == date(2026, 3, 2)


# Three at most


def test_three_are_going_and_a_fourth_waits_until_one_rests(lakeside: Cast) -> None:
    """Three begin | the fourth is told to wait | one rests | the fourth has its place."""
    goals = [begins(lakeside, at=after(minutes=n)) for n in range(3)]
    fourth = writes(lakeside, WALK, at=after(minutes=4))
    with pytest.raises(Invalid, match="Let one of them rest first"):
        moves(lakeside, fourth, ACTIVE)
    moves(lakeside, goals[1], PAUSED)
    moves(lakeside, fourth, ACTIVE)
    assert {one.place: one.id for one in every(lakeside) if one.place} == {
        1: goals[0].pk,
        2: fourth.pk,
        3: goals[2].pk,
    }
    with pytest.raises(Invalid, match="Three goals are going"):
        moves(lakeside, goals[1], ACTIVE)


@pytest.mark.parametrize(
    ("state", "place"),
    [("active", 1), ("active", 4), ("active", 0), ("active", None), ("adjusted", None)],
)
def test_the_database_itself_holds_three_at_most(
    lakeside: Cast, state: str, place: int | None
) -> None:
    """Around every action: a place that is taken, a fourth one, and none at all."""
    begins(lakeside)
    ana = lakeside.patients["ana"]
    given = {"patient": ana, "clinic_id": ana.clinic_id, "made_at": NOON}
    with looking(), pytest.raises(IntegrityError), transaction.atomic():
        Goal.objects.create(state=state, place=place, **given)


@pytest.mark.parametrize("state", ["draft", "paused", "met", "let-go", "agreed"])
def test_what_is_not_worked_on_has_no_place(lakeside: Cast, state: str) -> None:
    ana = lakeside.patients["ana"]
    given = {"patient": ana, "clinic_id": ana.clinic_id, "made_at": NOON}
    with looking(), pytest.raises(IntegrityError), transaction.atomic():
        Goal.objects.create(state=state, place=1, **given)


def test_each_client_has_three_places_of_their_own(lakeside: Cast) -> None:
    begins(lakeside)
    eli = writes(lakeside, name="eli")
    by, of = lakeside.viewer("eli"), lakeside.patients["eli"]
    actions.move(of, goal=eli.pk, to=ACTIVE, by=by, at=NOON)
    assert [one.place for one in every(lakeside, "eli")] == [1]


# Versions


def test_a_change_of_a_level_is_a_new_version_and_earlier_weeks_keep_theirs(
    lakeside: Cast,
) -> None:
    """March 2: rated 4 | March 9: a level asks more, and it is rated 2 | each by its own terms."""
    goal = begins(lakeside)
    rates(lakeside, goal, 4, -1)
    more = {**LEVELS, 0: "I speak twice in each meeting."}
    says(lakeside, goal, levels=more, at=after(days=7))
    rates(lakeside, goal, 2, -2, at=after(days=7))
    now = held(lakeside, goal)
    assert [one.terms.levels for one in now.versions] == [LEVELS, more]
    assert [(one.rated.number, one.same_since) for one in now.ratings] == [(4, 1), (2, 2)]
    assert [one.rated for one in now.ratings_now] == [Rated(2, -2)]
    assert turns(lakeside, goal) == [Turn.WRITTEN, Turn.BEGUN, Turn.CHANGED]


@pytest.mark.parametrize(
    ("parts", "turn", "same"),
    [
        ({"statement": "Speak twice"}, Turn.REWORDED, False),
        ({"measure": None}, Turn.CHANGED, False),
        ({"start": -1}, Turn.CHANGED, False),
        ({"ends": ("Nothing", "All")}, Turn.CHANGED, False),
        ({"plan": "I count to three."}, Turn.REFINED, True),
        ({"due_on": date(2026, 5, 30)}, Turn.REFINED, True),
    ],
)
def test_a_change_is_called_what_it_is(
    lakeside: Cast, parts: dict[str, Any], turn: Turn, same: bool
) -> None:
    """What is rated is another goal after some changes; a plan or a day may change beside it."""
    goal = begins(lakeside)
    says(lakeside, goal, **parts, at=after(days=1))
    now = held(lakeside, goal)
    assert (now.now.number, now.steps[-1].turn) == (2, turn)
    assert (now.now.same_since == 1) is same


def test_a_rewording_keeps_the_old_words_and_the_reason(lakeside: Cast) -> None:
    goal = begins(lakeside)
    why = Why(words="  I could not tell when I had done it. ")
    says(lakeside, goal, statement="Speak twice", why=why)
    last = held(lakeside, goal).steps[-1]
    assert (last.was, last.why) == (
        "Speak once in each weekly meeting",
        Why(words="I could not tell when I had done it."),
    )


def test_what_stayed_as_it_was_is_no_version(lakeside: Cast) -> None:
    goal = begins(lakeside)
    says(lakeside, goal, statement=f" {SPEAK.draft.statement} ")
    assert len(held(lakeside, goal).versions) == 1


def test_while_it_is_written_and_nobody_read_it_it_is_written_anew(lakeside: Cast) -> None:
    goal = writes(lakeside)
    says(lakeside, goal, statement="Speak twice")
    assert held(lakeside, goal).statement == "Speak twice"
    assert (len(held(lakeside, goal).versions), turns(lakeside, goal)) == (1, [Turn.WRITTEN])
    shares(lakeside, goal)
    says(lakeside, goal, statement="Speak three times")
    assert len(held(lakeside, goal).versions) == 2


def test_two_tabs_change_two_parts_and_neither_loses_one(lakeside: Cast) -> None:
    goal = begins(lakeside)
    says(lakeside, goal, plan="I count to three.")
    says(lakeside, goal, matters="For me.")
    draft = held(lakeside, goal).now.terms.draft
    assert (draft.plan, draft.matters) == ("I count to three.", "For me.")


# What becomes of it


def test_a_goal_rests_and_is_taken_up_again_each_with_its_reason(lakeside: Cast) -> None:
    goal = begins(lakeside)
    moves(lakeside, goal, PAUSED, why=Why(words="My mother is ill."))
    assert (held(lakeside, goal).state, held(lakeside, goal).place) == (PAUSED, None)
    moves(lakeside, goal, ACTIVE, at=after(days=20))
    steps = [(one.turn, one.why.words) for one in held(lakeside, goal).steps[-2:]]
    assert steps == [(Turn.PARKED, "My mother is ill."), (Turn.RESUMED, "")]


@pytest.mark.parametrize(("to", "turn"), [(MET, Turn.MET), (LET_GO, Turn.LET_GO)])
def test_met_and_let_go_are_ends_and_its_past_stays(
    lakeside: Cast, to: GoalState, turn: Turn
) -> None:
    goal = begins(lakeside)
    rates(lakeside, goal, 6)
    moves(lakeside, goal, to, why=Why("not-mine", "It was my brother's goal."))
    now = held(lakeside, goal)
    assert (now.ended, now.place, now.steps[-1].turn) == (True, None, turn)
    assert now.steps[-1].why == Why("not-mine", "It was my brother's goal.")
    assert len(now.ratings) == 1
    with pytest.raises(Invalid, match="stays as it was"):
        says(lakeside, goal, plan="Anew.")
    with pytest.raises(Invalid, match="elsewhere"):
        moves(lakeside, goal, ACTIVE)


def test_one_that_is_taken_up_anew_names_the_old_one(lakeside: Cast) -> None:
    goal = begins(lakeside)
    moves(lakeside, goal, LET_GO)
    assert held(lakeside, writes(lakeside, WALK, after=goal.pk)).after == goal.pk


def test_split_it_is_over_and_its_parts_are_being_written(lakeside: Cast) -> None:
    goal = begins(lakeside)
    ana, by = lakeside.patients["ana"], lakeside.viewer("ana")
    why = Why(words="It was two.")
    parts = [" Greet one person ", "", "Ask one question"]
    actions.split(ana, goal=goal.pk, into=parts, why=why, by=by, at=after(hours=1))
    old = held(lakeside, goal)
    assert (old.state, old.steps[-1].turn, old.steps[-1].why) == (LET_GO, Turn.SPLIT, why)
    made = [one for one in every(lakeside) if one.after == goal.pk]
    assert {one.statement for one in made} == {"Greet one person", "Ask one question"}
    assert {one.state for one in made} == {DRAFT}
    assert {one.now.terms.draft.matters for one in made} == {"So that I am in the room."}
    assert all(one.now.terms.draft.measure is None for one in made)


@pytest.mark.parametrize("into", [[], ["One"], ["One", "  "], ["1", "2", "3", "4"]])
def test_fewer_than_two_parts_and_more_than_three_split_nothing(
    lakeside: Cast, into: list[str]
) -> None:
    goal, ana = begins(lakeside), lakeside.patients["ana"]
    with pytest.raises(Invalid, match="two or three"):
        actions.split(ana, goal=goal.pk, into=into, by=lakeside.viewer("ana"), at=NOON)
    assert held(lakeside, goal).state is ACTIVE


def test_replaced_it_is_over_and_the_other_one_has_its_past(lakeside: Cast) -> None:
    goal, ana, by = begins(lakeside), lakeside.patients["ana"], lakeside.viewer("ana")
    made = actions.replace_by(ana, goal=goal.pk, statement="Walk at noon", by=by, at=NOON)
    assert made is not None
    assert held(lakeside, made).after == goal.pk
    assert turns(lakeside, goal)[-1] is Turn.REPLACED


def test_an_empty_one_replaces_nothing(lakeside: Cast) -> None:
    goal, ana, by = begins(lakeside), lakeside.patients["ana"], lakeside.viewer("ana")
    with pytest.raises(Invalid, match="A few words"):
        actions.replace_by(ana, goal=goal.pk, statement=" ", by=by, at=NOON)
    assert held(lakeside, goal).state is ACTIVE


def test_a_step_that_was_sent_twice_is_taken_once(lakeside: Cast) -> None:
    goal = begins(lakeside)
    moves(lakeside, goal, PAUSED)
    moves(lakeside, goal, PAUSED)
    assert turns(lakeside, goal) == [Turn.WRITTEN, Turn.BEGUN, Turn.PARKED]


@pytest.mark.parametrize("to", [AGREED, ADJUSTED])
def test_nobody_agrees_alone(lakeside: Cast, to: GoalState) -> None:
    goal = writes(lakeside)
    moves(lakeside, goal, PROPOSED)
    with pytest.raises(Invalid, match="Choose one of the steps"):
        moves(lakeside, goal, to)


def test_a_reason_that_is_not_on_the_list_is_none(lakeside: Cast) -> None:
    with pytest.raises(Invalid, match="Choose a reason"):
        moves(lakeside, begins(lakeside), LET_GO, why=Why("no-such-reason"))


def test_what_was_shared_is_taken_back_with_the_goal(lakeside: Cast) -> None:
    goal = begins(lakeside)
    rates(lakeside, goal, 3)
    shares(lakeside, goal)
    child = writes(lakeside, WALK, after=goal.pk)
    by = lakeside.viewer("ana")
    actions.remove(lakeside.patients["ana"], goal=goal.pk, by=by, at=after(hours=1))
    assert held(lakeside, child).after is None
    with looking():
        assert Share.objects.get().words is None
        assert set(GoalVersion.objects.values_list("goal", flat=True)) == {child.pk}


# Agreed by both


def test_what_is_put_up_to_talk_about_is_agreed_to_and_begins(lakeside: Cast) -> None:
    """Ana proposes and shares | Ben agrees | Ana begins | "agreed" stays with these terms."""
    goal = writes(lakeside)
    moves(lakeside, goal, PROPOSED)
    agrees(lakeside, shares(lakeside, goal))
    now = held(lakeside, goal)
    assert (now.state, now.agreed_now and now.agreed_now.name) == (AGREED, "Ben")
    moves(lakeside, goal, ACTIVE)
    assert turns(lakeside, goal) == [Turn.WRITTEN, Turn.PROPOSED, Turn.AGREED, Turn.BEGUN]


def test_changed_after_it_was_agreed_to_it_is_agreed_to_no_more(lakeside: Cast) -> None:
    """Agreed and going | a level asks more | changed | the change is shared and agreed | going."""
    goal = begins(lakeside)
    agrees(lakeside, shares(lakeside, goal))
    says(lakeside, goal, start=-1, at=after(days=1))
    now = held(lakeside, goal)
    assert (now.state, now.agreed_now, now.place) == (ADJUSTED, None, 1)
    agrees(lakeside, shares(lakeside, goal, at=after(days=2)), at=after(days=2))
    now = held(lakeside, goal)
    assert now.state is ACTIVE
    assert now.agreed_now is not None


def test_a_new_plan_leaves_the_agreement_as_it_is(lakeside: Cast) -> None:
    goal = begins(lakeside)
    agrees(lakeside, shares(lakeside, goal))
    says(lakeside, goal, plan="I count to three.", at=after(days=1))
    now = held(lakeside, goal)
    assert now.state is ACTIVE
    assert now.agreed_now is not None


def test_an_agreed_one_that_is_reworded_before_it_begins_is_to_talk_about_again(
    lakeside: Cast,
) -> None:
    goal = writes(lakeside)
    agrees(lakeside, shares(lakeside, goal))
    assert held(lakeside, goal).state is AGREED
    says(lakeside, goal, statement="Speak twice")
    assert held(lakeside, goal).state is PROPOSED


def test_a_change_of_ones_own_goal_needs_nobody(lakeside: Cast) -> None:
    goal = begins(lakeside)
    says(lakeside, goal, start=-1)
    assert held(lakeside, goal).state is ACTIVE
