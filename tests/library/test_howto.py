"""The how-to page on adding an instrument: its example runs, and its cases hold."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.library.written import row
from waymark.library.instrument import Instrument
from waymark.library.scoring import score

PAGE = (Path(__file__).parents[2] / "docs/how-to/add-an-instrument.md").read_text()


def block(language: str) -> str:
    """The one fenced block of this language on the page."""
    (found,) = re.findall(rf"```{language}\n(.*?)```", PAGE, re.S)
    return str(found)


@pytest.fixture
def example() -> Instrument:
    names: dict[str, Any] = {}
    exec(block("python"), names)  # noqa: S102 -- the page's own example
    instrument = names["REST"]
    assert isinstance(instrument, Instrument)
    return instrument


def test_the_example_is_a_whole_definition(example: Instrument) -> None:
    assert example.scale("total").items == tuple(item.id for item in example.items)


def test_the_cases_beside_it_hold(example: Instrument) -> None:
    cases = tomllib.loads(block("toml"))["case"]
    assert len(cases) == 2
    for case in cases:
        expected = case["scales"]["total"]
        scored = score(example, row(example, case["answers"])).of("total")
        assert (scored.value, scored.band) == (expected["value"], expected["band"])
        assert scored.exact == expected.get("exact", expected["value"])
        assert scored.missing == tuple(case.get("missing", ()))
