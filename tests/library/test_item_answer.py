"""Answers to items: not answered, no occasion and 0 stay three things, there and back."""

from string import printable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waymark.library.answers import BadAnswer
from waymark.library.item import TOP, CheckInItem, Kind
from waymark.library.item_answer import (
    LONGEST_SKILL,
    MOST_HELP,
    NO_OCCASION,
    NOT_ANSWERED,
    ItemAnswer,
    State,
    Used,
    answered,
    asked,
    from_stored,
    kept,
    label_of,
    of_skills,
    read,
    stored,
    ticked,
)
from waymark.library.items import ITEMS

DURATION, INTENSITY, SKILLS = (
    ITEMS[id] for id in ("react-duration", "react-intensity", "coping-use")
)
every_item = st.sampled_from(list(ITEMS.values()))
skill_names = (
    st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1, max_size=LONGEST_SKILL)
    .map(str.strip)
    .filter(bool)
)
skills = st.lists(st.builds(Used, skill_names, st.none() | st.integers(0, MOST_HELP)), max_size=4)


def answers(item: CheckInItem) -> st.SearchStrategy[ItemAnswer]:
    """Every answer that the item takes."""
    values = (
        skills.map(of_skills)
        if item.kind is Kind.SKILLS
        else st.integers(0, TOP[item.kind]).map(answered)
    )
    third = st.just(NO_OCCASION) if item.no_occasion else st.nothing()
    return st.just(NOT_ANSWERED) | third | values


both = every_item.flatmap(lambda item: st.tuples(st.just(item), answers(item)))


@given(both)
def test_what_is_stored_comes_back_the_same(pair: tuple[CheckInItem, ItemAnswer]) -> None:
    item, answer = pair
    text = stored(answer, kind=item.kind)
    assert from_stored(item, text) == answer
    assert read(item, f" {text}\n") == answer


@given(both, both)
def test_two_answers_are_stored_as_two_texts(
    one: tuple[CheckInItem, ItemAnswer], other: tuple[CheckInItem, ItemAnswer]
) -> None:
    if one[0] is other[0]:
        texts = {stored(answer, kind=item.kind) for item, answer in (one, other)}
        assert len(texts) == len({one[1], other[1]})


@given(every_item, st.text() | st.text(printable) | st.from_regex(r"\[.*\]"))
def test_any_text_is_an_answer_or_refused_by_name(item: CheckInItem, text: str) -> None:
    told: BadAnswer | None = None
    try:
        answer = read(item, text)
    except BadAnswer as refused:
        told = refused
    if told is None:
        assert from_stored(item, stored(answer, kind=item.kind)) == answer
    else:
        assert told.item == item.id
        assert told.remedy.endswith(".")


@pytest.mark.parametrize(
    ("id", "text", "answer"),
    [
        ("mood", None, NOT_ANSWERED),
        ("mood", "", NOT_ANSWERED),
        ("mood", "  ", NOT_ANSWERED),
        ("mood", "0", answered(0)),
        ("mood", " 10 ", answered(10)),
        ("pause", "Yes", answered(1)),
        ("pause", "no", answered(0)),
        ("pause", "0", answered(0)),
        ("pause", "No-Occasion", NO_OCCASION),
        ("react-duration", "no-occasion", NO_OCCASION),
        ("react-duration", "5", answered(5)),
        ("handled-vs-month", "4", answered(4)),
        ("coping-use", "", NOT_ANSWERED),
        ("coping-use", "[]", of_skills([])),
        ("coping-use", '[["a walk", 3], ["music", null]]',
         of_skills([Used("a walk", 3), Used("music")])),
    ],
)  # fmt: skip
def test_what_a_form_says(id: str, text: str | None, answer: ItemAnswer) -> None:
    assert read(ITEMS[id], text) == answer


