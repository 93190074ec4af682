"""Thought records: columns, ratings, hints that never stand in the way, and what may be offered."""

from dataclasses import replace
from datetime import date

import pytest

from waymark.library.answers import BadAnswer
from waymark.library.earlier_thought import Kept, to_offer
from waymark.library.thought_hints import hints, is_feeling, is_question
from waymark.library.thought_record import (
    BELIEF_ENDS,
    COLUMNS,
    FEELING_ENDS,
    FeelingRated,
    Thought,
    ThoughtRecord,
    rating,
)

RECORD = ThoughtRecord(
    situation="My boss sent a short email after the meeting",
    feelings=(FeelingRated("Scared", 70, 40), FeelingRated("Sad", 30)),
    thoughts=(
        Thought("She must be cross with me", 50),
        Thought("I will lose my job", 80, 45, hot=True),
    ),
    evidence_for=("The email had four words", "A colleague was let go in May"),
    evidence_against=("She thanked me on Monday", "Her emails to all of us are short"),
    balanced="Her email was short, and she thanked me on Monday; others were let go, I was not.",
    belief=70,
    traps=frozenset({"fortune-telling", "mind-reading"}),
)


def told(record: ThoughtRecord) -> list[str]:
    return [hint.id for hint in hints(record)]


# Columns and ratings


def test_the_columns_in_their_order() -> None:
    assert [column.id for column in COLUMNS] == [
        *("situation", "feelings", "thoughts", "evidence_for", "evidence_against", "balanced"),
        *("after", "next_step", "traps"),
    ]
    assert {column.id for column in COLUMNS if column.optional} == {"next_step", "traps"}
    assert all(column.title.endswith("?") and column.ask for column in COLUMNS)


def test_both_ends_of_every_rating_have_a_name() -> None:
    assert len({*BELIEF_ENDS, *FEELING_ENDS}) == 4
    assert all((*BELIEF_ENDS, *FEELING_ENDS))


@pytest.mark.parametrize(
    ("given", "value"), [(None, None), (" ", None), ("0", 0), (" 55 ", 55), ("100", 100)]
)
def test_a_rating_is_a_number_or_none(given: str | None, value: int | None) -> None:
    assert rating("belief", given) == value


@pytest.mark.parametrize("given", ["101", "-1", "50.5", "50%", "half", "\u0665"])
def test_what_is_no_rating_is_refused_by_its_field(given: str) -> None:
    with pytest.raises(BadAnswer, match="Give a whole number from 0 to 100, or leave") as refused:
        rating("belief", given)
    assert refused.value.item == "belief"


def test_the_hot_thought_is_the_marked_one_or_the_first() -> None:
    assert RECORD.hot is RECORD.thoughts[1]
    assert replace(RECORD, thoughts=RECORD.thoughts[:1]).hot is RECORD.thoughts[0]
    assert ThoughtRecord().hot is None


@pytest.mark.parametrize(
    ("before", "after", "fell"),
    [(80, 45, 35), (80, 80, 0), (40, 60, -20), (80, None, None), (None, 40, None)],
)
def test_how_far_belief_fell(before: int | None, after: int | None, fell: int | None) -> None:
    assert replace(RECORD, thoughts=(Thought("x", before, after),)).fell == fell


def test_without_a_thought_nothing_fell() -> None:
    assert ThoughtRecord().fell is None


# Hints


def test_a_whole_record_and_an_empty_one_need_no_hint() -> None:
    assert told(RECORD) == told(ThoughtRecord()) == []


@pytest.mark.parametrize(
    "words",
    [
        "What if I lose my job",
        "Why am I like this",
        "Will they laugh at me?",
        "Am I a bad mother",
        "But why me",
        "How come she never calls",
        "They do not like me, do they?",
    ],
)
def test_a_question_is_no_thought_yet(words: str) -> None:
    assert is_question(words)
    assert told(replace(RECORD, thoughts=(Thought(words, 50),))) == ["question"]


@pytest.mark.parametrize(
    "words",
    [
        "I feel so sad and scared",
        "Anxious",
        "I'm really angry",
        "a bit lonely, a bit ashamed",
        "I am hopeless and tired",
        "Just overwhelmed",
    ],
)
def test_a_feeling_is_no_thought(words: str) -> None:
    assert is_feeling(words)
    assert told(replace(RECORD, thoughts=(Thought(words, 50),))) == ["feeling"]


@pytest.mark.parametrize(
    "words",
    [
        "I will lose my job",
        "I feel like a failure",
        "I am a burden",
        "Nobody likes me when I am sad",
        "I feel that she is angry with me",
        "What I did was stupid",
        "Whatever I do goes wrong",
        "Is is all my fault, and I know it",
        "People who are anxious get left",
        "I'm lonely because nobody wants me",
        "I am",
        "",
    ],
)
def test_a_statement_is_a_thought(words: str) -> None:
    assert told(replace(RECORD, thoughts=(Thought(words, 50),))) == []


