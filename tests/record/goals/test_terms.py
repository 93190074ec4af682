"""The terms of a goal: kept as they were said, and told by field where they cannot be."""

from dataclasses import replace
from typing import Any

import pytest

from tests.record.goals.setting import DRAFT, LEVELS, SPEAK, WALK
from waymark.library.goal import Counted, GoalMeasure
from waymark.library.sensitive_goal import Sensitive
from waymark.record.goals.review import named, to_review
from waymark.record.goals.terms import Terms, checked, read, same_goal
from waymark.record.tenancy.action import Invalid

LINE = "x" * 501


@pytest.mark.parametrize("terms", [SPEAK, WALK])
def test_they_are_stored_as_they_were_and_read_as_they_were(terms: Terms) -> None:
    assert read(terms.body) == terms
    assert checked(terms) == terms


def test_spaces_and_levels_without_words_are_left_out() -> None:
    messy = replace(
        SPEAK,
        draft=replace(DRAFT, statement=" So. ", plan="\n"),
        levels={0: " Once. ", 1: "  "},
        ends=(" a ", ""),
    )
    clean = checked(messy)
    assert (clean.draft.statement, clean.draft.plan) == ("So.", "")
    assert (clean.levels, clean.ends, clean.scaled) == ({0: "Once."}, ("a", ""), False)


WRONG: dict[str, Terms] = {
    "statement": Terms(replace(DRAFT, statement=" ")),
    "statement ": Terms(replace(DRAFT, statement="x" * 301)),
    "confidence": Terms(replace(DRAFT, confidence=11)),
    "confidence ": Terms(replace(DRAFT, confidence=-1)),
    "matters": Terms(replace(DRAFT, matters=LINE)),
    "first_step": Terms(replace(DRAFT, first_step=LINE)),
    "obstacle": Terms(replace(DRAFT, obstacle=LINE)),
    "plan": Terms(replace(DRAFT, plan=LINE)),
    "unit": Terms(replace(DRAFT, measure=GoalMeasure(Counted.COUNT, "x" * 61))),
    "level_0": Terms(DRAFT, {0: LINE}),
    "start": Terms(DRAFT, LEVELS, start=0),
    "start ": Terms(DRAFT, {3: "More than much."}),
    "ends": Terms(DRAFT, ends=("x" * 61, "")),
}


@pytest.mark.parametrize("field", WRONG)
def test_what_cannot_be_kept_names_its_field(field: str) -> None:
    with pytest.raises(Invalid) as refused:
        checked(WRONG[field])
    assert refused.value.field == field.strip()


def test_what_is_too_long_says_by_how_much() -> None:
    with pytest.raises(Invalid, match="by 2 characters"):
        checked(Terms(replace(DRAFT, statement="x" * 302)))


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (replace(SPEAK, draft=replace(DRAFT, plan="", due_on=None, confidence=0)), True),
        (replace(SPEAK, draft=replace(DRAFT, statement="Speak twice")), False),
        (replace(SPEAK, levels={**LEVELS, 1: "I speak four times."}), False),
        (replace(SPEAK, start=-1), False),
    ],
)
def test_it_is_the_same_goal_while_its_words_and_levels_are(other: Terms, same: bool) -> None:
    assert same_goal(SPEAK, other) is same


# Made together with a clinician


def said(**parts: Any) -> Terms:
    return replace(SPEAK, draft=replace(DRAFT, **parts))


@pytest.mark.parametrize(
    ("terms", "kinds"),
    [
        (SPEAK, ()),
        (said(statement="Lose ten pounds by May"), (Sensitive.WEIGHT,)),
        (said(first_step="Stop taking my sertraline"), (Sensitive.MEDICATION,)),
        (said(measure=GoalMeasure(Counted.COUNT, "calories a day")), (Sensitive.WEIGHT,)),
        (replace(SPEAK, levels={**LEVELS, 0: "Cut myself once a week"}), (Sensitive.SELF_HARM,)),
    ],
)
def test_some_are_found_by_what_one_means_to_do(terms: Terms, kinds: tuple[Sensitive, ...]) -> None:
    assert to_review(terms) == kinds


def test_a_plan_for_a_hard_moment_is_no_goal_to_review() -> None:
    assert to_review(said(obstacle="I want to hurt myself", plan="I call Mira.")) == ()


def test_several_are_named_in_one_line() -> None:
    found = to_review(said(statement="Lose ten pounds", first_step="Stop taking my sertraline"))
    assert named(found) == "weight or food, a change of medicine"
