"""Today is hard: the first tap, on every day; a day that was marked says so."""

from collections.abc import Iterator

from waymark.access.vocabulary import Action
from waymark.interfaces.portal.today.card import Asked, Card, Kind, Shown
from waymark.record.checkins.queries import tracked_by
from waymark.record.tenancy.days import day_of


def shows(asked: Asked) -> Iterator[Shown]:
    today = day_of(asked.at, zone=asked.patient.zone)
    marked = tracked_by(asked.viewer, Action.READ_TODAY).rests_on == today
    yield Shown(Kind.FIRST, {"marked": marked})


CARD = Card("hard", 5, shows, statements=1)
