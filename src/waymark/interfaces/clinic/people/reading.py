"""A file of clients to be invited: who can be, and why others cannot. Pure."""

import json
import re
from collections.abc import Iterable
from dataclasses import astuple, dataclass

from waymark.interfaces.clinic import sheet
from waymark.interfaces.clinic.sheet import BadSheet, Fault, Line

NEEDS = ("name", "adult")
MOST = 500
MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
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


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file holds: people to invite, and rows that cannot be used."""

    rows: tuple[Newcomer, ...]
    faults: tuple[Fault, ...]


def read(data: bytes, *, numbers: Iterable[str] = ()) -> Reading:
    """Everybody in the file; ``numbers`` are those of clients who are here already."""
    held = sheet.read(data, needs=NEEDS, most=MOST)
    taken = {number.casefold(): "a client who is here already" for number in numbers if number}
    seen: dict[tuple[str, str], int] = {}
    rows: list[Newcomer] = []
    faults = list(held.faults)
    for line in held.lines:
        try:
            row = _row(line)
            _check_once(row, taken, seen)
        except BadRow as error:
            faults.append(Fault(line.number, str(error)))
        else:
            rows.append(row)
    return Reading(tuple(rows), tuple(sorted(faults, key=lambda fault: fault.line)))


def _row(line: Line) -> Newcomer:
    cells = {name: line.cells.get(name, "") for name in ("name", "email", "phone", "number")}
    if not cells["name"]:
        raise BadRow("It has no name.")
    if any(len(text) > 120 for text in cells.values()):
        raise BadRow("One of its cells has more than 120 characters.")
    if cells["email"] and not MAIL.fullmatch(cells["email"]):
        raise BadRow(f"{cells['email']} is no e-mail address. Mend it, or leave it empty.")
    adult = line.cells["adult"].casefold()
    if not adult:
        raise BadRow("The column adult is empty. Write yes for a person of 18 or over.")
    if adult not in YES:
        raise BadRow("Waymark is for people of 18 and over; minors need other consent.")
    return Newcomer(line.number, **cells)


def _check_once(row: Newcomer, taken: dict[str, str], seen: dict[tuple[str, str], int]) -> None:
    if row.number:
        number = row.number.casefold()
        if number in taken:
            raise BadRow(f"The number {row.number} belongs to {taken[number]}.")
        taken[number] = f"line {row.line}"
    key = (row.name.casefold(), row.email.casefold() or row.phone or row.number)
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
    except (ValueError, TypeError, RecursionError) as error:
        raise BadSheet("The preview came back changed. Choose the file again.") from error
    if len(rows) > MOST:
        raise BadSheet(f"The preview came back with more than {MOST} rows. Choose the file again.")
    return rows


def _text(cell: object) -> str:
    if not isinstance(cell, str):
        raise TypeError("a cell is text")
    return cell
