"""A file of clients to be invited: who can be, and why others cannot."""

import json
from collections.abc import Iterable
from dataclasses import astuple, dataclass

from waymark.interfaces.clinic import sheet
from waymark.interfaces.clinic.sheet import BadSheet, Fault, SheetLine
from waymark.record.people import newcomers
from waymark.record.people.newcomers import Roll, same
from waymark.record.people.roster import Namesake
from waymark.record.tenancy.action import Invalid

NEEDS = ("name", "adult")
MOST = 500
YES = {"yes", "y", "true", "1", "x", "18+"}


class BadRow(ValueError):
    """One row cannot be invited; the message names the remedy."""


@dataclass(frozen=True, slots=True)
class Newcomer:
    """One row that can be invited."""

    line: int
    name: str
    email: str = ""
    phone: str = ""
    number: str = ""

    @property
    def person(self) -> newcomers.Newcomer:
        """As the record knows them; who is no adult has no row."""
        return newcomers.Newcomer(self.name, True, self.email, self.phone, self.number)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file holds: people to invite, and rows that cannot be used."""

    rows: tuple[Newcomer, ...]
    faults: tuple[Fault, ...]


def read(data: bytes, *, known: Iterable[Namesake] = ()) -> Reading:
    """Everybody in the file; ``known`` are the clients who are here already."""
    held = sheet.read(data, needs=NEEDS, most=MOST)
    roll = Roll(known)
    taken: dict[str, int] = {}
    seen: dict[tuple[str, str], int] = {}
    rows: list[Newcomer] = []
    faults = list(held.faults)
    for line in held.lines:
        try:
            row = _row(line)
            roll.check(row.person)
            _check_once(row, taken, seen)
        except (BadRow, Invalid) as error:
            faults.append(Fault(line.number, str(error)))
        else:
            rows.append(row)
    return Reading(tuple(rows), tuple(sorted(faults, key=lambda fault: fault.line)))


def _row(line: SheetLine) -> Newcomer:
    cells = {name: line.cells.get(name, "") for name in ("name", "email", "phone", "number")}
    adult = line.cells["adult"].casefold()
    if cells["name"] and not adult:
        raise BadRow("The column adult is empty. Write yes for a person of 18 or over.")
    try:
        who = newcomers.checked(
            newcomers.Newcomer(
                name=cells["name"],
                adult=adult in YES,
                email=cells["email"],
                phone=cells["phone"],
                number=cells["number"],
            )
        )
    except Invalid as error:
        raise BadRow(error.message) from error
    return Newcomer(line.number, who.name, who.email, who.phone, who.number)


def _check_once(row: Newcomer, taken: dict[str, int], seen: dict[tuple[str, str], int]) -> None:
    """One file names one person once."""
    if row.number:
        number = same(row.number)
        if number in taken:
            raise BadRow(f"The number {row.number} belongs to line {taken[number]}.")
        taken[number] = row.line
    key = (same(row.name), row.email.casefold() or row.phone or row.number)
    if key in seen:
        raise BadRow(f"It names the same person as line {seen[key]}.")
    seen[key] = row.line


def packed(rows: Iterable[Newcomer]) -> str:
    """The rows as one text, which the form carries from the preview to the confirmation."""
    return json.dumps([astuple(row) for row in rows], separators=(",", ":"))


def unpacked(text: str) -> list[Newcomer]:
    """What `packed` made. Raises BadSheet for any other text; the record checks the rest."""
    try:
        rows = [Newcomer(int(line), *map(_text, cells)) for line, *cells in json.loads(text)]
    except (ValueError, TypeError, OverflowError, RecursionError) as error:
        raise BadSheet("The preview came back changed. Choose the file again.") from error
    if len(rows) > MOST:
        raise BadSheet(f"The preview came back with more than {MOST} rows. Choose the file again.")
    return rows


def _text(cell: object) -> str:
    if not isinstance(cell, str):
        raise TypeError("a cell is text")
    cell.encode()  # half a sign, as JSON can write one, is no text that could be kept
    return cell
