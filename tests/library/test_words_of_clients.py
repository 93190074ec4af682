"""What a client reads of check-ins, goals and thought records: kind, plain, short, marked once."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.interfaces.portal.test_tone import against
from tests.progress.telling.test_tone import offences, reading_grade
from waymark.library import items

LIBRARY = Path(items.__file__).parents[1]
FILES = [
    *sorted((LIBRARY / "items").glob("*.py")),
    *(LIBRARY / f"{name}.py" for name in ("item", "own_item", "goal", "goal_hints")),
    *(LIBRARY / f"{name}.py" for name in ("sensitive_goal", "thought_record", "thought_hints")),
]
SHORT = 4
"""Words below which a text has no reading grade to speak of."""
BRITISH = ("behaviour", "colour", "recognis", "realis", "practis", "favour", "programme")
SCOLDING = (
    "should",
    "must",
    "!",
    "try harder",
    "well done",
    "proud of you",
    "you have to",
    "you need to",
)


def marked(path: Path) -> Iterator[str]:
    """Every text of a module that is marked for translation."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "gettext_noop":
            yield ast.literal_eval(node.args[0])


SAID = [(path.name, text) for path in FILES for text in marked(path)]


def test_there_is_something_to_read() -> None:
    assert len(SAID) > 150
    assert ("goal.py", "It was not really mine") in SAID
    assert len({path for path, _ in SAID}) == 17 + 7


@pytest.mark.parametrize(("where", "text"), SAID)
def test_it_is_kind_and_american(where: str, text: str) -> None:
    assert offences(text) == against(text) == []
    assert not [word for word in (*BRITISH, *SCOLDING) if word in text.lower()]


@pytest.mark.parametrize(("where", "text"), SAID)
def test_it_is_read_at_grade_eight(where: str, text: str) -> None:
    if len(text.split()) > SHORT:
        assert reading_grade(text) <= 8


@pytest.mark.parametrize(("where", "text"), SAID)
def test_it_is_short(where: str, text: str) -> None:
    assert len(text.split()) <= 35
    assert " ".join(text.split()) == text
