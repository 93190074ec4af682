"""That somebody joined this record, and waits for a word of who treats its client."""

from waymark.access.vocabulary import Action
from waymark.interfaces.clinic.client.panel import Asked, Data, Panel, Place


def data(asked: Asked) -> Data | None:
    return {"patient": asked.patient} if asked.patient.unconfirmed else None


PANEL = Panel("newcomer", Place.FIRST, 30, Action.CONFIRM_PERSON, data, statements=0)
