"""What was agreed when a concern was closed, until it is over."""

from waymark.access.vocabulary import Action
from waymark.interfaces.clinic.client.panel import Asked, Data, Panel, Place
from waymark.record.safety.ahead import still_agreed


def data(asked: Asked) -> Data | None:
    id = asked.patient.pk
    held = still_agreed(asked.viewer, Action.READ_CONCERNS, [id], at=asked.at).get(id)
    return {"held": held, "now": asked.at} if held else None


PANEL = Panel("agreed", Place.FIRST, 12, Action.READ_CONCERNS, data, statements=1)
