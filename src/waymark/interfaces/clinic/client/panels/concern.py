"""An open concern: what was said, when, whose it is, and what is to be done."""

from waymark.access.vocabulary import Action
from waymark.interfaces.clinic.client.panel import Asked, Data, Panel, Place
from waymark.record.safety.queries import open_concern_of


def data(asked: Asked) -> Data | None:
    held = open_concern_of(asked.viewer, asked.patient.pk)
    return {"one": held, "now": asked.at} if held else None


PANEL = Panel("concern", Place.FIRST, 10, Action.READ_CONCERNS, data, statements=6)
