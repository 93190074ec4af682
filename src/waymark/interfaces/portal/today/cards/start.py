"""The way to a measure that one takes by oneself, where the clinic opened one."""

from collections.abc import Iterator

from waymark.interfaces.portal.today.card import Asked, Card, Kind, Shown
from waymark.library.instruments import INSTRUMENTS
from waymark.record.people.queries import clinic_of


def shows(asked: Asked) -> Iterator[Shown]:
    if any(id in INSTRUMENTS for id in clinic_of(asked.viewer).self_start):
        yield Shown(Kind.MORE, {})


CARD = Card("start", 80, shows, statements=1)
