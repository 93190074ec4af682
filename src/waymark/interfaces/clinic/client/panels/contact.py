"""The way to how the client is reached."""

from waymark.access.vocabulary import Action
from waymark.interfaces.clinic.client.panel import Asked, Data, Panel, Place


def data(asked: Asked) -> Data:
    return {"patient": asked.patient}


PANEL = Panel("contact", Place.RIGHT, 50, Action.MANAGE_CONTACT, data, statements=0)
