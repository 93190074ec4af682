"""Which answers of the last weeks were talked about: chosen one by one, and told to the client."""

from waymark.access.vocabulary import Action
from waymark.interfaces.clinic.client.discussed import to_talk_about
from waymark.interfaces.clinic.client.panel import Asked, Data, Panel, Place


def data(asked: Asked) -> Data | None:
    possible = to_talk_about(asked.viewer, asked.patient.pk, at=asked.at)
    return {"patient": asked.patient, "possible": possible} if possible else None


PANEL = Panel("discussed", Place.RIGHT, 20, Action.MARK_DISCUSSED, data, statements=3)
