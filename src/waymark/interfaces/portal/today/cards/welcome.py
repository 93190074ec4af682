"""The way back to the first screens, while some of them were not seen."""

from collections.abc import Iterator

from waymark.interfaces.portal.today.card import Asked, Card, Kind, Shown

SCREENS = 4


def shows(asked: Asked) -> Iterator[Shown]:
    if asked.patient.welcomed < SCREENS:
        yield Shown(Kind.MORE, {"next_screen": asked.patient.welcomed + 1})


CARD = Card("welcome", 90, shows, statements=0)
