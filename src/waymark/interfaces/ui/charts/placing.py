"""Where words find room in a picture: away from the person's line and from one another."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, dist

Dot = tuple[float, float]

LETTER, ASCENT, DESCENT, AIR = 6.2, 11, 4, 5
"""Pixels of a 12-pixel letter, above and below its baseline, and of the space kept around it."""

STEP = 6
"""The line is followed in steps of so many pixels."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place for a line of text: its baseline, and whether it starts or ends at ``x``."""

    x: float
    y: float
    anchor: str = "start"

    def box(self, text: str) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of the text, with air around it."""
        width = len(text) * LETTER
        left = self.x - width if self.anchor == "end" else self.x
        return left - AIR, self.y - ASCENT - AIR, left + width + AIR, self.y + DESCENT + AIR


def followed(runs: Iterable[Sequence[Dot]]) -> list[Dot]:
    """Dots along the line, close enough that no word slips through."""
    return [dot for run in runs for dot in _along(run)]


def _along(run: Sequence[Dot]) -> Iterator[Dot]:
    yield from run[:1]
    for (x1, y1), (x2, y2) in pairwise(run):
        steps = max(1, ceil(dist((x1, y1), (x2, y2)) / STEP))
        for step in range(1, steps + 1):
            yield x1 + (x2 - x1) * step / steps, y1 + (y2 - y1) * step / steps


def room(
    text: str,
    spots: Sequence[Spot],
    *,
    line: Sequence[Dot],
    words: Sequence[Dot],
    faint: Sequence[Dot] = (),
) -> Spot:
    """The first spot that is free of the line, of words already placed and of ``faint`` lines; if
    there is none, of the line and the words alone; else the first."""
    for avoided in ([*line, *words, *faint], [*line, *words]):
        for spot in spots:
            if not _covered(spot.box(text), avoided):
                return spot
    return spots[0]


def middle_of(spot: Spot, text: str) -> list[Dot]:
    """Dots along the middle of a placed text, for the words that come after it."""
    left, top, right, bottom = spot.box(text)
    middle = (top + bottom) / 2
    return [(x, middle) for x in range(int(left), int(right) + 1, STEP)]


def _covered(box: tuple[float, float, float, float], dots: Iterable[Dot]) -> bool:
    left, top, right, bottom = box
    return any(left <= x <= right and top <= y <= bottom for x, y in dots)