@pytest.mark.parametrize(
    ("line", "seen"),
    [
        ("I just know it", False),
        ("It feels true", False),
        ("Obviously she hates me", False),
        ("Everyone thinks so", False),
        ("I'm sure of it", False),
        ("I know her for ten years", False),  # a hint too many, and easy to pass by
        ("She did not say hello", True),
        ("The email had four words", True),
        ("My friends feel it too, they said so", True),
    ],
)
def test_evidence_is_what_could_be_seen(line: str, seen: bool) -> None:
    found = told(replace(RECORD, evidence_for=(*RECORD.evidence_for, line)))
    assert found == ([] if seen else ["seen"])


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"evidence_for": ()}, ["both-sides"]),
        ({"evidence_against": ("!",)}, ["both-sides"]),
        ({"balanced": "All will be fine"}, ["from-each"]),
        ({"balanced": "She thanked me on Monday"}, ["from-each"]),
        ({"balanced": " "}, []),
        ({"balanced": "All will be fine", "accurate": True}, []),
    ],
)
def test_a_balanced_thought_holds_both_sides(change: dict[str, str], found: list[str]) -> None:
    assert told(replace(RECORD, **change)) == found


def test_a_second_rating_needs_a_first_one() -> None:
    late = (FeelingRated("Sad", None, 20),)
    assert told(replace(RECORD, feelings=late)) == ["no-first"]
    assert told(replace(RECORD, thoughts=(Thought("I will lose my job", None, 0),))) == ["no-first"]
    assert told(replace(RECORD, feelings=(FeelingRated("Sad", 0, 20),))) == []  # 0 is a first one


@pytest.mark.parametrize("after", [0, 70, 100])
def test_no_change_and_a_rise_are_entries_like_any_other(after: int) -> None:
    assert told(replace(RECORD, feelings=(FeelingRated("Scared", 70, after),))) == []
    assert told(replace(RECORD, thoughts=(Thought("I will lose my job", 70, after),))) == []


def test_each_hint_is_given_once() -> None:
    asked = (Thought("Why me?"), Thought("Why now?"))
    assert told(replace(RECORD, thoughts=asked)) == ["question"]


# What may be offered

EARLIER = Kept("june", date(2027, 6, 1), RECORD, tags=frozenset({"work"}))
NOW = Kept(
    "now",
    date(2027, 9, 1),
    ThoughtRecord(
        situation="A short email from my boss again, on a Friday",
        thoughts=(Thought("I will lose my job", 85),),
        traps=frozenset({"fortune-telling"}),
    ),
    tags=frozenset({"work"}),
)


def changed(**of_record: object) -> Kept:
    return replace(EARLIER, record=replace(RECORD, **of_record))


def test_an_earlier_thought_that_fits_and_helped_is_offered() -> None:
    assert to_offer(NOW, earlier=[EARLIER]) is EARLIER


def test_two_words_are_enough_without_a_tag() -> None:
    """Email, boss, short, lose: more than two are shared."""
    assert to_offer(replace(NOW, tags=frozenset()), earlier=[EARLIER]) is EARLIER


def test_a_tag_is_enough_without_a_word() -> None:
    other = replace(NOW.record, situation="The bus was late", thoughts=(Thought("I always fail"),))
    assert to_offer(replace(NOW, record=other), earlier=[EARLIER]) is EARLIER


def test_one_word_is_not() -> None:
    other = replace(NOW.record, situation="No email", thoughts=(Thought("Nobody likes me"),))
    assert to_offer(replace(NOW, record=other, tags=frozenset()), earlier=[EARLIER]) is None


@pytest.mark.parametrize(
    "earlier",
    [
        replace(EARLIER, id="now"),
        replace(EARLIER, did_not_help=True),
        changed(accurate=True),
        changed(balanced=" "),
        changed(traps=frozenset({"labeling"})),
        changed(traps=frozenset()),
        changed(thoughts=(Thought("I will lose my job", 80, 61),)),
        changed(thoughts=(Thought("I will lose my job", 80),)),
        changed(thoughts=()),
    ],
)
def test_what_does_not_fit_or_did_not_help_is_not_offered(earlier: Kept) -> None:
    assert to_offer(NOW, earlier=[earlier]) is None


def test_a_fall_of_twenty_is_enough() -> None:
    fallen = changed(thoughts=(Thought("I will lose my job", 80, 60),))
    assert to_offer(NOW, earlier=[fallen]) is fallen


def test_beside_a_thought_that_is_accurate_nothing_is_offered() -> None:
    true = replace(NOW, record=replace(NOW.record, accurate=True))
    assert to_offer(true, earlier=[EARLIER]) is None


def test_one_at_most_and_the_one_that_shares_most() -> None:
    closer = replace(
        changed(situation="A short email from my boss, again on a Friday"), id="closer"
    )
    further = replace(changed(thoughts=(Thought("I will lose my job", 90, 20),)), id="further")
    later = replace(EARLIER, id="later", on=date(2027, 7, 1))
    assert to_offer(NOW, earlier=[EARLIER, further, closer]) is closer
    assert to_offer(NOW, earlier=[further, EARLIER, later]) is further
    assert to_offer(NOW, earlier=[later, EARLIER]) is later
    assert to_offer(NOW, earlier=[]) is None
