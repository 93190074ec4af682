"""The guide to adding an instrument, followed in a copy of the product: what is demanded holds."""

from collections.abc import Iterator

import pytest

from tests.docs.guide import guide
from tests.docs.house import WAYMARK, done
from tests.planting.ground import Ground, ground

pytestmark = pytest.mark.xdist_group("guides")
PAGE = guide("add-an-instrument")

# What is asked of each instrument on the shelf, wherever it is shown.
DEMANDED = [
    "tests/library",
    "tests/house/test_docs.py::test_generated_pages_are_current",
    "tests/interfaces/cli/analyst/test_instruments.py",
    "tests/interfaces/portal/test_what_is_asked.py",
    "tests/progress/test_published_figures.py",
]


@pytest.fixture(scope="module")
def house() -> Iterator[Ground]:
    """The copy, with the instrument in it."""
    with ground() as held:
        PAGE.follow(held.folder)
        done(held, "-c", WAYMARK, "docs")
        yield held


def test_no_file_of_anybody_else_is_edited() -> None:
    assert PAGE.shared == []
    assert len(PAGE.blocks) == 3


def test_the_instrument_is_all_that_one_must_be(house: Ground) -> None:
    said = done(house, "-m", "pytest", "-q", "-x", *DEMANDED)
    assert "passed" in said


def test_its_definition_is_in_good_form(house: Ground) -> None:
    done(house, "-m", "ruff", "format", "--check", PAGE.blocks[0].file)
    done(house, "-m", "ruff", "check", PAGE.blocks[0].file)


def test_it_can_be_looked_at_and_scored(house: Ground) -> None:
    assert "I woke up rested" in done(house, "-c", WAYMARK, "instruments", "rest-3")
    assert "REST-3 total: 5, tired" in done(house, "-c", WAYMARK, "score", "rest-3", "1", "0", "-")
