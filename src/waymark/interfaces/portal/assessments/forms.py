"""A form made from an instrument: the questions in printed order, exact to the letter."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict

from waymark.library.answers import missing
from waymark.library.instrument import Instrument, Item


@dataclass(frozen=True, slots=True)
class Question:
    """One question as the page shows it, with what was chosen and what is wrong with it."""

    item: Item
    number: int
    value: str
    opens: tuple[str, ...]
    errors: tuple[str, ...] = ()
    help: str = ""

    @property
    def id(self) -> str:
        return f"id_{self.item.id}"

    @property
    def gate(self) -> str:
        """The item that decides whether this one is asked, or nothing."""
        return self.item.gate.item if self.item.gate else ""

    @property
    def opened_by(self) -> str:
        """The answers of that item which ask this one, for the script that folds it away."""
        return (
            " ".join(str(value) for value in sorted(self.item.gate.values))
            if self.item.gate
            else ""
        )


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
            help=" ".join(filter(None, (_only_if(item, instrument), _told_at_once(item)))),
        )
        for number, item in enumerate(instrument.items, start=1)
    ]


def _opens(item: Item) -> tuple[str, ...]:
    """The values whose choice shows the crisis card in place."""
    if item.safety is None:
        return ()
    return tuple(str(value) for value in item.values if value >= item.safety.at_least)


def _only_if(item: Item, instrument: Instrument) -> str:
    """When a gated question is asked, for those who see it before its gate is answered."""
    if item.gate is None:
        return ""
    gate, asks = _item(instrument, item.gate.item), item.gate.values
    number = instrument.items.index(gate) + 1
    closing = [option.label for option in gate.options if option.value not in asks]
    if len(closing) == 1 and len(asks) > 1:
        return f"Leave this out if you chose “{closing[0]}” at question {number}."
    opening = " or ".join(f"“{option.label}”" for option in gate.options if option.value in asks)
    return f"Only if you chose {opening} at question {number}."


def _told_at_once(item: Item) -> str:
    """Said where it matters, before the answer is chosen: that it is told, and to whom."""
    if item.safety is None:
        return ""
    calm = " or ".join(
        f"“{option.label}”" for option in item.options if option.value < item.safety.at_least
    )
    return f"Any answer but {calm} is told to your care team as soon as it is saved."


def _item(instrument: Instrument, id: str) -> Item:
    return next(item for item in instrument.items if item.id == id)


def watched(instrument: Instrument) -> str:
    """Which answers tell the care team at once, in words; empty where none does."""
    risky = instrument.risk_items
    if not risky:
        return ""
    numbers = [str(instrument.items.index(item) + 1) for item in risky]
    which = f"question {numbers[0]}" if len(numbers) == 1 else f"any of questions {_and(numbers)}"
    calm = {
        option.label
        for item in risky
        for option in item.options
        if item.safety and option.value < item.safety.at_least
    }
    return f"{which} any answer but “{min(calm)}”"


def _and(words: list[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}"


def left_out(instrument: Instrument, answers: Mapping[str, int | None]) -> list[Question]:
    """The questions that were asked and not answered."""
    lacking = missing(instrument, answers)
    return [one for one in questions(instrument, answers, {}) if one.item.id in lacking]


def first_open(instrument: Instrument, answers: Mapping[str, int | None]) -> str:
    """Where one goes on: the first question without an answer, else the end of the page."""
    lacking = left_out(instrument, answers)
    return lacking[0].id if lacking else "ending"


def still_asked(instrument: Instrument, answers: Mapping[str, int | None]) -> list[Item]:
    """Every item but those that an earlier answer has made pointless."""
    return [item for item in instrument.items if not (item.gate and item.gate.closed(answers))]
