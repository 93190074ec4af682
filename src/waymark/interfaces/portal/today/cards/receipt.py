"""That somebody read, or talked about, what the client gave: of which day, and when."""

from collections.abc import Iterator
from datetime import date, datetime

from waymark.access.vocabulary import Action
from waymark.interfaces.portal.today.card import Asked, Card, Kind, Shown
from waymark.record.assessments.queries import answers_of
from waymark.record.sharing.queries import Seen, latest_receipt, shared_on
from waymark.record.tenancy.days import day_of

ACT = Action.READ_TODAY


def shows(asked: Asked) -> Iterator[Shown]:
    held = latest_receipt(asked.viewer, ACT)
    if held is not None and not _passes_for_more(held, asked):
        yield Shown(Kind.QUIET, {"receipt": held, "given": _given(held, asked)})


def _passes_for_more(held: Seen, asked: Asked) -> bool:
    """Beside an open concern, an older talk would read as if this one had been talked about."""
    told = asked.standing
    return told is not None and held.used == "discussed" and held.at < told.said_at


def _given(held: Seen, asked: Asked) -> date | None:
    """The day of what was read; none where it cannot be known."""
    if held.about == "response":
        return answers_of(asked.viewer, ACT, held.things)
    shared: datetime | None = shared_on(asked.viewer, ACT, held.things)
    return day_of(shared, zone=asked.patient.zone) if shared else None


CARD = Card("receipt", 40, shows, statements=3)
