"""A practice for right now: the one used last on this device, else the one to begin with.

Which one was last, the device knows alone; the page holds a link to each, and its script shows one.
"""

from collections.abc import Iterator

from waymark.interfaces.portal.practices.listing import every, first
from waymark.interfaces.portal.today.card import Asked, Card, Kind, Shown


def shows(asked: Asked) -> Iterator[Shown]:
    if not asked.resting:
        yield Shown(Kind.QUIET, {"first": first(), "all": every()})


CARD = Card("practice", 60, shows, statements=0, always=True)
