"""How a person's own words are read by a rule."""

import unicodedata

import pytest

from waymark.library.word import TOGETHER, compatible, content_words, folded, words_of


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("I\u2019m  HERE\n now", "i'm here now"),
        ("I\u00b4m", "i'm"),
        ("\uff29 \uff57\uff49\uff53\uff48", "i wish"),
        ("Stra\u00dfe, STRA\u1e9eE", "strasse, strasse"),
        ("", ""),
    ],
)
def test_what_is_the_same_is_written_one_way(text: str, read: str) -> None:
    assert folded(text) == read


def test_words_are_letters_and_digits_with_their_apostrophes() -> None:
    assert words_of("'It's'  half-past 10, d\u00e9j\u00e0 vu_x!") == [
        *("it's", "half", "past", "10", "d\u00e9j\u00e0", "vu", "x")
    ]


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("My boss's emails about the meetings", {"boss", "email", "meeting"}),
        ("I just know that they are all very", set()),
        ("2027 was bad", set()),
        ("stories and glasses", {"story", "glasse"}),
        ("His status, this chaos", {"status", "chao"}),
        ("ties lies", {"tie", "lie"}),
    ],
)
def test_what_a_text_is_about(text: str, about: set[str]) -> None:
    assert content_words(text) == about


def test_marks_without_end_are_not_put_in_order_all_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It takes time that grows with the square of them, and would hold every page meanwhile."""
    longest, normalize = [0], unicodedata.normalize

    def watched(form: str, text: str) -> str:
        longest.append(len(text))
        return normalize(form, text)

    monkeypatch.setattr(unicodedata, "normalize", watched)
    folded("a" + "\u0301" * 5_000 + "\u0327" * 5_000)
    assert max(longest) <= TOGETHER


@pytest.mark.parametrize(
    "text", ["Cafe\u0301  au\tlait \ufb01n", " a\u0327\u0301 ", "\u00b4 x", ""]
)
def test_word_by_word_is_as_good_as_at_once(text: str) -> None:
    assert compatible(text) == unicodedata.normalize("NFKC", text)
