"""Searching one's own words: found however they were typed, and marked where they stand (C17)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waymark.library.folding import fold, holds, places, sought

COMPOSED, DECOMPOSED = "vid\u00e9o", "vide\u0301o"
ENTRIES = {
    "composed": f"I made a {COMPOSED}.",
    "decomposed": f"I made a {DECOMPOSED}.",
    "greek": "Λέξεις",
    "turkish": "In İstanbul, once.",
    "diaeresis": "How naïve!",
    "sharp s": "Down the Straße.",
    "japanese": "きょうは日本語",
}
FINDS = {
    "video": {"composed", "decomposed"},
    COMPOSED: {"composed", "decomposed"},
    DECOMPOSED: {"composed", "decomposed"},
    "λεξεις": {"greek"},
    "ΛΕΞΕΙΣ": {"greek"},
    "istanbul": {"turkish"},
    "NAIVE": {"diaeresis"},
    "strasse": {"sharp s"},
    "本": {"japanese"},
    "made video": {"composed", "decomposed"},
    "made istanbul": set(),
    "ide": {"composed", "decomposed"},
}


@pytest.mark.parametrize("query", FINDS)
def test_what_was_meant_is_found(query: str) -> None:
    words = sought(query)
    assert words
    assert {name for name, text in ENTRIES.items() if holds(fold(text), words)} == FINDS[query]


MARKED = [
    (COMPOSED, "video", [COMPOSED]),
    (f"a {DECOMPOSED}s", "video", [DECOMPOSED]),
    (f"a {DECOMPOSED[:5]}, so", "vide", [DECOMPOSED[:5]]),
    ("Straße, strasse", "strasse", ["Straße", "strasse"]),
    ("Straße", "ras", ["raß"]),
    ("aaaa", "aa", ["aaaa"]),
    ("one two one", "one two", ["one", "two", "one"]),
    ("nothing here", "so", []),
]


@pytest.mark.parametrize(("text", "query", "marked"), MARKED)
def test_the_right_letters_are_marked(text: str, query: str, marked: list[str]) -> None:
    assert [text[start:end] for start, end in places(text, sought(query))] == marked


@pytest.mark.parametrize("query", ["", "  ", "a", "a b", "\u0301"])
def test_there_may_be_nothing_to_look_for(query: str) -> None:
    assert sought(query) == ()
    assert places("a b", [query.strip()] if query.strip() == "\u0301" else []) == []


def test_a_word_is_looked_for_once() -> None:
    assert sought("Tea tea TEA milk") == ("tea", "milk")


@given(st.text(), st.text(min_size=1, max_size=5))
def test_what_is_marked_is_what_was_sought(text: str, word: str) -> None:
    marks = places(text, [word])
    assert marks == sorted(marks)
    assert all(0 <= start < end <= len(text) for start, end in marks)
    assert bool(marks) == bool(fold(word) and fold(word) in fold(text))
    assert all(fold(word)[0] in fold(text[start:end]) for start, end in marks)
