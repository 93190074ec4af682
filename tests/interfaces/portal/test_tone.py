"""How the pages speak: kindly, plainly, and of suicide as those who know ask us to (F28, D12).

The templates and modules are found, not listed: a new page is read from its first day.
"""

import re
from pathlib import Path

import pytest

from tests.interfaces.saying import PAGES, SOURCE, modules, sentences, templates
from tests.progress.telling.test_tone import reading_grade
from waymark.progress.telling.told import BANNED

TO_CLIENTS = [*templates("portal", "accounts"), *modules("portal", "accounts")]
SHARED = [
    path
    for path in templates("ui")
    if path.stem not in {"styleguide", "print", "paper"} and "charts" not in path.parts
]
# Instrument items are exact to the letter, and are nobody's own words.
EVERYTHING = [
    path
    for path in sorted([*SOURCE.rglob("*.html"), *SOURCE.rglob("*.py")])
    if not {"instruments", "migrations"} & set(path.relative_to(SOURCE).parts)
]
UNSAFE = {
    "suicide is no crime": r"\bcommit\w*\s+(?:suicide|self)",
    "no attempt succeeds or fails": r"\b(?:successful|failed|completed)\s+(?:suicide|attempt)",
    "no epidemic": r"\bepidemic",
    "no notes": r"\bsuicide notes?\b",
    "no methods": r"\boverdos|\b(?:hanged|hanging|shot|cut) (?:him|her|them|one)sel|\bslit .*wrist",
    "no blame": r"\battention.seeking|\bcry for help|\bsuicid\w+ (?:gesture|threat)",
    "no label": r"\b(?:a|the) suicidal (?:person|client|patient)|\bsuicidals\b",
}


def named(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


def against(text: str) -> list[str]:
    return [why for why, words in UNSAFE.items() if re.search(words, text, re.IGNORECASE)]


def test_there_is_something_to_read() -> None:
    assert len(TO_CLIENTS) > 50
    assert len([s for path in TO_CLIENTS for s in sentences(path)]) > 400
    assert "It can wait." in sentences(PAGES / "portal/welcome/welcome.html")
    assert "The question is open again, so that you can answer it as you mean it." in sentences(
        PAGES / "portal/assessments/mistake.py"
    )


@pytest.mark.parametrize("path", [*TO_CLIENTS, *SHARED], ids=named)
def test_nothing_banned_is_said_to_a_client(path: Path) -> None:
    said = sentences(path)
    found = [(one, ban) for one in said for ban in BANNED if re.search(ban, one, re.IGNORECASE)]
    assert found == []


@pytest.mark.parametrize("path", [*TO_CLIENTS, *SHARED], ids=named)
def test_a_page_is_read_at_grade_eight_and_no_sentence_is_a_maze(path: Path) -> None:
    whole = [one for one in sentences(path) if len(one.split()) >= 5]
    if whole:
        assert reading_grade(" ".join(one.rstrip(".") + "." for one in whole)) <= 8
    assert [one for one in whole if len(one.split()) > 45] == []


def test_suicide_is_spoken_of_safely_everywhere() -> None:
    said = [(named(path), one) for path in EVERYTHING for one in sentences(path)]
    assert len(said) > 1500
    assert [(where, one, why) for where, one in said if (why := against(one))] == []


@pytest.mark.parametrize(
    "planted",
    [
        "He committed suicide.",
        "After a failed attempt",
        "A successful suicide",
        "The epidemic among young people",
        "She left a suicide note.",
        "By overdose",
        "It is only attention-seeking.",
        "A suicidal gesture",
    ],
)
def test_each_of_those_words_would_be_seen(planted: str) -> None:
    assert against(planted)


@pytest.mark.parametrize(
    "spoken", ["She died by suicide.", "Thoughts of suicide", "988 Suicide & Crisis Lifeline"]
)
def test_the_words_that_are_asked_for_are_not(spoken: str) -> None:
    assert against(spoken) == []


def test_a_page_that_is_hard_to_read_would_be_seen(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        "{% block main %}<p>Notwithstanding considerable variability in symptomatology, "
        "psychometric administration necessitates longitudinal consideration.</p>{% endblock %}"
    )
    assert reading_grade(" ".join(sentences(page))) > 8
