"""That what stood here before the client came in waits until they were confirmed."""

from collections.abc import Iterator

from waymark.interfaces.portal.today.card import Asked, Card, Kind, Shown


def shows(asked: Asked) -> Iterator[Shown]:
    if asked.viewer.unconfirmed:
        yield Shown(Kind.FIRST, {})


CARD = Card("earlier", 25, shows, statements=0)
