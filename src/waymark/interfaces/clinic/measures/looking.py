"""What the rows of a file say of danger, looked at before anything may refuse them. Pure.

Every row of the file is read here as far as it goes, by a way of its own: a row without a client,
with a wrong day, or after the row at which the file breaks, says what it says.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from waymark.interfaces.clinic.measures.reading import ITEM, day_in, named
from waymark.interfaces.clinic.sheet import loosely
from waymark.library.instrument import Instrument, Item
from waymark.library.safety import Risk, positive


@dataclass(frozen=True, slots=True)
class Spoken:
    """One row that tells of danger, or whose answer about danger cannot be read."""

    line: int
    client: str  # as the file names them
    instrument: Instrument
    day: date | None
    answers: Mapping[str, int | None]
    risks: tuple[Risk, ...]  # answers of danger
    unread: tuple[tuple[str, str], ...] = field(default=())  # what is asked, and what stands there


Columns = dict[str, list[int]]  # a name may stand there twice: then both are looked at


def spoken(data: bytes) -> list[Spoken]:
    """The rows that somebody must look at, in the order of the file."""
    rows = loosely(data)
    columns = _columns(next((cells for _, cells in rows if any(cells)), []))
    return list(_looked_at(rows, columns))


def _columns(names: Sequence[str]) -> Columns:
    found: Columns = {}
    for place, name in enumerate(names):
        wanted = name.lower()
        if wanted in {"client", "instrument", "date"} or ITEM.fullmatch(wanted):
            found.setdefault(wanted, []).append(place)
    return found


def _looked_at(rows: Iterator[tuple[int, list[str]]], columns: Columns) -> Iterator[Spoken]:
    for number, cells in rows:
        instrument = named(_cell(cells, columns, "instrument"))
        if instrument is None or not _answers_about_danger(instrument, cells, columns):
            continue
        found = _spoken(number, instrument, cells, columns)
        if found.risks or found.unread:
            yield found


def _answers_about_danger(instrument: Instrument, cells: Sequence[str], columns: Columns) -> bool:
    return any(_cells(cells, columns, item.id) for item in instrument.risk_items)


def _spoken(number: int, instrument: Instrument, cells: Sequence[str], columns: Columns) -> Spoken:
    held = [(item, _cells(cells, columns, item.id)) for item in instrument.items]
    said = {item.id: _worst(item, texts) for item, texts in held}
    return Spoken(
        line=number,
        client=_cell(cells, columns, "client"),
        instrument=instrument,
        day=day_in(_cell(cells, columns, "date")),
        answers=said,
        risks=positive(instrument, said),
        unread=tuple(
            (item.safety.about, texts[0])
            for item, texts in held
            if item.safety and texts and said[item.id] is None
        ),
    )


def _cells(cells: Sequence[str], columns: Columns, name: str) -> list[str]:
    """What stands in the columns of this name."""
    return [cells[n] for n in columns.get(name, ()) if n < len(cells) and cells[n]]


def _cell(cells: Sequence[str], columns: Columns, name: str) -> str:
    return next(iter(_cells(cells, columns, name)), "")


def _worst(item: Item, texts: Sequence[str]) -> int | None:
    """The answer; of two that contradict each other, the one that asks for more."""
    read = [value for text in texts if (value := _value(item, text)) is not None]
    return max(read, default=None)


def _value(item: Item, text: str) -> int | None:
    """The answer that a cell means: its number, with or without decimals, or its words."""
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        same = (one.value for one in item.options if one.label.casefold() == text.casefold())
        return next(same, None)
    return int(number) if number in item.values else None


def words_of(one: Spoken) -> list[dict[str, Any]]:
    """The questions and the exact answers of danger."""
    return [
        {"text": one.instrument.item(risk.item).text, "label": risk.label} for risk in one.risks
    ]
