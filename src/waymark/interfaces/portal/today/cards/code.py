"""That staff made a code for one's password: who, when, and what to do if it was not oneself."""

from collections.abc import Iterator
from datetime import timedelta

from waymark.interfaces.portal.today.card import Asked, Card, Kind, Shown
from waymark.record.people.resets import codes_made_for

TOLD_FOR = timedelta(days=14)  # a client who comes once a fortnight meets it


def shows(asked: Asked) -> Iterator[Shown]:
    for made in codes_made_for(asked.viewer.person, since=asked.at - TOLD_FOR, at=asked.at):
        yield Shown(Kind.FIRST, {"made": made})


CARD = Card("code", 20, shows, statements=2)
