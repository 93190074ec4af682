"""Goals at the phone: Ana writes one, works on it, says how far she is, and how it came to be."""

import re
from typing import Any
from uuid import UUID

import pytest

from tests.cast import looking
from tests.interfaces.portal.doing import Ana
from tests.record.goals.setting import LEVELS
from waymark.record.goals.answering import agree, view
from waymark.record.goals.models import Goal, OwnRating, Problem
from waymark.record.goals.rating import Rated
from waymark.record.sharing.models import Share

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
WORDS = {
    "statement": "Speak once in each weekly meeting",
    "matters": "So that I am in the room.",
    "counted": "frequency",
    "unit": "times a meeting",
    "baseline": "0",
    "target": "1",
    "due_on": "2026-04-30",
    "obstacle": "my throat closes",
    "plan": "I breathe out once.",
    "confidence": "7",
}
FIVE = {f"level_{level}": words for level, words in LEVELS.items()} | {"start": "-2"}


def written(ana: Ana, **other: str) -> str:
    """The address of the goal that was written."""
    ana.clock.goes_on(minutes=1)
    answer = ana.sends("/me/goals/new/", {**WORDS, **other})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def begun(ana: Ana, **other: str) -> str:
    goal = written(ana, **other)
    ana.sends(f"{goal}levels/", FIVE)
    ana.sends(f"{goal}become/active/", {"reason": ""})
    return goal


def id_of(goal: str) -> UUID:
    return UUID(goal.strip("/").rsplit("/", 1)[-1])


def rows() -> list[tuple[str, int | None]]:
    with looking():
        return sorted(Goal.objects.values_list("state", "place"))


def test_from_progress_to_a_goal_that_is_going(ana: Ana) -> None:
    assert "Your goals" in ana.reads("/me/progress/")
    assert "Your goals" in ana.reads("/me/")
    assert "There is no goal going yet." in ana.reads("/me/goals/")
    goal = begun(ana)
    page = ana.reads(goal)
    for words in (
        "Working on it",
        "“So that I am in the room.”",
        "from 0 to 1 times a meeting · by April 30, 2026",
        "What I hoped for I speak once in each meeting.",
        "Much less than I hoped for · where I began",
        "If my throat closes then I breathe out once.",
        "Only you can read this",
    ):
        assert words in page
    every = ana.reads("/me/goals/")
    assert "Goal 1 of 1" in every
    assert rows() == [("active", 1)]


def test_one_line_is_enough_and_hints_stand_in_nobodys_way(ana: Ana) -> None:
    answer = ana.sends("/me/goals/new/", {"statement": "Feel better"})
    page = ana.reads(answer["Location"])
    assert "What could make it easier to keep" in page
    assert "What would you do?" in page
    ana.sends(f"{answer['Location']}become/active/", {"reason": ""})
    assert rows() == [("active", 1)]


@pytest.mark.parametrize(
    ("field", "given", "told"),
    [
        ("statement", " ", "Fill in"),
        ("statement", "x" * 301, "to 300 characters"),
        ("baseline", "many", "Write a number, such as"),
        ("target", "-1", "Write 0 or more"),
        ("confidence", "11", "Choose one of the answers"),
        ("due_on", "soon", "as a day"),
        ("unit", "x" * 61, "to 60 characters"),
    ],
)
def test_what_is_wrong_is_told_what_was_typed_is_kept_and_nothing_is_stored(
    ana: Ana, field: str, given: str, told: str
) -> None:
    answer = ana.sends("/me/goals/new/", {**WORDS, field: given})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert told in page
    assert given.strip() in page
    assert "I breathe out once." in page
    assert rows() == []


def test_a_fourth_waits_and_is_told_so(ana: Ana) -> None:
    for n in range(3):
        begun(ana, statement=f"Walk on {n} days a week")
    fourth = written(ana)
    assert "Three goals are going. Let one of them rest first." in ana.reads(fourth)
    answer = ana.sends(f"{fourth}become/active/", {"reason": ""})
    assert answer.status_code == 422
    assert "Let one of them rest first" in answer.content.decode()
    page = ana.reads("/me/goals/")
    assert "Goal 3 of 3" in page
    assert "To come" in page


# How far


