"""The page of the planted faults: the count by floor, and the whole list."""

from collections.abc import Sequence
from typing import Protocol

from tests.planting.faults import ROOT, Fault

PAGE = ROOT / "docs" / "reference" / "planted-faults.md"


class Result(Protocol):
    """What came of a fault, as far as the page tells it."""

    @property
    def outcome(self) -> str: ...

    @property
    def by(self) -> str: ...

    @property
    def whole(self) -> bool: ...

    @property
    def on(self) -> str: ...


Rows = Sequence[tuple[Fault, Result]]


def write_page(rows: Rows) -> None:
    PAGE.write_text(page(rows))


def page(rows: Rows) -> str:
    """What the planter found, in words and in tables."""
    floors = sorted({fault.floor for fault, _ in rows})
    parts = [_head(rows), _counts(rows, floors), _first(rows)]
    parts += [_list(floor, rows) for floor in floors]
    return "\n\n".join(parts) + "\n"


def _head(rows: Rows) -> str:
    days = sorted({found.on for _, found in rows if found.on})
    when = " to ".join(dict.fromkeys((days[0], days[-1]))) if days else "not asked yet"
    caught = sum(found.outcome == "caught" for _, found in rows)
    return (
        "# Planted faults: would the tests notice?\n\n"
        f"`make plant`, {when}. Each fault is one that somebody could make in earnest. It is\n"
        "planted alone, in a copy of the house; the nearest tests are asked first. A fault by\n"
        "which nothing loads any more does not count as caught.\n\n"
        f"**{caught} of {len(rows)} are caught.**"
    )


def _counts(rows: Rows, floors: list[str]) -> str:
    lines = ["| floor | planted | seen when first planted | seen now |", "|---|---|---|---|"]
    for floor in floors:
        mine = [(fault, found) for fault, found in rows if fault.floor == floor]
        first = sum(not fault.first for fault, _ in mine)
        now = sum(found.outcome == "caught" for _, found in mine)
        lines.append(f"| {floor} | {len(mine)} | {first} | {now} |")
    return "\n".join(lines)


def _first(rows: Rows) -> str:
    lines = [f"- `{fault.name}`: {fault.first}" for fault, _ in rows if fault.first]
    if not lines:
        return "Every one was seen when it was first planted."
    return "\n".join(["## Not seen at first, and what was done", "", *lines])


def _list(floor: str, rows: Rows) -> str:
    lines = [f"## {floor}", "", "| fault | where | what it breaks | seen by |", "|---|---|---|---|"]
    for fault, found in rows:
        if fault.floor == floor:
            where = fault.file.removeprefix("src/waymark/")
            lines.append(f"| {fault.name} | `{where}` | {fault.breaks} | {_seen(found)} |")
    return "\n".join(lines)


def _seen(found: Result) -> str:
    if found.outcome != "caught":
        return f"**{found.outcome}**"
    test = found.by.removeprefix("tests/").partition("[")[0]
    return f"`{test}`{', the whole suite' if found.whole else ''}"