@pytest.mark.parametrize(
    ("id", "text", "remedy"),
    [
        ("mood", "11", "'11' is not one of its answers. Give a whole number from 0 to 10, or"),
        ("mood", "-1", "whole number from 0 to 10"),
        ("mood", "5.0", "whole number from 0 to 10"),
        ("mood", "05", "whole number from 0 to 10"),
        ("mood", "\u0665", "whole number from 0 to 10"),
        ("mood", "yes", "whole number from 0 to 10"),
        ("mood", "no-occasion", "it always has an occasion"),
        ("pause", "2", "Give yes or no, no-occasion, or leave it unanswered."),
        ("self-kind", "5", "whole number from 0 to 4, or leave"),
        ("coping-use", "a walk", "is no list of skills"),
        ("coping-use", "no-occasion", "it always has an occasion"),
        ("coping-use", "{}", "is no list of skills"),
        ("coping-use", '["a walk"]', "is no list of skills"),
        ("coping-use", '[["a walk", 3, 4]]', "is no list of skills"),
        ("coping-use", '[["a walk", true]]', "is no list of skills"),
        ("coping-use", "[[1, 1]]", "is no list of skills"),
        ("coping-use", "[" * 100_000, "is no list of skills"),
        ("coping-use", '[["a walk", 5]]', "'5' does not say how much 'a walk' helped"),
        ("coping-use", '[["", 1]]', "does not name a skill"),
        ("coping-use", '[["a\\nwalk", 1]]', "does not name a skill"),
        ("coping-use", '[["\\ud800", 1]]', "does not name a skill"),
        ("coping-use", f'[["{"x" * 81}", 1]]', "80 signs at most"),
    ],
)
def test_what_is_refused_says_the_item_and_what_to_do(id: str, text: str, remedy: str) -> None:
    with pytest.raises(BadAnswer) as refused:
        read(ITEMS[id], text)
    assert refused.value.item == id
    assert remedy in refused.value.remedy


@pytest.mark.parametrize(("id", "text"), [("mood", " 5"), ("pause", "yes"), ("coping-use", "[ ]")])
def test_a_stored_text_is_exact(id: str, text: str) -> None:
    with pytest.raises(BadAnswer, match="not as it is stored"):
        from_stored(ITEMS[id], text)


def test_an_export_keeps_the_three_apart() -> None:
    """C07: 0, no occasion and nothing are three texts."""
    texts = [stored(one, kind=Kind.DURATION) for one in (answered(0), NO_OCCASION, NOT_ANSWERED)]
    assert texts == ["0", "no-occasion", ""]


@pytest.mark.parametrize(
    ("state", "value", "used"),
    [
        (State.NOT_ANSWERED, 0, ()),
        (State.NO_OCCASION, 0, ()),
        (State.ANSWERED, None, ()),
        (State.ANSWERED, 0, (Used("a walk"),)),
    ],
)
def test_an_answer_that_says_two_things_cannot_be_made(
    state: State, value: int | None, used: tuple[Used, ...]
) -> None:
    with pytest.raises(ValueError, match="value"):
        ItemAnswer(state, value, used)


# Skills as boxes


def test_boxes_and_how_much_each_helped() -> None:
    found = ticked(SKILLS, ["a walk", "music", "a walk"], helped={"a walk": "3"}, sent=True)
    assert found == of_skills([Used("a walk", 3), Used("music")])
    assert label_of(SKILLS, found) == "a walk, music"
    assert [one.helped for one in found.used] == ["Quite a lot", ""]


def test_no_box_is_an_answer_only_where_the_question_was_answered() -> None:
    assert ticked(SKILLS, [], helped={}, sent=True) == of_skills([])
    assert ticked(SKILLS, [], helped={}, sent=False) is NOT_ANSWERED
    assert label_of(SKILLS, of_skills([])) == "Nothing this time"


def test_help_that_is_no_number_is_refused() -> None:
    with pytest.raises(BadAnswer, match=r"coping-use: 'lots' does not say how much 'a walk'"):
        ticked(SKILLS, ["a walk"], helped={"a walk": "lots"}, sent=True)


# Read back, and what follows


def test_an_answer_is_read_back_in_its_words() -> None:
    assert label_of(DURATION, answered(1)) == "Under an hour"
    assert label_of(DURATION, NO_OCCASION) == "Nothing upset me"
    assert label_of(DURATION, NOT_ANSWERED) == ""


@pytest.mark.parametrize(
    ("upset", "follows"),
    [(answered(0), True), (answered(5), True), (NO_OCCASION, False), (NOT_ANSWERED, False)],
)
def test_how_strong_is_asked_after_an_upset_alone(upset: ItemAnswer, follows: bool) -> None:
    given = {DURATION.id: upset, INTENSITY.id: answered(6)}
    assert asked(INTENSITY, given) is follows
    assert asked(DURATION, {})
    standing = kept([DURATION, INTENSITY, SKILLS], given)
    assert standing[INTENSITY.id] == (answered(6) if follows else NOT_ANSWERED)
    assert standing[SKILLS.id] is NOT_ANSWERED


def test_without_the_answer_before_nothing_follows() -> None:
    assert not asked(INTENSITY, {})