def test_she_says_where_she_is_and_it_stands_on_its_rung(ana: Ana) -> None:
    goal = begun(ana)
    ana.sends(f"{goal}rate/", {"number": "4", "level": "-1"})
    page = ana.opens(goal).content.decode()
    here = re.search(r'<li class="here-rung">(.*?)</li>', page, flags=re.DOTALL)
    assert here is not None
    assert "I speak once in two meetings." in here[1]
    assert "Here, March 3" in here[1]
    assert page.count("passed-rung") == 1
    assert "You said 4 of 10 on March 3." in ana.reads(goal)


def test_once_a_week_is_enough_and_the_same_day_is_said_anew(ana: Ana) -> None:
    goal = begun(ana)
    ana.sends(f"{goal}rate/", {"number": "4"})
    ana.sends(f"{goal}rate/", {"number": "5"})
    ana.clock.goes_on(days=3)
    ana.signs_in()
    assert "the next time is from March 10 on" in ana.reads(f"{goal}rate/")
    assert ana.sends(f"{goal}rate/", {"number": "9"}).status_code == 422
    with looking():
        assert [row.body for row in OwnRating.objects.all()] == [{"number": 5, "level": None}]


@pytest.mark.parametrize(
    "given", [{"level": ""}, {"number": "11"}, {"level": "3"}, {"number": "x"}]
)
def test_nothing_and_what_cannot_be_is_no_rating(ana: Ana, given: dict[str, str]) -> None:
    assert ana.sends(f"{begun(ana)}rate/", given).status_code == 422
    with looking():
        assert not OwnRating.objects.exists()


def test_no_number_is_chosen_beforehand(ana: Ana) -> None:
    goal = begun(ana)
    ana.sends(f"{goal}rate/", {"number": "4", "level": "-1"})
    assert "checked" not in ana.opens(f"{goal}rate/").content.decode()


def test_what_stood_under_other_words_is_kept_and_not_read_beside_these(ana: Ana) -> None:
    """Rated 6 | a level asks more | the 6 stands "by the words of then", and on no rung."""
    goal = begun(ana)
    ana.sends(f"{goal}rate/", {"number": "6", "level": "0"})
    ana.sends(f"{goal}levels/", {**FIVE, "level_0": "I speak twice.", "reason": "It was easy."})
    page = ana.reads(goal)
    assert "What I hoped for, 6 of 10 (by the words of then)" in page
    assert "here-rung" not in ana.opens(goal).content.decode()
    assert "“It was easy.”" in page


def rated_twice(ana: Ana, *numbers: tuple[str, str]) -> None:
    """Two goals, each rated from one number to another over a week."""
    goals = [begun(ana, statement=f"Walk on {n} days a week") for n in range(len(numbers))]
    for turn in (0, 1):
        for goal, pair in zip(goals, numbers, strict=True):
            ana.sends(f"{goal}rate/", {"number": pair[turn], "level": str(turn - 1)})
        ana.clock.goes_on(days=7)
        ana.signs_in()


def test_her_numbers_together_say_how_many_and_whether_it_is_more_than_chance(ana: Ana) -> None:
    rated_twice(ana, ("2", "6"), ("3", "4"))
    page = ana.reads("/me/goals/")
    assert "the 2 goals you rated twice went from 2.5 to 5.0 in the mean." in page
    assert "That is more than such numbers move by themselves." in page
    assert "they stand at 50." in page
    assert "Where they began, it was 25." in page


def test_a_decline_is_told_as_it_is_and_nobody_cheers(ana: Ana) -> None:
    rated_twice(ana, ("6", "5"))
    page = ana.reads("/me/goals/")
    assert "the goal you rated twice went from 6.0 to 5.0." in page
    assert "Numbers like these move that much by themselves." in page


def test_a_goal_without_a_level_is_left_out_and_said(ana: Ana) -> None:
    goal, _ = begun(ana), begun(ana, statement="Walk on two days a week")
    ana.sends(f"{goal}rate/", {"level": "1"})
    assert "One goal has no level yet and is left out." in ana.reads("/me/goals/")


# What becomes of it


@pytest.mark.parametrize(
    ("to", "asks", "named"),
    [
        ("paused", "Let it rest?", "Resting"),
        ("met", "Is it met?", "Met"),
        ("let-go", "That is a good end too.", "Let go"),
    ],
)
def test_each_step_asks_its_reason_and_keeps_it(ana: Ana, to: str, asks: str, named: str) -> None:
    goal = begun(ana)
    page = ana.reads(f"{goal}become/{to}/")
    assert asks in page
    assert "you need not say" in page
    ana.sends(f"{goal}become/{to}/", {"reason": "It was my brother's goal."})
    assert f"{named} March 3, 2026 “It was my brother&#x27;s goal.”" in ana.reads(goal)
    assert rows() == [(to, None)]


