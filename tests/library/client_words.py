"""Every word of the library's own that a client reads, by where it stands."""

from collections.abc import Iterator

from waymark.library.bodyregion import BODY_REGIONS
from waymark.library.feeling import QUARTER_WORDS
from waymark.library.feelings import FEELINGS
from waymark.library.practice import PART_WORDS, Practice
from waymark.library.practices import PRACTICES
from waymark.library.prompt import PromptFamily
from waymark.library.prompts import PROMPTS
from waymark.library.trap import MAY_BE_TRUE, TRAPS
from waymark.library.win import WIN_TYPES


def of_practice(practice: Practice) -> Iterator[str]:
    yield from (practice.title, practice.about, practice.when_not)
    for step in practice.steps:
        yield from (step.name, step.words)
    if practice.breath:
        yield practice.breath.how


def of_family(family: PromptFamily) -> Iterator[str]:
    yield from (family.title, family.about)
    for prompt in family.prompts:
        yield from (prompt.text, *prompt.then)


WORDS = {
    "practices": [word for one in PRACTICES.values() for word in of_practice(one)],
    "parts of a breath": list(PART_WORDS.values()),
    "prompts": [word for one in PROMPTS.values() for word in of_family(one)],
    "feelings": [*QUARTER_WORDS.values()]
    + [word for one in FEELINGS.values() for word in (one.word, one.meaning)],
    "body regions": [one.label for one in BODY_REGIONS],
    "thinking traps": [MAY_BE_TRUE]
    + [word for one in TRAPS.values() for word in (one.name, one.explanation, one.question)],
    "win types": [word for one in WIN_TYPES.values() for word in (one.label, one.example)],
}
