r"""Whether a text says in so many words that its writer may be in danger: on the device, for them.

Never a watch and never an alarm: a page that hears it shows where help is, keeps nothing, and tells
nobody unless its owner does. Matching words misses most of what people mean, and nobody may read
silence as safety (content B5).

The rule, which a script in the browser follows to the letter with the same file, ``danger.json``:

1. Every sign of ``word.APOSTROPHES`` becomes ``'``; then NFKC; then small letters, ss for the sharp
   s (``text.replace(...).normalize("NFKC").toLowerCase().replaceAll("\u00df", "ss")``).
2. The words are what matches ``[letters and digits]+('[letters and digits]+)*``
   (``/[\p{L}\p{N}]+(?:'[\p{L}\p{N}]+)*/gu``). All marks, line breaks and spaces between are gone.
3. A word that stands in ``same`` becomes what stands there. Words of ``dropped`` are left out.
4. The words are joined by single spaces, with one at either end.
5. A phrase is found where it stands with a space at either end, so that it is whole words. It does
   not count where one of ``held_back_after`` ends right before it, or one of ``held_back_before``
   begins right after it, whole words again. One place that counts is enough.
"""

import json
from importlib.resources import files
from typing import TypedDict

from waymark.library.word import words_of


class _Held(TypedDict):
    phrases: list[str]
    same: dict[str, str]
    dropped: list[str]
    held_back_after: list[str]
    held_back_before: list[str]


_HELD: _Held = json.loads(
    files("waymark.library").joinpath("danger.json").read_text(encoding="utf-8")
)
PHRASES = tuple(_HELD["phrases"])
SAME = _HELD["same"]
DROPPED = frozenset(_HELD["dropped"])
HELD_BACK_AFTER = tuple(f" {words} " for words in _HELD["held_back_after"])
HELD_BACK_BEFORE = tuple(f" {words} " for words in _HELD["held_back_before"])


def speaks_of_danger(text: str) -> bool:
    """Whether a text holds one of the phrases, by the rule above. Any text is taken."""
    said = as_read(text)
    return any(_says(said, phrase) for phrase in PHRASES)


def as_read(text: str) -> str:
    """A text as the phrases are looked for in it, with a space at either end."""
    read = (SAME.get(word, word) for word in words_of(text) if word not in DROPPED)
    return f" {' '.join(read)} "


def _says(said: str, phrase: str) -> bool:
    at = said.find(f" {phrase} ")
    while at >= 0:
        before, after = said[: at + 1], said[at + 1 + len(phrase) :]
        if not (before.endswith(HELD_BACK_AFTER) or after.startswith(HELD_BACK_BEFORE)):
            return True
        at = said.find(f" {phrase} ", at + 1)
    return False
