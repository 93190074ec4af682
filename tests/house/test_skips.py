"""What is needed and absent is red in CI: every skip of the tests is made in tests/needed.py.

And no line is left out of what the tests must reach without a reason beside it.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
THE_ONE_PLACE = TESTS / "needed.py"
FILES = sorted(path for path in TESTS.rglob("*.py") if path != THE_ONE_PLACE)
SKIPPING = {
    "skip", "skipif", "skipIf", "skipUnless", "skipTest", "SkipTest", "importorskip", "xfail",
    "expectedFailure", "collect_ignore", "collect_ignore_glob", "pytest_ignore_collect",
}  # fmt: skip


def of_the_kind(text: str) -> list[str]:
    """Every way of leaving a test out that stands in a file; the error of one is none."""
    nodes = list(ast.walk(ast.parse(text)))
    errors = {id(one.value) for one in nodes if getattr(one, "attr", "") == "Exception"}
    return [name for one in nodes if id(one) not in errors for name in _names(one)]


def _names(node: ast.AST) -> list[str]:
    """A name as it is used, imported, or given to a function of one's own."""
    match node:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return [name] if name in SKIPPING else []
        case ast.alias(name=name) | ast.FunctionDef(name=name):
            return [name] if name in SKIPPING else []
    return []


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(TESTS)))
def test_no_test_is_left_out_but_through_the_one_place(path: Path) -> None:
    assert of_the_kind(path.read_text()) == []


@pytest.mark.parametrize(
    "text",
    [
        'pytest.skip("no Java here")',
        '@pytest.mark.skipif(not THERE, reason="absent")\ndef test(): ...',
        "@pytest.mark.skip\ndef test(): ...",
        'parquet = pytest.importorskip("pyarrow.parquet")',
        "from pytest import importorskip",
        "@pytest.mark.xfail\ndef test(): ...",
        'collect_ignore = ["test_spark.py"]',
        "raise unittest.SkipTest",
        "def pytest_ignore_collect(): return True",
    ],
)
def test_what_leaving_a_test_out_looks_like(text: str) -> None:
    assert of_the_kind(text)


def marks() -> Iterator[tuple[Path, ast.Call]]:
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "beside" and node.keywords:
                yield path, node


def decorated(path: Path) -> dict[str, str]:
    """The tests of a file, with what stands above each."""
    tree = ast.parse(path.read_text())
    return {
        node.name: " ".join(ast.unparse(one) for one in node.decorator_list)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
    }


def test_what_reference_data_show_is_held_by_a_test_that_always_runs() -> None:
    """`beside(…, instead=…)`: the other one stands in the same file, and asks for nothing."""
    found = list(marks())
    assert len(found) > 5
    for path, call in found:
        (given,) = [one.value for one in call.keywords if one.arg == "instead"]
        assert isinstance(given, ast.Constant)
        above = decorated(path).get(str(given.value))
        assert above is not None, f"{path.name}: there is no {given.value}"
        assert "beside" not in above and "THE_PEOPLE" not in above  # noqa: PT018 -- one rule


PLAIN = re.compile(r"# pragma: no (?:cover|branch)(?! -- \w)")


def test_a_line_that_no_test_reaches_says_why() -> None:
    assert PLAIN.search("return None  # pragma: no cover")
    assert not PLAIN.search("return None  # pragma: no cover -- Windows alone comes here")
    source = Path(__file__).parents[2] / "src"
    assert [str(path) for path in source.rglob("*.py") if PLAIN.search(path.read_text())] == []
