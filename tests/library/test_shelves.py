"""Shelves find what stands in their folder; lines, practices and prompts are sound."""

import re
from datetime import date
from types import ModuleType
from typing import Any

import pytest

from waymark.library import lines as lines_package
from waymark.library.line import By, Channel, Line, shown_in
from waymark.library.lines import LINES
from waymark.library.practice import Practice
from waymark.library.practices import PRACTICES
from waymark.library.prompt import PromptFamily
from waymark.library.prompts import PROMPTS
from waymark.library.shelf import Shelf

SEEN = {
    *("us-911", "us-988", "us-crisis-text-line", "us-trevor", "us-trans-lifeline"),
    *("ca-911", "gb-999", "ie-112", "au-000", "nz-111", "eu-112"),
}


def test_a_shelf_is_a_mapping_by_id() -> None:
    assert LINES["us-988"].name == "988 Suicide & Crisis Lifeline"
    assert len(LINES) == len(list(LINES)) == len(set(LINES))
    assert "no-such-line" not in LINES


def test_two_definitions_with_one_id_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    twin: Any = ModuleType("twin")
    twin.COPY = Line("us-988", "US", "Twin", (), "", (), source="")
    real = Shelf.__init__.__globals__["import_module"]
    monkeypatch.setitem(
        Shelf.__init__.__globals__,
        "import_module",
        lambda name: twin if name.endswith(".au") else real(name),
    )
    with pytest.raises(ValueError, match="two definitions share the id 'us-988'"):
        Shelf(Line, lines_package.__name__)


def test_only_lines_whose_source_was_seen_are_shown() -> None:
    assert {id for id, line in LINES.items() if line.shown} == SEEN


@pytest.mark.parametrize("line", LINES.values(), ids=LINES)
def test_a_line_says_where_its_number_comes_from(line: Line) -> None:
    assert line.source
    assert line.channels
    assert line.languages
    assert line.verified_on in (None, date(2026, 11, 22))
    assert not line.shown or line.source.endswith("seen 2026-11-22")
    assert line.shown or line.source.startswith("Check at ")


def test_the_line_that_ended_is_not_listed() -> None:
    """988 'press 3' closed on 17 July 2025."""
    told = " ".join(line.note + line.name for line in LINES.values())
    told += " ".join(channel.words for line in LINES.values() for channel in line.channels)
    assert "press 3" not in told.lower()


def test_a_region_shows_its_verified_lines_with_danger_right_now_first() -> None:
    shown = shown_in("US", LINES.values())
    assert shown[0].id == "us-911"
    assert {line.id for line in shown} == {id for id in SEEN if id.startswith("us-")}
    assert shown_in("ES", LINES.values()) == ()


@pytest.mark.parametrize(
    ("channel", "href"),
    [
        (Channel(By.CALL, "1-866-488-7386"), "tel:18664887386"),
        (Channel(By.CALL, "116 123"), "tel:116123"),
        (Channel(By.TEXT, "678-678", words="START"), "sms:678678"),
        (Channel(By.CHAT, "988lifeline.org"), "https://988lifeline.org"),
    ],
)
def test_a_channel_opens_on_a_phone(channel: Channel, href: str) -> None:
    assert channel.href == href


@pytest.mark.parametrize("practice", PRACTICES.values(), ids=PRACTICES)
def test_a_practice_is_made_of_timed_steps_and_says_when_not_to_use_it(
    practice: Practice,
) -> None:
    assert practice.seconds == sum(step.seconds for step in practice.steps)
    assert all(step.seconds > 0 and step.words for step in practice.steps)
    assert all((practice.title, practice.about, practice.when_not, practice.source))


def test_stop_takes_between_a_minute_and_a_minute_and_a_half() -> None:
    assert 60 <= PRACTICES["stop"].seconds <= 90
    assert [step.name for step in PRACTICES["stop"].steps] == [
        *("Stop", "Take a breath", "Observe", "Proceed")
    ]


@pytest.mark.parametrize("family", PROMPTS.values(), ids=PROMPTS)
def test_a_prompt_family_has_three_or_more_questions(family: PromptFamily) -> None:
    assert len(family.prompts) >= 3
    assert len({prompt.id for prompt in family.prompts}) == len(family.prompts)
    assert all(prompt.text.endswith("?") for prompt in family.prompts)
    assert family.prompt(family.prompts[0].id) is family.prompts[0]
    assert all((family.title, family.about, family.source))


def test_own_words_are_kind() -> None:
    """No blame, no orders, no cheering, no comparison with others."""
    told = [family.about for family in PROMPTS.values()]
    told += [prompt.text for family in PROMPTS.values() for prompt in family.prompts]
    for practice in PRACTICES.values():
        told += [practice.about, practice.when_not, *(step.words for step in practice.steps)]
    hard = re.compile(
        r"\b(should|must|fail|failed|streak|congratulations|better than others|well done)\b", re.I
    )
    assert [text for text in told if hard.search(text)] == []
