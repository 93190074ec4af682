"""What a client reads of the library's own words: marked, plain, kind, and each said once."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.library.client_words import WORDS
from tests.progress.telling.test_tone import offences, reading_grade

LIBRARY = Path(__file__).parents[2] / "src" / "waymark" / "library"
HARD = re.compile(
    r"\b(you (?:should|must|have to|ought)|fault of yours|your fault|streak|congratulations"
    r"|better than|well done|good job|proud of you|amazing|keep it up|heals?|resets?|guaranteed"
    r"|toxic|weak|lazy|crazy|fix yourself)\b|!",
    re.IGNORECASE,
)
BRITISH = re.compile(r"\w*(?:[^aeiou]our\b|ising\b|ised\b|isation|behaviour|centre|grey)\w*", re.I)
NOT_BRITISH = {"your", "hour", "four", "our", "surprised", "promised", "rising", "noised"}
ALL = [(where, text) for where, texts in WORDS.items() for text in texts]


def marked(module: str) -> Iterator[str]:
    """The texts of a module that stand in the mark of translation."""
    for node in ast.walk(ast.parse(module)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"_", "gettext_noop"}:
            yield from (arg.value for arg in node.args if isinstance(arg, ast.Constant))


MARKED = {text for path in LIBRARY.rglob("*.py") for text in marked(path.read_text())}


def test_there_is_something_to_read() -> None:
    assert len(ALL) > 650
    assert "Did you find a moment to pause before you spoke or acted?" in WORDS["check-in items"]
    assert len(WORDS["hints on goals"]) == 15
    assert "Why is this feeling here today?" in WORDS["prompts"]
    assert "Three times is enough. What do you need now?" in WORDS["prompts"]


def test_every_word_is_marked_for_translation() -> None:
    assert [text for _where, text in ALL if text not in MARKED] == []


def test_an_unmarked_word_would_be_seen() -> None:
    assert list(marked('A = _("Kept.")\nB = "Lost."\nC = gettext_noop("So" " long.")')) == [
        "Kept.",
        "So long.",
    ]


@pytest.mark.parametrize("where", WORDS)
def test_each_text_alone_is_read_at_grade_eight(where: str) -> None:
    long = [text for text in WORDS[where] if len(text.split()) >= 5]
    graded = [(text, round(reading_grade(text.rstrip(".") + "."), 1)) for text in long]
    assert [(text, grade) for text, grade in graded if grade > 8] == []


@pytest.mark.parametrize("where", WORDS)
def test_nothing_is_banned_and_nothing_scolds_or_cheers(where: str) -> None:
    assert [text for text in WORDS[where] if offences(text) or HARD.search(text)] == []


@pytest.mark.parametrize(
    "planted",
    [
        "You should breathe now.",
        "It is your fault.",
        "Well done!",
        "This resets your nerves.",
        "You are stronger and better than before.",
    ],
)
def test_a_word_that_scolds_or_cheers_would_be_seen(planted: str) -> None:
    assert offences(planted) or HARD.search(planted)


def test_the_spelling_is_american() -> None:
    found = {word.lower() for _where, text in ALL for word in BRITISH.findall(text)}
    assert found - NOT_BRITISH == set()


def test_a_text_is_clean() -> None:
    """No space too many, and what is longer than a name ends as a sentence."""
    assert [text for _where, text in ALL if text != " ".join(text.split())] == []
    assert [text for _where, text in ALL if len(text.split()) > 7 and text[-1] not in ".?…”"] == []
