"""A file of past scores: which rows can be stored, for whom, and why others cannot. Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from waymark.interfaces.clinic import sheet
from waymark.interfaces.clinic.sheet import BadSheet, Fault, SheetLine
from waymark.library.answers import BadAnswer, check, long_ago
from waymark.library.instrument import Instrument, Method
from waymark.library.instruments import INSTRUMENTS

NEEDS = ("client", "instrument", "date")
ITEM = re.compile(r"q\d+[a-z]?")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
NUMBER = re.compile(r"-?\d{1,6}(\.\d{1,9})?", re.ASCII)

NO_CLIENT = "It names no client. Write their number, or their name as it stands here."


class BadRow(ValueError):
    """One row cannot be stored; the message names the remedy."""


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One row that makes sense by itself: a total on one scale, or the answers to the items."""

    line: int
    client: str  # as the file names them: the clinic's number, or the name
    instrument: str
    day: date
    scale: str = "total"
    value: float | None = None
    answers: Mapping[str, int | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file holds: rows that can be stored, and rows that cannot."""

    rows: tuple[ImportRow, ...]
    faults: tuple[Fault, ...]


def read(data: bytes, *, today: date) -> Reading:
    """Every row of the file. Raises BadSheet when the file as a whole cannot be read."""
    held = sheet.read(data, needs=NEEDS)
    items = [name for name in held.columns if ITEM.fullmatch(name)]
    if "score" not in held.columns and not items:
        raise BadSheet(
            "The first line names no column score, and no columns q1, q2 and so on for the answers."
        )
    rows: list[ImportRow] = []
    faults = list(held.faults)
    for line in held.lines:
        try:
            rows.append(_row(line, items, today=today))
        except BadRow as error:
            faults.append(Fault(line.number, str(error)))
    return Reading(tuple(rows), tuple(faults))


def _row(line: SheetLine, items: Iterable[str], *, today: date) -> ImportRow:
    cells = line.cells
    if not cells["client"]:
        raise BadRow(NO_CLIENT)
    instrument, day = _instrument(cells["instrument"]), _day(cells["date"], today=today)
    given = {name: cells[name] for name in items if cells[name]}
    score = cells.get("score", "")
    if given and score:
        raise BadRow("It has both a score and answers. Keep one of them.")
    if given:
        answers = _answers(instrument, given)
        return ImportRow(line.number, cells["client"], instrument.id, day, answers=answers)
    scale, value = _total(instrument, cells.get("scale", ""), score)
    return ImportRow(line.number, cells["client"], instrument.id, day, scale, value)


def _instrument(text: str) -> Instrument:
    found = named(text)
    if found is None:
        known = ", ".join(INSTRUMENTS)
        raise BadRow(f"{text or 'An empty cell'} is no instrument of this library. Use: {known}.")
    return found


def named(text: str) -> Instrument | None:
    """The instrument that a cell means, by its id or its title."""
    return _by_name().get(_plain(text))


@lru_cache(maxsize=1)
def _by_name() -> dict[str, Instrument]:
    """The first one of the library goes before later ones of the same name."""
    every = reversed(list(INSTRUMENTS.values()))
    return {_plain(name): one for one in every for name in (one.title, one.id)}


def _plain(text: str) -> str:
    """Letters and figures alone, so that PHQ-9, phq9 and phq-9 are the same."""
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def day_in(text: str) -> date | None:
    """The day that a cell names, if it names one."""
    try:
        return date.fromisoformat(text) if DAY.fullmatch(text) else None
    except ValueError:
        return None


def _day(text: str, *, today: date) -> date:
    day = day_in(text)
    if day is None:
        raise BadRow(f"{text or 'An empty cell'} is no day. Write days like 2026-06-02.")
    if day > today:
        raise BadRow(to_come(day))
    if long_ago(day, today=today):
        raise BadRow(f"{day.isoformat()} is more than 30 years ago. Look at the year.")
    return day


def to_come(day: date) -> str:
    """What is said of a day that has not begun."""
    return f"{day.isoformat()} is in the future. Write the day of the answers."


def _answers(instrument: Instrument, given: Mapping[str, str]) -> dict[str, int | None]:
    for name, text in given.items():
        if not text.isdecimal() or len(text) > 3:
            raise BadRow(f"{name}: {text} is no whole number.")
    answers = {name: int(text) for name, text in given.items()}
    try:
        check(instrument, answers)
    except BadAnswer as error:
        raise BadRow(str(error)) from error
    return {item.id: answers.get(item.id) for item in instrument.items}


def _total(instrument: Instrument, named: str, score: str) -> tuple[str, float]:
    if not score:
        raise BadRow("It has neither a score nor answers.")
    names = [scale.id for scale in instrument.scales]
    wanted = named.casefold() or names[0]
    if wanted not in names:
        raise BadRow(f"{instrument.title} has no scale {named}. It has: {', '.join(names)}.")
    scale = instrument.scale(wanted)
    if scale.method is Method.LEVEL:
        raise BadRow(f"{instrument.title} has no total. Bring in its answers, q1 and so on.")
    if not NUMBER.fullmatch(score):
        hint = " Write decimals with a point, like 12.5." if "," in score else ""
        raise BadRow(f"{score} is no number.{hint}")
    value = float(score)
    if not scale.low <= value <= scale.high:
        raise BadRow(f"{score} is outside {scale.low:g} to {scale.high:g}, the range of the scale.")
    return scale.id, value
