"""Hints on the five levels of a goal as they are written: no gap, no overlap (content C3)."""

from collections.abc import Iterator, Mapping

from waymark.library.goal import LEVELS
from waymark.library.hint import Hint
from waymark.library.marking import gettext_noop
from waymark.library.word import folded

GAP = Hint(
    "gap",
    "levels",
    gettext_noop("Some of the five have no words yet. With all five you can say where you are."),
)
OVERLAP = Hint(
    "overlap",
    "levels",
    gettext_noop("Two of the five say the same. Each one works best with words of its own."),
)
NO_START = Hint(
    "no-start",
    "levels",
    gettext_noop("Where are you now, as you begin? One of the two lower levels fits best."),
)


def level_hints(levels: Mapping[int, str], *, start: int | None) -> tuple[Hint, ...]:
    """What could make the levels easier to tell apart; nothing where none was written."""
    return tuple(_found(levels, start)) if levels else ()


def _found(levels: Mapping[int, str], start: int | None) -> Iterator[Hint]:
    if len(levels) < len(LEVELS):
        yield GAP
    if len({folded(words).strip(" .") for words in levels.values()}) < len(levels):
        yield OVERLAP
    if start is None:
        yield NO_START
