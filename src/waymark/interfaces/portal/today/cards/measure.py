"""A measure that waits: the first one that was given is what the day asks for."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from waymark.access.vocabulary import Action
from waymark.interfaces.portal.today.card import Asked, Card, Kind, Shown
from waymark.library.instrument import Instrument
from waymark.library.instruments import INSTRUMENTS
from waymark.record.assessments.queries import drafts_of, waiting_for


@dataclass(frozen=True, slots=True)
class Waiting:
    """One measure that can be answered now."""

    id: str
    instrument: Instrument
    begun: int
    total: int
    chosen: bool  # by the client: it is kept at hand, and never what the day asks for


def shows(asked: Asked) -> Iterator[Shown]:
    waiting = waiting_measures(asked)
    for one in sorted(waiting, key=lambda one: one.chosen):
        yield Shown(Kind.MORE if one.chosen else Kind.ASKS, {"one": one})


def waiting_measures(asked: Asked) -> list[Waiting]:
    """What waits, as it was given; begun ones among them."""
    rows = waiting_for(asked.viewer, at=asked.at)
    begun = drafts_of(asked.viewer, Action.READ_TODAY, [row.pk for row in rows])
    return [_waiting(row, begun.get(row.pk)) for row in rows]


def _waiting(row: Any, draft: Any) -> Waiting:
    instrument = INSTRUMENTS[row.instrument]
    begun = sum(value is not None for value in draft.answers.values()) if draft else 0
    return Waiting(str(row.pk), instrument, begun, len(instrument.items), row.self_started)


CARD = Card("measure", 30, shows, statements=2)
