"""Reading a list of newcomers: a CSV file in, people and problems out; nothing else happens."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from waymark.record.people.actions import Newcomer
from waymark.record.people.roster import Namesake

COLUMNS = ("name", "adult", "email", "phone", "number")
YES = {"yes", "y", "true", "1", "18+"}
LARGEST = 1_000_000
MOST = 1_000


@dataclass(frozen=True, slots=True)
class Problem:
    """One line that cannot be taken, and why."""

    line: int
    why: str


@dataclass(frozen=True, slots=True)
class Newcomers:
    """What a file holds. ``problem`` is said of the whole file."""

    good: tuple[Newcomer, ...] = ()
    bad: tuple[Problem, ...] = ()
    problem: str = ""


def read(data: bytes, *, known: Sequence[Namesake]) -> Newcomers:
    """The newcomers in a CSV file. A name or number that is here already is a problem."""
    if len(data) > LARGEST:
        return Newcomers(problem="The file is larger than 1 MB. Split it.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return Newcomers(
            problem=f"The file is not UTF-8 (byte {error.start + 1}). Save it as such."
        )
    rows = list(csv.DictReader(io.StringIO(text)))
    header = text.splitlines()[0].lower() if text.strip() else ""
    if "name" not in header or "adult" not in header:
        return Newcomers(problem="The first line must name the columns: name, adult, and others.")
    if len(rows) > MOST:
        return Newcomers(problem=f"At most {MOST} people at a time. Split the file.")
    taken = {one.name.casefold() for one in known} | {one.number for one in known if one.number}
    found = list(_each(rows, taken))
    return Newcomers(
        good=tuple(one for one in found if isinstance(one, Newcomer)),
        bad=tuple(one for one in found if isinstance(one, Problem)),
    )


def _each(rows: list[dict[str, str]], taken: set[str]) -> Iterator[Newcomer | Problem]:
    for line, row in enumerate(rows, start=2):
        values = {
            (k or "").strip().lower(): (v or "") for k, v in row.items() if isinstance(v, str)
        }
        given = {name: values.get(name, "").strip() for name in COLUMNS}
        why = _wrong(given, taken)
        if why:
            yield Problem(line, why)
            continue
        taken |= {given["name"].casefold(), *([given["number"]] if given["number"] else [])}
        yield Newcomer(
            given["name"], adult=True, email=given["email"], phone=given["phone"],
            number=given["number"],
        )  # fmt: skip


def _wrong(given: dict[str, str], taken: set[str]) -> str:
    if not given["name"]:
        return "There is no name."
    if given["adult"].lower() not in YES:
        return f"{given['name']}: adult must say yes; Waymark is for people of 18 and over."
    if given["email"] and "@" not in given["email"]:
        return f"{given['name']}: {given['email']} is not an e-mail address."
    if given["name"].casefold() in taken:
        return f"{given['name']} is here already, or twice in this list."
    if given["number"] and given["number"] in taken:
        return f"{given['name']}: the number {given['number']} is taken."
    return ""
