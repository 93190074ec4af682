"""The check-in of today: its first question in the card itself; after days away, how to go on."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils import timezone

from waymark.access.vocabulary import Action
from waymark.interfaces.portal.checkins.sheet import sheet
from waymark.interfaces.portal.today.card import Asked, Card, Kind, Shown
from waymark.library.items import ITEMS
from waymark.record.checkins.queries import last_day, tracked_by
from waymark.record.checkins.tracking import LIGHT, Tracked
from waymark.record.tenancy.days import day_of

ACT = Action.READ_TODAY
AWAY = 3
"""Days without a check-in after which one is asked how to go on, once. They are never counted."""


def shows(asked: Asked) -> Iterator[Shown]:
    held, last = tracked_by(asked.viewer, ACT), last_day(asked.viewer, ACT)
    today = day_of(asked.at, zone=asked.patient.zone)
    if last is not None and last >= today:
        yield Shown(Kind.MORE, {"done": True})
    elif held.rests(today):
        yield Shown(Kind.MORE, {"rests": True})
    elif _away(held, last, today):
        yield Shown(Kind.ASKS, {"away": True, "n": len(held.chosen()), "light": LIGHT})
    else:
        yield Shown(Kind.ASKS, _first(held, today, asked))


def _away(held: Tracked, last: date | None, today: date) -> bool:
    """Some days without, since the last one or since it was said how to go on."""
    if last is None:
        return False
    since = max(last, held.settled_on or last)
    return (today - since).days > AWAY


def _first(held: Tracked, today: date, asked: Asked) -> dict[str, Any]:
    """The first question of every day; what is asked once a week stands on the page alone."""
    questions = held.asked(lately=set(ITEMS)) or held.asked()
    total = len(questions) + 1
    return {
        "asked": sheet(questions)[0],
        "day": today,
        "total": total,
        "opened": timezone.localtime(asked.at).isoformat(),
    }


CARD = Card("checkin", 35, shows, statements=2)