def test_letting_go_has_reasons_to_choose_from(ana: Ana) -> None:
    goal = begun(ana)
    ana.sends(f"{goal}become/let-go/", {"because": "not-mine", "reason": ""})
    assert "It was not really mine" in ana.reads(goal)
    page = ana.reads("/me/goals/")
    assert "Let go, and met" in page
    assert "Let go, March 3" in page


def test_reworded_the_old_words_stand_beside_the_reason(ana: Ana) -> None:
    goal = begun(ana)
    ana.sends(f"{goal}change/", {**WORDS, "statement": "Speak twice", "reason": "Too easy."})
    page = ana.reads(goal)
    assert "Reworded March 3, 2026 Before: Speak once in each weekly meeting “Too easy.”" in page


def test_split_its_parts_are_to_come_and_name_it(ana: Ana) -> None:
    goal = begun(ana)
    parts = {"part_1": "Greet one person", "part_2": "Ask one question", "reason": "Two in one."}
    ana.sends(f"{goal}split/", parts)
    page = ana.reads("/me/goals/")
    assert "Greet one person" in page
    assert "Split into smaller ones, March 3" in page
    old = ana.reads(goal)
    assert "After it came:" in old
    with looking():
        child = Goal.objects.filter(after=id_of(goal)).first()
    assert child is not None
    assert "It came from Speak once in each weekly meeting" in ana.reads(f"/me/goals/{child.pk}/")


def test_one_part_splits_nothing(ana: Ana) -> None:
    goal = begun(ana)
    answer = ana.sends(f"{goal}split/", {"part_1": "Greet one person", "reason": ""})
    assert answer.status_code == 422
    assert "two or three smaller goals" in answer.content.decode()


def test_replaced_and_taken_up_anew(ana: Ana) -> None:
    """Walking takes the place of the gym | later the gym is taken up anew, as a new goal."""
    goal = begun(ana)
    ana.sends(f"{goal}replace/", {"statement": "Walk after work", "reason": "Mine."})
    assert "Replaced by another one" in ana.reads(goal)
    again = ana.sends(f"{goal}again/")["Location"]
    assert "It came from" in ana.reads(again)
    assert rows() == [("draft", None), ("draft", None), ("let-go", None)]


def test_what_is_not_over_is_not_taken_up_anew(ana: Ana) -> None:
    goal = begun(ana)
    assert ana.sends(f"{goal}again/")["Location"] == goal
    assert len(rows()) == 1


def test_a_step_that_is_none_is_not_there(ana: Ana) -> None:
    goal = begun(ana)
    assert ana.opens(f"{goal}become/famous/").status_code == 404
    assert ana.opens(f"{goal}become/agreed/").status_code == 404


def test_a_removed_one_is_gone(ana: Ana) -> None:
    goal = begun(ana)
    ana.sends(f"{goal}remove/")
    assert ana.opens(goal).status_code == 404


# Sharing, and agreed by both


def shares(ana: Ana, goal: str) -> Share:
    page = ana.opens(f"/me/shared/goal/{id_of(goal)}/").content.decode()
    seen = re.search(r'name="seen" value="(\w+)"', page)
    assert seen is not None
    ana.sends(f"/me/shared/goal/{id_of(goal)}/", {"seen": seen[1]})
    with looking():
        return Share.objects.get(thing=id_of(goal), ended_at=None)


def test_it_is_talked_about_agreed_to_and_begins(ana: Ana) -> None:
    goal = written(ana)
    ana.sends(f"{goal}become/proposed/", {"reason": ""})
    assert "Nobody reads it until you share it." in ana.reads(goal)
    shared = shares(ana, goal)
    agree(ana.patient, share=shared.pk, by=ana.cast.viewer("ben"), at=ana.clock.at)
    assert "Ben agreed to it. You can begin when you like." in ana.reads(goal)
    assert "A goal of yours was agreed to" in ana.reads("/me/")
    ana.sends(f"{goal}become/active/", {"reason": ""})
    assert "agreed with Ben" in ana.reads("/me/goals/")


