"""Words that were typed about a flag that stands no more: shown again, to be copied."""

from waymark.access.vocabulary import Action
from waymark.interfaces.clinic.client.panel import Asked, Data, Panel, Place


def data(asked: Asked) -> Data | None:
    return {"words": asked.typed.unsaved} if asked.typed.unsaved else None


PANEL = Panel("unsaved", Place.FIRST, 20, Action.READ_SCORES, data, statements=0)
