"""An open concern of one's own: who knows, by when, and how somebody is reached."""

from collections.abc import Iterator

from waymark.interfaces.portal.today.card import Asked, Card, Kind, Shown


def shows(asked: Asked) -> Iterator[Shown]:
    if asked.standing is not None:
        yield Shown(Kind.FIRST, {"standing": asked.standing})


CARD = Card("concern", 10, shows, statements=0)
