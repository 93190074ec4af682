"""What the client shares: the newest by its name and day, what is unread, and the way to all."""

from waymark.access.vocabulary import Action
from waymark.interfaces.clinic.client.panel import Asked, Data, Panel, Place
from waymark.record.sharing.queries import shared_by

READ = Action.READ_SHARED
SHOWN = 3


def data(asked: Asked) -> Data | None:
    held = shared_by(asked.viewer, READ, asked.patient.pk, size=SHOWN)
    if not held.shared:
        return None
    lines = [(one, _unread(one.uses)) for one in held.shared]
    return {"patient": asked.patient, "lines": lines, "more": bool(held.older)}


def _unread(uses: tuple[object, ...]) -> bool:
    return not uses


PANEL = Panel("shared", Place.RIGHT, 5, READ, data, statements=3)
