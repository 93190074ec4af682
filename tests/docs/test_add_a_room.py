"""The guide to adding a room, followed in a copy of the product: what must hold then holds.

The copy is made of what git knows; the guide's files are written as they stand on the page, the
migration and the generated pages are made, and the room's own tests run beside those of the house.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.docs.guide import Block, Guide, guide
from tests.docs.house import WAYMARK, done
from tests.planting.faults import ROOT
from tests.planting.ground import Ground, ground

pytestmark = pytest.mark.xdist_group("guides")  # one copy, made once
PAGE = guide("add-a-room")
PERMISSION = [
    "src/waymark/access/vocabulary.py",
    "src/waymark/access/policy.py",
    "tests/access/permissions.txt",
]
MOST_CONCEPTS = 9

LEFT_OUT = {"test_planting", "test_doors", "test_sizes"}  # a copy, all types, and every function

# What asks for a fact of every room, table, column, address, card or page.
HOUSE = [
    *sorted(
        f"tests/house/{path.name}"
        for path in (ROOT / "tests" / "house").glob("test_*.py")
        if path.stem not in LEFT_OUT
    ),
    "tests/access/test_canaries.py",
    "tests/access/test_policy.py",
    "tests/access/test_words.py",
    "tests/access/test_matrix.py::test_every_route_has_a_name_and_a_decision",
    "tests/access/test_matrix.py::test_every_route_that_opens_a_record_is_expected_of_somebody",
    "tests/access/test_permissions.py::test_every_action_has_a_row_and_every_row_an_action",
    "tests/access/test_permissions.py::test_the_policy_is_the_table",
    "tests/access/test_permissions.py::test_an_action_is_carried_out_over_what_its_row_says",
    "tests/access/test_permissions.py::"
    "test_the_matrix_expects_of_each_route_what_the_table_says_of_its_action",
    "tests/agree/test_rows_and_rulings.py::test_each_client_has_a_row_in_every_table",
    "tests/interfaces/portal/test_cards.py",
    "tests/interfaces/test_client_words.py",
    "tests/interfaces/test_forms.py::test_every_text_has_an_end",
    "tests/interfaces/test_offered.py::test_nothing_that_is_offered_is_refused[ana]",
    "tests/interfaces/test_promises.py",
]
OWN = [
    "tests/record/selfnotes",
    "tests/interfaces/portal/test_selfnotes.py",
    "tests/docs/doors.py",
]


@pytest.fixture(scope="module")
def house() -> Iterator[Ground]:
    """The copy, with the room in it."""
    with ground() as held:
        PAGE.follow(held.folder)
        done(held, "manage.py", "makemigrations", "selfnotes")
        done(held, "-c", WAYMARK, "docs")
        yield held


def test_the_room_holds_in_the_house(house: Ground) -> None:
    said = done(house, "-m", "pytest", "-q", "-x", *OWN, *HOUSE)
    passed = re.search(r"(\d+) passed", said)
    assert passed is not None
    assert int(passed[1]) > 600


def test_its_files_are_in_good_form(house: Ground) -> None:
    written = sorted({block.file for block in PAGE.blocks if block.file.endswith(".py")})
    done(house, "-m", "ruff", "format", "--check", *written)
    done(house, "-m", "ruff", "check", *written)


def test_no_migration_is_forgotten(house: Ground) -> None:
    done(house, "manage.py", "makemigrations", "--check", "--dry-run")


def test_nothing_is_shared_but_permission() -> None:
    """Three edits, each of them counted on the page."""
    assert PAGE.shared == PERMISSION
    assert "**Three edits in shared code**" in PAGE.text


def test_nine_things_are_to_be_known() -> None:
    rows = re.findall(r"^\| (\d+) \|", PAGE.text, re.MULTILINE)
    assert rows == [str(n) for n in range(1, MOST_CONCEPTS + 1)]


# A guide that cannot be followed says so


@pytest.mark.parametrize(
    ("block", "why"),
    [
        (Block("there.py", "", "x = 1\n"), "said to be new, and stands already"),
        (Block("there.py", "nowhere", "x = 1\n"), "stands there 0 times"),
        (Block("there.py", "y = 2", "x = 1\n"), "stands there 2 times"),
    ],
)
def test_a_block_that_fits_nowhere_is_told(tmp_path: Path, block: Block, why: str) -> None:
    (tmp_path / "there.py").write_text("y = 2\ny = 2\n")
    with pytest.raises(LookupError, match=why):
        block.write(tmp_path)


def test_a_block_without_its_file_is_told() -> None:
    page = Guide("`a.py`:\n\n```python\nx = 1\n```\n\nAnd also:\n\n```python\ny = 2\n```\n")
    with pytest.raises(LookupError, match="does not say which file"):
        _ = page.blocks
