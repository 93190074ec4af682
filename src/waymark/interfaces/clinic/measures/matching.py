"""Whose rows they are: a file names clients by number or name, a caseload knows them. Pure."""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from math import isfinite
from typing import Any
from uuid import UUID

from waymark.interfaces.clinic.measures.reading import NO_CLIENT, BadRow, ImportRow
from waymark.interfaces.clinic.sheet import MOST_ROWS, BadSheet, Fault
from waymark.library.instruments import INSTRUMENTS


@dataclass(frozen=True, slots=True)
class Person:
    """A client of the caseload, as a file may name them."""

    id: UUID
    name: str
    number: str
    zone: str


Occasion = tuple[UUID, str, date]  # client, instrument, day


@dataclass(frozen=True, slots=True)
class Matched:
    """Rows with the client they belong to, in the order of the file, and rows without one."""

    rows: tuple[tuple[ImportRow, Person], ...]
    faults: tuple[Fault, ...]


class Register:
    """The caseload, found by number or by name."""

    def __init__(self, people: Iterable[Person]) -> None:
        self.by_number: dict[str, list[Person]] = defaultdict(list)
        self.by_name: dict[str, list[Person]] = defaultdict(list)
        for person in people:
            self.by_name[_spaced(person.name)].append(person)
            if person.number:
                self.by_number[person.number.casefold()].append(person)

    def find(self, text: str) -> Person:
        """The one client who is meant: by number, else by exact name. Raises BadRow."""
        if not text:
            raise BadRow(NO_CLIENT)
        by_number = self.by_number.get(text.casefold(), [])
        found = by_number or self.by_name.get(_spaced(text), [])
        if len(found) > 1:
            what = "number" if by_number else "name"
            raise BadRow(
                f"{text} is the {what} of {len(found)} clients. Give each a number of their own."
            )
        if not found:
            raise BadRow(f"{text} is no client of yours, by number or by exact name.")
        return found[0]


def _spaced(name: str) -> str:
    return " ".join(name.split())


def matched(rows: Iterable[ImportRow], people: Iterable[Person]) -> Matched:
    """Give each row its client; a row that repeats or contradicts another one is left out."""
    register = Register(people)
    found: list[tuple[ImportRow, Person]] = []
    faults: list[Fault] = []
    seen: dict[Occasion, list[ImportRow]] = defaultdict(list)
    for row in rows:
        try:
            person = register.find(row.client)
            _check_once(row, person, seen)
        except BadRow as error:
            faults.append(Fault(row.line, str(error)))
        else:
            found.append((row, person))
    return Matched(tuple(found), tuple(faults))


def _check_once(row: ImportRow, person: Person, seen: dict[Occasion, list[ImportRow]]) -> None:
    """On one day an instrument has its answers, or one total a scale."""
    before = seen[person.id, row.instrument, row.day]
    for first in before:
        if (first.scale, first.value, first.answers) == (row.scale, row.value, row.answers):
            raise BadRow(f"It says the same as line {first.line}.")
        if first.answers or row.answers or first.scale == row.scale:
            raise BadRow(f"Line {first.line} says otherwise of the same day. Keep the right one.")
    before.append(row)


def packed(rows: Iterable[tuple[ImportRow, Person]]) -> str:
    """The rows as one short text, which the form carries from the preview to the confirmation."""
    people: dict[UUID, int] = {}
    lines = [
        [
            row.line,
            people.setdefault(person.id, len(people)),
            row.instrument,
            row.day.isoformat(),
            row.scale,
            row.value,
            ",".join("" if one is None else str(one) for one in row.answers.values()),
        ]
        for row, person in rows
    ]
    return json.dumps([[str(id) for id in people], lines], separators=(",", ":"))


def unpacked(text: str) -> dict[UUID, list[ImportRow]]:
    """What `packed` made, by client. Raises BadSheet for any other text.

    Only the shape is looked at: whether the viewer may, and whether the values can be, is asked
    of the record again.
    """
    try:
        people, lines = json.loads(text)
        ids = [UUID(one) for one in people]
        found: dict[UUID, list[ImportRow]] = {id: [] for id in ids}
        if len(lines) > MOST_ROWS:
            raise ValueError("more than a preview shows")
        for line in lines:
            found[ids[int(line[1])]].append(_row(line))
    except (
        ArithmeticError,
        ValueError,
        TypeError,
        LookupError,
        AttributeError,
        RecursionError,
    ) as error:
        raise BadSheet("The preview came back changed. Choose the file again.") from error
    return found


def _row(line: list[Any]) -> ImportRow:
    number, _, id, day, scale, value, said = line
    answers = [int(one) if one else None for one in said.split(",")] if said else []
    items = [item.id for item in INSTRUMENTS[id].items] if answers else []
    return ImportRow(
        line=int(number),
        client="",
        instrument=id,
        day=date.fromisoformat(day),
        scale=str(scale),
        value=None if value is None else _finite(value),
        answers=dict(zip(items, answers, strict=True)),
    )


def _finite(value: Any) -> float:
    """The number. Raises ValueError for one without end, as JSON's 1e999 is read."""
    if not isfinite(number := float(value)):
        raise ValueError("a score has an end")
    return number
