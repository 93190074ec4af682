"""Phrases of danger: what is heard, what is left alone, and a rule that a script can follow."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waymark.library.danger import (
    DROPPED,
    HELD_BACK_AFTER,
    HELD_BACK_BEFORE,
    PHRASES,
    SAME,
    as_read,
    speaks_of_danger,
)
from waymark.library.word import words_of

WRITTEN = tomllib.loads((Path(__file__).parent / "danger.toml").read_text())
SILENT = [(why, text) for why, texts in WRITTEN["silent"].items() for text in texts]


def test_there_is_enough_to_try() -> None:
    assert len(WRITTEN["fires"]) >= 20
    assert len(SILENT) >= 40
    assert set(WRITTEN["silent"]) == {
        *("bereavement", "song_or_story", "past", "negation", "said_lightly", "third_person"),
        "questions_about_others",
    }


@pytest.mark.parametrize("text", WRITTEN["fires"])
def test_it_is_heard(text: str) -> None:
    assert speaks_of_danger(text)
    assert speaks_of_danger(f"Today was long.\n\n{text}\n\nI will go to bed now.")


@pytest.mark.parametrize(("why", "text"), SILENT)
def test_it_is_left_alone(why: str, text: str) -> None:
    assert not speaks_of_danger(text)


def test_the_phrases_are_few_and_in_the_first_person() -> None:
    assert 20 <= len(PHRASES) <= 25
    assert len(set(PHRASES)) == len(PHRASES)
    assert all(phrase.startswith("i ") for phrase in PHRASES)


@pytest.mark.parametrize("phrase", PHRASES)
def test_every_phrase_is_heard_as_it_stands(phrase: str) -> None:
    """A phrase that its own reading changes would never be found."""
    assert as_read(phrase) == f" {phrase} "
    assert speaks_of_danger(phrase)
    assert not any(phrase in other for other in PHRASES if other != phrase)


@pytest.mark.parametrize("words", [*HELD_BACK_AFTER, *HELD_BACK_BEFORE])
def test_what_holds_back_is_found_in_a_text_as_it_is_read(words: str) -> None:
    assert as_read(words) == words


@pytest.mark.parametrize("words", HELD_BACK_AFTER)
def test_it_is_held_back_by_what_stands_before(words: str) -> None:
    assert not speaks_of_danger(f"Well, {words} I want to die.")
    assert speaks_of_danger(f"Well, {words} not much. I want to die.")
    assert speaks_of_danger(f"{words} I want to die. And I want to die.")


@pytest.mark.parametrize("words", HELD_BACK_BEFORE)
def test_it_is_held_back_by_what_stands_behind(words: str) -> None:
    assert not speaks_of_danger(f"I want to die {words} x")
    assert speaks_of_danger(f"I want to die x {words}")
    assert speaks_of_danger(f"I want to die {words}, yes, I want to die")


def test_words_are_whole() -> None:
    assert not speaks_of_danger("Hi want to diet")
    assert not speaks_of_danger("I want to diet")
    assert not speaks_of_danger("mi want to die")


def test_the_data_is_what_a_script_can_follow() -> None:
    """Letters a to z and straight apostrophes: what folds otherwise in a browser plays no part."""
    held = [*PHRASES, *SAME, *SAME.values(), *DROPPED, *HELD_BACK_AFTER, *HELD_BACK_BEFORE]
    assert all(set(words) <= set("abcdefghijklmnopqrstuvwxyz' ") for words in held)
    assert all(words_of(word) == [word] for word in [*SAME, *DROPPED])
    assert not set(SAME) & DROPPED
    assert not {word for words in SAME.values() for word in words.split()} & (DROPPED | set(SAME))


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    assert speaks_of_danger(text) in (True, False)
    assert as_read(text) == as_read(as_read(text))


marks = st.characters(
    categories=["P", "Zs", "Zl", "Zp", "Cc"], exclude_characters="'\u2018\u2019\u201b"
)


@given(st.text(marks, min_size=1))
def test_marks_spaces_and_breaks_between_words_are_no_matter(between: str) -> None:
    assert speaks_of_danger(f"I{between}want{between}to{between}die")
