"""Every public name of the pure floors says what it is: its shape, units, errors or source."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "waymark"
FLOORS = ("library", "access", "progress", "cohort")


def undocumented(tree: ast.AST, before: str = "") -> Iterator[str]:
    for node in ast.iter_child_nodes(tree):
        if not isinstance(node, ast.FunctionDef | ast.ClassDef) or node.name.startswith("_"):
            continue
        if ast.get_docstring(node) is None:
            yield before + node.name
        if isinstance(node, ast.ClassDef):
            yield from undocumented(node, f"{before}{node.name}.")


@pytest.mark.parametrize("floor", FLOORS)
def test_every_public_name_of_a_pure_floor_has_a_docstring(floor: str) -> None:
    found = [
        f"{path.relative_to(SOURCE)}: {name}"
        for path in sorted((SOURCE / floor).rglob("*.py"))
        for name in undocumented(ast.parse(path.read_text()))
    ]
    assert found == []


def test_one_without_is_seen() -> None:
    text = 'class A:\n    """An a."""\n    def b(self): ...\n    def _c(self): ...\ndef d(): ...\n'
    assert list(undocumented(ast.parse(text))) == ["A.b", "d"]
