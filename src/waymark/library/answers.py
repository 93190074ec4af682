"""What a person answered: which answers an instrument takes, and which are still missing."""

from collections.abc import Mapping
from datetime import date, timedelta

from waymark.library.instrument import Answers, Instrument, Item

OLDEST = timedelta(days=30 * 366)


class BadAnswer(ValueError):
    """An answer the instrument does not take. Names the item and says what to do instead."""

    def __init__(self, item: str, remedy: str) -> None:
        super().__init__(f"{item}: {remedy}")
        self.item = item
        self.remedy = remedy


def check(instrument: Instrument, answers: Answers) -> None:
    """Raise ``BadAnswer`` at the first unknown item or unlisted value. ``None`` is unanswered."""
    known = {item.id: item for item in instrument.items}
    for id, value in answers.items():
        if id not in known:
            listed = ", ".join(known)
            raise BadAnswer(id, f"{instrument.title} has no such item. Its items are {listed}.")
        accept(known[id], value)


def accept(item: Item, value: int | None) -> None:
    """Raise ``BadAnswer`` unless the value is listed. ``True`` is not 1 and ``1.0`` is not 1."""
    if value is None or (type(value) is int and value in item.values):
        return
    *most, last = sorted(item.values)
    listed = f"{', '.join(map(str, most))} or {last}"
    raise BadAnswer(
        item.id, f"{value!r} is not one of its answers. Give {listed}, or leave it unanswered."
    )


def readable(instrument: Instrument, answers: Mapping[str, object]) -> dict[str, int | None]:
    """The part of ``answers`` that the instrument lists; the rest, and gaps, are passed over.

    For looking at what will be refused: a bad answer to one question must not hide another one.
    """
    items = {item.id: item.values for item in instrument.items}
    return {
        id: value
        for id, value in answers.items()
        if id in items and type(value) is int and value in items[id]
    }


def missing(instrument: Instrument, answers: Answers) -> tuple[str, ...]:
    """The ids of scored items that were asked and have no answer, in printed order."""
    return tuple(item.id for item in instrument.scored_items if unanswered(item, answers))


def unanswered(item: Item, answers: Answers) -> bool:
    """Whether the item was asked and has no answer."""
    asked = item.gate is None or item.gate.opens(answers)
    return asked and answers.get(item.id) is None


def long_ago(day: date, *, today: date) -> bool:
    """Whether a day is too far back to be meant: more likely the year was mistyped."""
    return today - day > OLDEST
