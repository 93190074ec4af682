"""A sentence that promises stands under the condition that makes it true.

"Saved", "told", "confirmed", "works", "ready": `promises.toml` holds each such sentence of every
page, with the conditions it stands under, typed by hand and read against the code. A sentence that
loses its condition, stands under another one, or says something else fails here by its words.
"""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.interfaces.saying import COMMENT, PAGES, templates, unmarked

HERE = Path(__file__).parent


def table() -> dict[str, dict[str, list[str]]]:
    """By page. A room keeps its own in a `*.promises.toml` beside its tests."""
    found: dict[str, dict[str, list[str]]] = {}
    for file in (HERE / "promises.toml", *sorted(HERE.rglob("*.promises.toml"))):
        for page, held in tomllib.loads(file.read_text()).items():
            if page in found:
                raise ValueError(f"{page} is typed twice, again in {file.relative_to(HERE)}")
            found[page] = held
    return found


TABLE = table()
PROMISES = re.compile(
    r"\b(told|not reach|be reached|was reached|saved?|stored?|kept|keeps|sent|confirmed|ready"
    r"|nobody|no one|people are there|passed on|taken it|took it|has taken|everything is|proven"
    r"|the chain|closed|written down|by mistake|joined|lost|refused|not used|was used|in time"
    r"|stays? open|stays? yours|stays? in the|stays? as|done|named|has read|talked with you"
    r"|works (now|no more|once|as soon|from|for)|could be|can see|are read|is read|reads it"
    r"|will be|at once)\b",
    re.IGNORECASE,
)
TAG = re.compile(r"({%.*?%})", re.DOTALL)
NOT_SAID = re.compile(r"<script.*?</script>|<svg.*?</svg>", re.DOTALL)
SAMPLES = "ui/styleguide.html"  # shows how things look, and promises nothing
GIVEN = re.compile(r'(?:title|body|label|told)="([^"]+)"')
INLINE = re.compile(r"</?(?:a|strong|em|span|code)\b[^>]*>")


class Conditions:
    """The conditions that hold at one place of a template, as they are written there."""

    def __init__(self) -> None:
        self.held: list[list[str]] = []

    def meet(self, tag: str) -> None:
        word, _, rest = tag[2:-2].strip().partition(" ")
        if word == "if":
            self.held.append([rest])
        elif word == "elif":
            self.held[-1] = [*self._none_of_these(), rest]
        elif word == "else":
            self.held[-1] = self._none_of_these()
        elif word == "for":
            self.held.append([])
        elif word == "empty":
            self.held[-1] = ["nothing of those"]
        elif word in {"endif", "endfor"}:
            self.held.pop()

    def _none_of_these(self) -> list[str]:
        *others, last = self.held[-1]
        return [*others, f"not ({last})"]

    def __str__(self) -> str:
        return "; ".join(one for held in self.held for one in held)


def promises_of(template: str) -> dict[str, list[str]]:
    """What a page promises, by the conditions it stands under; "" is: under none."""
    found: dict[str, list[str]] = {}
    where = Conditions()
    for part in TAG.split(NOT_SAID.sub("", COMMENT.sub("", unmarked(template)))):
        where.meet(part) if part.startswith("{%") else None
        for one in _sentences(part):
            if PROMISES.search(one):
                found.setdefault(str(where), []).append(one)
    return found


def _sentences(part: str) -> Iterator[str]:
    if part.startswith("{%"):
        yield from GIVEN.findall(part)
        return
    plain = INLINE.sub("", re.sub(r"{{.*?}}", "it", part))
    for line in re.sub(r"<[^>]*>?|^[^<]*\">", "\n", plain).splitlines():
        yield from (" ".join(one.split()) for one in re.split(r"(?<=[.!?:])\s+", line))


EVERY = {name: one for one in templates("") if (name := str(one.relative_to(PAGES))) != SAMPLES}


@pytest.mark.parametrize("name", EVERY)
def test_every_promise_of_a_page_stands_where_it_is_true(name: str) -> None:
    found = promises_of(EVERY[name].read_text())
    assert found == TABLE.get(name, {}), "read it, and type it into a *.promises.toml"


def test_no_page_of_the_table_is_gone() -> None:
    assert set(TABLE) <= set(EVERY)


@pytest.mark.parametrize(
    ("template", "found"),
    [
        ("{% if kept %}It is saved.{% endif %}", {"kept": ["It is saved."]}),
        ("{% if kept %}<p>Good.</p>{% endif %}It is saved.", {"": ["It is saved."]}),
        (
            "{% if a %}x{% elif b %}It is saved.{% else %}It is not saved.{% endif %}",
            {"not (a); b": ["It is saved."], "not (a); not (b)": ["It is not saved."]},
        ),
        ("{% if a %}{% if b %}<b>Nobody</b> knows.{% endif %}{% endif %}", {"a; b": ["Nobody"]}),
        (
            "{% for a in b %}x{% empty %}Nobody yet.{% endfor %}Nobody.",
            {"nothing of those": ["Nobody yet."], "": ["Nobody."]},
        ),
        ('{% if a %}{% include "x.html" with body="Stored." %}{% endif %}', {"a": ["Stored."]}),
    ],
)
def test_a_condition_is_read_as_it_stands(template: str, found: dict[str, list[str]]) -> None:
    assert promises_of(template) == found
