"""A form made from an instrument: the questions in printed order, exact to the letter."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from waymark.library.instrument import Instrument, Item


@dataclass(frozen=True, slots=True)
class Question:
    """One question as the page shows it, with what was chosen and what is wrong with it."""

    item: Item
    number: int
    value: str
    opens: tuple[str, ...]
    errors: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        return f"id_{self.item.id}"


def read(instrument: Instrument, posted: QueryDict) -> tuple[dict[str, int | None], dict[str, str]]:
    """The answers in a posted form, and what is wrong with any, by item. Absent is not told."""
    answers: dict[str, int | None] = {}
    wrong: dict[str, str] = {}
    for item in instrument.items:
        if item.id not in posted:
            continue
        text = str(posted[item.id]).strip()
        if text and text not in {str(value) for value in item.values}:
            wrong[item.id] = "Please choose one of the answers."
        else:
            answers[item.id] = int(text) if text else None
    return answers, wrong


def questions(
    instrument: Instrument, answers: Mapping[str, int | None], wrong: Mapping[str, str]
) -> list[Question]:
    """Every question with the answer given so far."""
    return [
        Question(
            item=item,
            number=number,
            value="" if answers.get(item.id) is None else str(answers[item.id]),
            opens=_opens(item),
            errors=(wrong[item.id],) if item.id in wrong else (),
        )
        for number, item in enumerate(instrument.items, start=1)
    ]


def _opens(item: Item) -> tuple[str, ...]:
    """The values whose choice shows the crisis card in place."""
    if item.safety is None:
        return ()
    return tuple(str(value) for value in item.values if value >= item.safety.at_least)


def left_out(instrument: Instrument, answers: Mapping[str, int | None]) -> list[Any]:
    """The questions that were asked and not answered."""
    return [
        question
        for question in questions(instrument, answers, {})
        if question.item.scored and not question.value and _asked(question.item, answers)
    ]


def _asked(item: Item, answers: Mapping[str, int | None]) -> bool:
    return item.gate is None or answers.get(item.gate.item) in item.gate.values
