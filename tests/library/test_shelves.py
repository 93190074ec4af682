"""Shelves find what stands in their folder; crisis lines are sound."""

from datetime import date
from types import ModuleType
from typing import Any

import pytest

from waymark.library import lines as lines_package
from waymark.library.line import By, Channel, Line, shown_in
from waymark.library.lines import LINES
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
