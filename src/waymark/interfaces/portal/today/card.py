"""What a card of Today is: one file, with when it stands there, how heavy it is, and its template.

Today asks for one thing. A card of `Kind.ASKS` stands on the page alone, the first by its number;
the others wait under "More". Of quiet ones two stand below it, and what is kept at hand for a hard
minute (`Card.always`) besides.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING, Any

from waymark.access.vocabulary import Viewer
from waymark.interfaces.portal.danger import Settled, Standing

if TYPE_CHECKING:
    from waymark.record.tenancy.named import Patient

MOST_QUIET = 2


class Kind(Enum):
    """How heavy a card is."""

    FIRST = "first"  # stands before everything, always: what somebody has to know
    ASKS = "asks"  # something to do; one at a time
    QUIET = "quiet"  # something to read; two at most
    MORE = "more"  # a way to something, kept at hand


@dataclass(frozen=True, slots=True)
class Asked:
    """What every card is handed: who asks, when, and whether anything may be asked of them now."""

    viewer: Viewer
    patient: "Patient"
    at: datetime
    standing: Standing | None  # an open concern of their own
    settled: Settled | None = None  # what was agreed when one was closed

    @property
    def resting(self) -> bool:
        """Whether nothing more is asked in this sitting."""
        held = self.standing or self.settled
        return held is not None and held.this_sitting


@dataclass(frozen=True, slots=True)
class Shown:
    """One thing of a card: how heavy it is, and what its template is given."""

    kind: Kind
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Card:
    """One kind of thing on Today. ``shows`` yields each thing of it; none: it does not stand."""

    id: str
    number: int
    shows: Callable[[Asked], Iterable[Shown]]
    statements: int  # how many the database is asked, however many rows there are
    always: bool = False  # a quiet one that no other takes the place of

    @property
    def template(self) -> str:
        return f"portal/today/cards/{self.id}.html"

    @property
    def line(self) -> str:
        """Its template for one line under "More"."""
        return f"portal/today/cards/{self.id}_line.html"


Drawn = tuple[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Day:
    """What stands on the page, in its order: templates, each with its data."""

    first: tuple[Drawn, ...]
    asks: Drawn | None
    quiet: tuple[Drawn, ...]
    more: tuple[Drawn, ...]


def day_of_cards(cards: Mapping[str, Card], asked: Asked) -> Day:
    """One thing to do, two to read, and the rest kept at hand; nothing is asked of who rests."""
    held = list(_all(cards, asked))
    asking = [one for one in held if one[1].kind is Kind.ASKS and not asked.resting]
    quiet = list(_quiet(held))
    kept = [one for one in held if one[1].kind is Kind.MORE and not asked.resting]
    return Day(
        first=tuple(_drawn(one) for one in held if one[1].kind is Kind.FIRST),
        asks=_drawn(asking[0]) if asking else None,
        quiet=tuple(_drawn(one) for one in quiet),
        more=tuple((card.line, one.data) for card, one in (*asking[1:], *kept)),
    )


def _quiet(held: Iterable[tuple[Card, Shown]]) -> Iterator[tuple[Card, Shown]]:
    """Two to read, and whatever stands always."""
    left = MOST_QUIET
    for card, shown in held:
        if shown.kind is Kind.QUIET and (card.always or left):
            yield card, shown
            left -= not card.always


def _all(cards: Mapping[str, Card], asked: Asked) -> Iterator[tuple[Card, Shown]]:
    for card in sorted(cards.values(), key=lambda one: (one.number, one.id)):
        for one in card.shows(asked):
            yield card, one


def _drawn(one: tuple[Card, Shown]) -> Drawn:
    card, shown = one
    return card.template, shown.data
