"""The expected course, where the client asked to see it: opened together, and closed again."""

from waymark.access.vocabulary import Action
from waymark.interfaces.clinic.client.panel import Asked, Data, Panel, Place
from waymark.record.expected.queries import opening_of


def data(asked: Asked) -> Data | None:
    held = opening_of(asked.viewer, Action.READ_SCORES, asked.patient.pk)
    return {"patient": asked.patient, "opening": held} if held else None


PANEL = Panel("expected", Place.RIGHT, 40, Action.OPEN_EXPECTED_COURSE, data, statements=1)
