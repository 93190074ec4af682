"""Finds the commands: one file each in a `commands` folder, which opens with its name and words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
PACKAGE = "waymark.interfaces.cli"
OPENING = re.compile(r'"""`waymark (?P<name>[a-z-]+)`: (?P<words>[^"\n]+)\.')


class Wordless(Exception):
    """A file among the commands that does not say what it does."""


@dataclass(frozen=True, slots=True)
class Found:
    """Where a command stands, and its words in `waymark --help`."""

    module: str
    words: str


def commands_in(folder: Path) -> Iterator[tuple[str, Found]]:
    """Every command below ``folder``, by the name it is called by.

    Only the first line of each file is read and none is loaded: help must not wait for the portal.
    Raises Wordless, which names the file and the line it must open with.
    """
    for file in sorted(folder.glob("*/commands/[!_]*.py")):
        name = file.stem.replace("_", "-")
        with file.open(encoding="utf-8") as text:
            opening = OPENING.match(text.readline())
        if opening is None or opening["name"] != name:
            place = file.relative_to(folder)
            raise Wordless(f'{place} must open with: """`waymark {name}`: what it does.')
        dotted = ".".join(file.relative_to(folder).with_suffix("").parts)
        yield name, Found(f"{PACKAGE}.{dotted}", opening["words"])


COMMANDS = dict(commands_in(HERE))
