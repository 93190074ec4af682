"""What was agreed when a concern was closed, until it is over: a visit, or a day of follow-up."""

from collections.abc import Iterator

from waymark.interfaces.portal.today.card import Asked, Card, Kind, Shown


def shows(asked: Asked) -> Iterator[Shown]:
    if asked.settled is not None and asked.settled.ahead:
        yield Shown(Kind.FIRST, {"held": asked.settled})


CARD = Card("agreed", 12, shows, statements=0)
