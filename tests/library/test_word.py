"""How a person's own words are read by a rule."""

import pytest

from waymark.library.word import content_words, folded, words_of


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
