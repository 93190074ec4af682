"""Concerns that were closed, each with its whole history."""

from waymark.access.vocabulary import Action
from waymark.interfaces.clinic.client.panel import Asked, Data, Panel, Place
from waymark.record.safety.queries import closed_concerns


def data(asked: Asked) -> Data | None:
    held = closed_concerns(asked.viewer, asked.patient.pk)
    return {"closed": held} if held else None


PANEL = Panel("closed", Place.RIGHT, 60, Action.READ_CONCERNS, data, statements=1)
