"""No placeholder stands where somebody reads: definitions and pages hold words that are true."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest

from waymark.library.instruments import INSTRUMENTS
from waymark.library.lines import LINES

PLACEHOLDER = re.compile(
    r"to be (checked|confirmed|done|decided|written)|\btbd\b|\btba\b|\btodo\b|\bfixme\b|lorem ipsum"
    r"|\bxxx\b|not known yet|check at ",
    re.IGNORECASE,
)
# For those who look after the definitions, and shown to staff as what they are.
FOR_THE_HOUSE = {"source", "sources", "compared", "note_for_review"}
PAGES = sorted(Path("src/waymark/interfaces").rglob("*.html"))


def words_of(thing: Any, where: str) -> Iterator[tuple[str, str]]:
    """Every string of a definition, with the field that holds it."""
    if isinstance(thing, str):
        yield where, thing
    elif is_dataclass(thing):
        for one in fields(thing):
            if one.name not in FOR_THE_HOUSE:
                yield from words_of(getattr(thing, one.name), f"{where}.{one.name}")
    elif isinstance(thing, tuple):
        for each in thing:
            yield from words_of(each, where)


@pytest.mark.parametrize("shelf", [LINES, INSTRUMENTS], ids=["lines", "instruments"])
def test_no_definition_holds_a_placeholder(shelf: dict[str, Any]) -> None:
    held = [place for id, thing in shelf.items() for place in words_of(thing, id)]
    assert len(held) > len(shelf)
    assert [where for where, text in held if PLACEHOLDER.search(text)] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_page_holds_a_placeholder(page: Path) -> None:
    assert not PLACEHOLDER.search(page.read_text())


@pytest.mark.parametrize("words", ["To be checked", "Hours TBD", "TODO", "Check at rainn.org"])
def test_what_a_placeholder_looks_like(words: str) -> None:
    assert PLACEHOLDER.search(words)


def test_a_line_that_clients_see_without_anybody_confirming_it_says_when_it_answers() -> None:
    assert [one.id for one in LINES.values() if one.verified_on and not one.hours] == []
