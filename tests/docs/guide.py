"""Reads a guide as somebody who follows it: which file, where in it, and what to write there.

A block follows a line of its own that names its file, `so/it/is.py`: the whole of a new file; or
`so/it/is.py`, after `this line`: lines for a file that stands already.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HOW_TO = Path(__file__).parents[2] / "docs" / "how-to"
BLOCK = re.compile(
    r"^`(?P<file>[\w/.-]+)`(?:, after `(?P<after>[^`]+)`)?:\n\n```\w+\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
FENCED = re.compile(r"^```\w+$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Block:
    """What stands in one block, and where it belongs."""

    file: str
    after: str  # a line of a shared file; empty: the file is new
    text: str

    def write(self, house: Path) -> None:
        """Put it where the guide says. Raises LookupError where that is not as the guide says."""
        file = house / self.file
        if not self.after:
            if file.exists():
                raise LookupError(f"{self.file} is said to be new, and stands already")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(self.text)
            return
        lines = file.read_text().splitlines(keepends=True)
        places = [n for n, line in enumerate(lines, 1) if line.strip() == self.after]
        if len(places) != 1:
            raise LookupError(f"{self.file}: {self.after!r} stands there {len(places)} times")
        lines[places[0] : places[0]] = [self.text]
        file.write_text("".join(lines))


@dataclass(frozen=True, slots=True)
class Guide:
    """One page, and its blocks in order."""

    text: str

    @property
    def blocks(self) -> list[Block]:
        """Every block; one that names no file is a mistake of the page."""
        found = [Block(one["file"], one["after"] or "", one["text"]) for one in self._found()]
        if len(found) != len(FENCED.findall(self.text)):
            raise LookupError("a block of this page does not say which file it belongs to")
        return found

    @property
    def shared(self) -> list[str]:
        """The files that stand already and are edited."""
        return [one.file for one in self.blocks if one.after]

    def follow(self, house: Path) -> None:
        """Write everything, as it says."""
        for block in self.blocks:
            block.write(house)

    def _found(self) -> Iterator[re.Match[str]]:
        return BLOCK.finditer(self.text)


def guide(name: str) -> Guide:
    """A page of `docs/how-to`, by its name."""
    return Guide((HOW_TO / f"{name}.md").read_text())
