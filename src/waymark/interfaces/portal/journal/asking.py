"""The questions to write to: which families are offered now, and one question by its name."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from waymark.library.prompt import PromptFamily, offered
from waymark.library.prompts import PROMPTS


@dataclass(frozen=True, slots=True)
class Question:
    """One question as it is shown, and the ones that may follow it."""

    name: str  # family and prompt, as the form carries them
    text: str
    then: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Family:
    """A kind of writing with its questions."""

    title: str
    about: str
    questions: tuple[Question, ...]


def questions(*, calm: bool) -> list[Family]:
    """What is offered; while a concern is open, nothing that digs."""
    return [
        Family(
            _(one.title), _(one.about), tuple(_shown(one.id, prompt.id) for prompt in one.prompts)
        )
        for one in offered(PROMPTS.values(), concern=not calm)
    ]


def _all_of(family: PromptFamily) -> Iterator[Question]:
    for prompt in family.prompts:
        yield _shown(family.id, prompt.id)


def question_of(family: str, prompt: str) -> Question | None:
    """One of them; None where there is none of this name."""
    if family not in PROMPTS:
        return None
    known = {one.id for one in PROMPTS[family].prompts}
    return _shown(family, prompt) if prompt in known else None


def _shown(family: str, prompt: str) -> Question:
    held = PROMPTS[family].prompt(prompt)
    return Question(f"{family}.{prompt}", _(held.text), tuple(_(one) for one in held.then))
