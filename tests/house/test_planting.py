"""The planted faults fit the house as it stands: a list that went stale is red at once."""

import ast
from collections import Counter
from pathlib import Path

import pytest

from tests.planting.__main__ import _without_inner
from tests.planting.faults import ROOT, Fault, Stale, load
from tests.planting.ground import ground
from tests.planting.page import PAGE

FAULTS = load()
LEAST = {"access": 12, "vault": 12, "safety": 14, "words": 20}


def test_a_hundred_are_planted_and_most_where_most_depends_on_it() -> None:
    planted = Counter(one.floor for one in FAULTS)
    assert planted.total() >= 100
    assert {floor: n for floor, n in LEAST.items() if planted[floor] < n} == {}


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_fits_in_one_place_and_can_be_read(fault: Fault) -> None:
    worse = fault.planted((ROOT / fault.file).read_text())
    if fault.file.endswith(".py"):
        ast.parse(worse)
    assert [test for test in fault.nearest if not (ROOT / test.partition("::")[0]).exists()] == []
    assert "\n" not in fault.breaks + fault.first


def test_the_page_names_every_fault() -> None:
    listed = PAGE.read_text()
    assert [one.name for one in FAULTS if f"| {one.name} |" not in listed] == []


TABLE = """
[[fault]]
name = "one"
file = "src/waymark/access/decide.py"
old = "{old}"
new = "x"
nearest = ["tests/access"]
breaks = "a promise"
"""


@pytest.mark.parametrize("old", ["this stands nowhere in it", "line"])
def test_a_fault_that_fits_nowhere_or_twice_is_refused(tmp_path: Path, old: str) -> None:
    (tmp_path / "floor.toml").write_text(TABLE.replace("{old}", old))
    [fault] = load(tmp_path)
    with pytest.raises(Stale, match="one: the old text stands"):
        fault.planted((ROOT / fault.file).read_text())


def test_one_name_stands_for_one_fault_and_a_field_that_is_missing_is_named(tmp_path: Path) -> None:
    (tmp_path / "floor.toml").write_text(TABLE * 2)
    with pytest.raises(Stale, match="one: a name stands for one fault"):
        load(tmp_path)
    (tmp_path / "floor.toml").write_text(TABLE.replace('new = "x"', ""))
    with pytest.raises(Stale, match="one: new must be given"):
        load(tmp_path)


def test_a_fault_stands_in_the_copy_alone_and_only_while_it_is_planted() -> None:
    fault = FAULTS[0]
    sound = (ROOT / fault.file).read_text()
    with ground() as copy:
        assert copy.folder != ROOT
        with copy.planted(fault):
            assert (copy.folder / fault.file).read_text() == fault.planted(sound)
            assert (ROOT / fault.file).read_text() == sound
            assert copy.imports(fault.file) == ""  # and what is imported is the copy
        assert (copy.folder / fault.file).read_text() == sound


def test_a_verdict_is_what_tests_said_and_no_accident() -> None:
    with ground() as copy:
        test = copy.folder / "tests" / "test_here.py"
        for text, outcome in (
            ("def test_it(): assert True", "survived"),
            ("def test_it(): assert False", "caught"),
            ("def test_it() assert", "broken"),
        ):
            test.write_text(text + "\n")
            assert copy.tested(["tests/test_here.py"]).outcome == outcome
        module = copy.folder / "src" / "waymark" / "access" / "decide.py"
        module.write_text("from nowhere import nothing\n")
        assert "nowhere" in copy.imports("src/waymark/access/decide.py")


def test_what_stands_in_a_folder_is_not_asked_twice() -> None:
    given = ["tests/access", "tests/access/test_policy.py", "tests/library/test_safety.py::test_a"]
    assert _without_inner(given) == ["tests/access", "tests/library/test_safety.py::test_a"]
