"""That somebody read, or talked about, what the client gave."""

from collections.abc import Iterator

from waymark.access.vocabulary import Action
from waymark.interfaces.portal.today.card import Asked, Card, Kind, Shown
from waymark.record.sharing.queries import latest_receipt


def shows(asked: Asked) -> Iterator[Shown]:
    held = latest_receipt(asked.viewer, Action.READ_TODAY)
    if held is not None:
        yield Shown(Kind.QUIET, {"receipt": held})


CARD = Card("receipt", 40, shows, statements=2)
