"""What is said of a small win or a setback, and how it reads to somebody it is shared with."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from waymark.library.items import ITEMS
from waymark.library.win import WIN_TYPES
from waymark.record.sharing.snapshot import Part, Snapshot
from waymark.record.tenancy.action import Invalid

MOST_CHARACTERS = 2000
STRONGEST = 10
LASTING = ITEMS["react-duration"].steps
"""How long something stays, from a few minutes to still there: as in the check-in."""


class Sort(StrEnum):
    """A win or a setback: its writer decides what counts."""

    WIN = "win"
    SETBACK = "setback"


@dataclass(frozen=True, slots=True)
class Happening:
    """In its writer's words. ``lasted`` is the place in `LASTING`, ``strength`` 0 to 10 at its
    strongest; None is not said, which is neither short nor nothing."""

    sort: Sort
    words: str
    type: str = ""  # of `WIN_TYPES`; empty: none of them
    lasted: int | None = None
    strength: int | None = None

    @property
    def body(self) -> dict[str, Any]:
        """As it is stored."""
        return {**asdict(self), "sort": self.sort.value}

    @property
    def lasted_words(self) -> str:
        """How long it stayed; empty where that was not said."""
        return "" if self.lasted is None else _(LASTING[self.lasted])

    @property
    def type_words(self) -> str:
        """Its kind; empty where none was chosen."""
        return _(WIN_TYPES[self.type].label) if self.type else ""


def read(body: Mapping[str, Any]) -> Happening:
    """A stored one."""
    return Happening(**{**body, "sort": Sort(body["sort"])})


def checked(what: Happening) -> Happening:
    """The same without spaces around. Raises Invalid, naming the field and what would do."""
    words = what.words.strip()
    if not words:
        raise Invalid("words", _("Write what happened. A few words are enough."))
    if len(words) > MOST_CHARACTERS:
        over = len(words) - MOST_CHARACTERS
        raise Invalid("words", _("Shorten it by %(over)d characters.") % {"over": over})
    if what.type and what.type not in WIN_TYPES:
        raise Invalid("type", _("Choose a kind from the list, or none."))
    if what.lasted is not None and what.lasted not in range(len(LASTING)):
        raise Invalid("lasted", _("Choose how long it stayed, or leave it open."))
    if what.strength is not None and what.strength not in range(STRONGEST + 1):
        raise Invalid("strength", _("Choose a number from 0 to 10, or leave it open."))
    return Happening(what.sort, words, what.type, what.lasted, what.strength)


def snapshot_of(what: Happening, day: date) -> Snapshot:
    """As a reader sees it."""
    title = _("A small win") if what.sort is Sort.WIN else _("A setback")
    strength = "" if what.strength is None else _("%(n)d of 10") % {"n": what.strength}
    facts = (
        (_("What kind"), what.type_words),
        (_("It stayed"), what.lasted_words),
        (_("At its strongest"), strength),
    )
    parts = (Part("", what.words), *(Part(label, text) for label, text in facts if text))
    return Snapshot(title, day.isoformat(), parts)
