"""What waits of one's goals: one that was agreed to, or a week since it was rated; and the way."""

from collections.abc import Iterator

from waymark.access.vocabulary import Action
from waymark.interfaces.portal.today.card import Asked, Card, Kind, Shown
from waymark.record.goals.waiting import waiting
from waymark.record.tenancy.days import day_of


def shows(asked: Asked) -> Iterator[Shown]:
    today = day_of(asked.at, zone=asked.patient.zone)
    held = waiting(asked.viewer, Action.READ_TODAY, today=today)
    if held and not asked.resting:
        yield Shown(Kind.QUIET, {"waits": held[0], "more": len(held) - 1})
    yield Shown(Kind.MORE, {})


CARD = Card("goals", 62, shows, statements=2)