def test_changed_after_it_was_agreed_to_the_page_says_so(ana: Ana) -> None:
    goal = begun(ana)
    agree(ana.patient, share=shares(ana, goal).pk, by=ana.cast.viewer("ben"), at=ana.clock.at)
    ana.sends(f"{goal}levels/", {**FIVE, "level_0": "I speak twice.", "reason": ""})
    page = ana.reads(goal)
    assert "You changed it after it was agreed." in page
    assert "Your care team sees it as it was" in page
    assert "agreed with Ben" not in page
    ana.sends(f"{goal}become/active/", {"reason": ""})
    assert rows() == [("active", 1)]


def test_a_clinicians_view_stands_beside_hers_and_changes_nothing(ana: Ana) -> None:
    goal = begun(ana)
    ana.sends(f"{goal}rate/", {"number": "4", "level": "-1"})
    shared, ben = shares(ana, goal), ana.cast.viewer("ben")
    view(ana.patient, share=shared.pk, rated=Rated(6, 1), by=ben, at=ana.clock.at)
    page = ana.reads(goal)
    assert "Ben sees it so, March 3: More than I hoped for, 6 of 10." in page
    assert "You said 4 of 10 on March 3." in page


# Best made together


def test_a_goal_about_weight_is_made_together_and_gets_no_hint(ana: Ana) -> None:
    goal = written(ana, statement="Lose ten pounds", matters="")
    page = ana.reads(goal)
    assert "Best made together" in page
    assert "Goals about weight or food go best with someone beside you." in page
    assert "What could make it easier to keep" not in page
    preview = ana.reads(f"/me/shared/goal/{id_of(goal)}/")
    assert "To look at together: weight or food" in preview


def test_no_number_cheers_on_what_is_made_together(ana: Ana) -> None:
    goal = begun(ana, statement="Lose ten pounds")
    ana.sends(f"{goal}rate/", {"number": "4", "level": "2"})
    assert "Your goals together" not in ana.reads("/me/goals/")


# Today


def test_a_rating_is_offered_quietly_after_a_week_and_not_before(ana: Ana) -> None:
    goal = begun(ana)
    ana.sends(f"{goal}rate/", {"number": "4"})
    assert "A goal of yours, if you like" not in ana.reads("/me/")
    ana.clock.goes_on(days=7)
    ana.signs_in()
    page = ana.reads("/me/")
    assert "A goal of yours, if you like" in page
    assert "overdue" not in page.lower()


def test_nothing_is_asked_while_a_concern_is_fresh(ana: Ana) -> None:
    begun(ana)
    assert "A goal of yours, if you like" in ana.reads("/me/")
    ana.sends("/me/hard/tell/", {"words": "Please call me."})
    assert "A goal of yours, if you like" not in ana.reads("/me/")


# Problems


def test_a_problem_is_rated_and_put_aside(ana: Ana) -> None:
    given = {"words": "I cannot fall asleep.", "low": "I sleep", "high": "I lie there"}
    problem = ana.sends("/me/problems/new/", given)["Location"]
    page = ana.reads(problem)
    assert "0: I sleep 10: I lie there" in page
    ana.sends(problem, {"number": "8"})
    assert "8 of 10 on March 3" in ana.reads("/me/goals/")
    ana.clock.goes_on(days=1)
    ana.signs_in()
    assert "the next time is from March 10 on" in ana.reads(problem)
    assert ana.sends(problem, {"number": "7"}).status_code == 422
    ana.sends(f"{problem}aside/", {"aside": "yes"})
    assert "It is put aside." in ana.reads(problem)
    ana.sends(f"{problem}aside/", {"aside": "no"})
    assert "It is put aside." not in ana.reads(problem)
    ana.sends(f"{problem}remove/")
    assert ana.opens(problem).status_code == 404


@pytest.mark.parametrize("given", [{"low": ""}, {"words": " "}, {"words": "x" * 501}])
def test_a_problem_needs_words(ana: Ana, given: dict[str, str]) -> None:
    assert ana.sends("/me/problems/new/", given).status_code == 422
    with looking():
        assert not Problem.objects.exists()


def test_a_problem_is_shared_with_its_last_number(ana: Ana) -> None:
    problem: Any = ana.sends("/me/problems/new/", {"words": "I cannot fall asleep."})["Location"]
    ana.sends(problem, {"number": "8"})
    preview = ana.reads(f"/me/shared/problem/{id_of(problem)}/")
    assert "I cannot fall asleep." in preview
    assert "8 of 10 (0: No trouble at all; 10: As bad as it can be), March 3, 2026" in preview
