"""The list of faults, as data: one file a floor, one table a fault."""

import ast
import tomllib
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
LISTS = Path(__file__).parent / "faults"
FIELDS = {"name", "file", "old", "new", "nearest", "breaks"}
MAY = {"first", "database"}


class Stale(ValueError):
    """The list does not fit the house any more: the fault's name, and what to do."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One change for the worse.

    ``nearest``: the tests that should see it. ``breaks``: the promise. ``first``: where it was not
    seen when it was first planted, what was done about it. ``database``: "postgresql" where the
    promise is kept there alone.
    """

    floor: str
    name: str
    file: str
    old: str
    new: str
    nearest: tuple[str, ...]
    breaks: str
    first: str = ""
    database: str = ""

    @property
    def digest(self) -> str:
        """Changes with the fault, so that what was found of another one is not taken for it."""
        return sha256("\0".join((self.file, self.old, self.new)).encode()).hexdigest()[:16]

    def planted(self, text: str) -> str:
        """The file's text with the fault in it. Raises Stale unless it fits in one place."""
        found = text.count(self.old)
        if found != 1:
            raise Stale(f"{self.name}: the old text stands {found} times in {self.file}, not once")
        worse = text.replace(self.old, self.new)
        if self.file.endswith(".py") and ast.dump(ast.parse(worse)) == ast.dump(ast.parse(text)):
            raise Stale(f"{self.name}: nothing is different in {self.file}")
        return worse


def load(folder: Path = LISTS) -> list[Fault]:
    """Every fault of every floor, in the order of the files. Raises Stale for a bad list."""
    found = [
        _fault(path.stem, table)
        for path in sorted(folder.glob("*.toml"))
        for table in tomllib.loads(path.read_text())["fault"]
    ]
    names = [one.name for one in found]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise Stale(f"{', '.join(twice)}: a name stands for one fault")
    return found


def _fault(floor: str, table: dict[str, Any]) -> Fault:
    name = table.get("name", "a fault without a name")
    if unknown := set(table) - FIELDS - MAY:
        raise Stale(f"{name}: {', '.join(sorted(unknown))} means nothing here")
    if absent := FIELDS - set(table):
        raise Stale(f"{name}: {', '.join(sorted(absent))} must be given")
    return Fault(floor=floor, **{**table, "nearest": tuple(table["nearest"])})
