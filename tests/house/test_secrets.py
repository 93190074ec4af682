"""One place checks a password, and one compares what somebody sent with what it should be."""

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "waymark"
ONLY = {
    # what is called: where it may be, and why nowhere else
    "check_password": {"record/people/passwords.py"},  # in one form, bounded, as slow for nobody
    "set_password": set(),
    "make_password": {"record/people/passwords.py"},
    "validate_password": {"record/people/passwords.py"},
    "compare_digest": {"record/people/tokens.py"},  # of bytes: texts outside ASCII would raise
}


def _calls(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call):
            called = node.func
            found.add(
                called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            )
    return found


@pytest.mark.parametrize("name", ONLY)
def test_a_secret_is_looked_at_in_one_place(name: str) -> None:
    where = {
        path.relative_to(SOURCE).as_posix() for path in SOURCE.rglob("*.py") if name in _calls(path)
    }
    assert where == ONLY[name]
