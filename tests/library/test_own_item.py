"""A client's own item: what its words must hold, told field by field."""

from dataclasses import replace

import pytest

from waymark.library.instrument import Better
from waymark.library.item import Kind
from waymark.library.own_item import (
    ALIKE,
    EMPTY,
    LONGEST,
    NOT_HERE,
    ONE_LINE,
    TOO_LONG,
    OwnItem,
    faults_of,
)

CELLO = OwnItem(
    id="own-1",
    version=1,
    words="How much did I want to play the cello?",
    low="Not at all",
    high="All day",
    better=Better.HIGHER,
)


def test_a_whole_one_has_no_faults_and_is_answered_like_any_number() -> None:
    assert faults_of(CELLO) == ()
    assert (CELLO.kind, CELLO.steps) == (Kind.NUMBER, ("Not at all", "All day"))
    assert (CELLO.no_occasion, CELLO.occasional, CELLO.judged) == ("", False, True)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"words": "  "}, [("words", EMPTY)]),
        ({"low": ""}, [("low", EMPTY)]),
        ({"high": " ", "low": ""}, [("low", EMPTY), ("high", EMPTY)]),
        ({"words": "One\ntwo?"}, [("words", ONE_LINE)]),
        ({"words": "x" * (LONGEST["words"] + 1)}, [("words", TOO_LONG)]),
        ({"high": "x" * (LONGEST["high"] + 1)}, [("high", TOO_LONG)]),
        ({"high": "not  at ALL"}, [("high", ALIKE)]),
        ({"words": "How much did I want to hurt myself?"}, [("words", NOT_HERE)]),
        ({"high": "Suicidal"}, [("words", NOT_HERE)]),
    ],
)
def test_what_has_to_be_mended_is_named(
    change: dict[str, str], told: list[tuple[str, str]]
) -> None:
    found = faults_of(replace(CELLO, **change))
    assert [(fault.field, fault.remedy) for fault in found] == told
    assert all(str(fault) == f"{fault.field}: {fault.remedy}" for fault in found)


@pytest.mark.parametrize("field", LONGEST)
def test_the_longest_words_fit(field: str) -> None:
    assert faults_of(replace(CELLO, **{field: f" {'x' * LONGEST[field]} "})) == ()
