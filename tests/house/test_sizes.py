"""Small functions, short files, an opening sentence in every module, no forbidden folder."""

import ast
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "waymark"
MODULES = sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)
FORBIDDEN = {"utils", "common", "core", "helpers", "services", "managers"}


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    tree = ast.parse(path.read_text())
    return (
        node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (function.end_lineno or 0) - function.lineno + 1


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_module_opens_with_a_sentence_and_stays_short(path: Path) -> None:
    text = path.read_text()
    assert len(text.splitlines()) <= 500
    assert ast.get_docstring(ast.parse(text)), "say in one sentence what this module holds"
    too_long = [f.name for f in functions(path) if length(f) > 60]
    assert not too_long


def test_the_median_function_is_small() -> None:
    lengths = [length(f) for path in MODULES for f in functions(path)]
    assert median(lengths) <= 9


def test_no_folder_has_a_name_that_says_nothing() -> None:
    assert not {part for path in MODULES for part in path.parts} & FORBIDDEN


def test_the_source_says_nothing_of_unfinished_work() -> None:
    marks = ("TO" + "DO", "FIX" + "ME", "NotImplemented" + "Error")
    found = [f"{path}: {mark}" for path in MODULES for mark in marks if mark in path.read_text()]
    assert not found
