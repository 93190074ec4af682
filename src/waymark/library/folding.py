"""Looking for words as people mean them: capitals, accents and ways of composing do not count.

Each letter is folded by itself, so that what is found can be marked in the text as it was written.
"""

from collections.abc import Iterable
from functools import lru_cache
from unicodedata import category, combining, east_asian_width, normalize

SHORTEST = 2
"""Letters of a word that is looked for, but for scripts in which one sign is a word."""


def fold(text: str) -> str:
    """The text as it is compared: ``Vidéo`` and ``video`` are one, and so are ``ß`` and ``ss``."""
    return "".join(map(_folded, text))


def places(text: str, words: Iterable[str]) -> list[tuple[int, int]]:
    """Where any of the words stands in a text: begin and end of each, in order, none overlapping.

    An end that cuts a letter off from its accents is moved behind them.
    """
    folded, at = _with_places(text)
    found: list[tuple[int, int]] = []
    for word in {fold(one) for one in words} - {""}:
        start = folded.find(word)
        while start >= 0:
            end = start + len(word)
            found.append((at[start], _whole(text, at[end - 1] + 1)))
            start = folded.find(word, end)
    return _merged(sorted(found))


def sought(query: str) -> tuple[str, ...]:
    """The words of a search, each folded, once. Empty where there is nothing to look for: a word
    has two letters at least, unless one sign is a word in its script."""
    words = dict.fromkeys(fold(query).split())
    return tuple(word for word in words if len(word) >= SHORTEST or _is_a_word(word))


def holds(folded: str, words: Iterable[str]) -> bool:
    """Whether a folded text holds every one of these folded words, or parts of words."""
    return all(word in folded for word in words)


@lru_cache(maxsize=4096)
def _folded(letter: str) -> str:
    parts = normalize("NFKD", normalize("NFKD", letter).casefold())
    return "".join(part for part in parts if not combining(part))


def _with_places(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its letters the place that it came from."""
    parts = [(_folded(letter), place) for place, letter in enumerate(text)]
    return "".join(part for part, _ in parts), [place for part, place in parts for _ in part]


def _whole(text: str, end: int) -> int:
    while end < len(text) and combining(text[end]):
        end += 1
    return end


def _merged(found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in found:
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def _is_a_word(word: str) -> bool:
    """Whether one sign is a word by itself, as in Chinese and Japanese."""
    return bool(word) and category(word[0]) == "Lo" and east_asian_width(word[0]) in "WF"
