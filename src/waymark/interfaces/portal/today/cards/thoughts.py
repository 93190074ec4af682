"""The way to a thought record, kept at hand."""

from collections.abc import Iterator

from waymark.interfaces.portal.today.card import Asked, Card, Kind, Shown


def shows(asked: Asked) -> Iterator[Shown]:
    yield Shown(Kind.MORE, {})


CARD = Card("thoughts", 67, shows, statements=0)
