"""Goals that the client shares: those to look at together first, what waits, and T by both."""

from waymark.access.vocabulary import Action
from waymark.interfaces.clinic.client.panel import Asked, Data, Panel, Place
from waymark.record.goals.shared import clients_attainment, clinicians_attainment, shared_goals

ACT = Action.ANSWER_GOALS


def data(asked: Asked) -> Data | None:
    held = shared_goals(asked.viewer, ACT, asked.patient.pk)
    if not held:
        return None
    return {
        "patient": asked.patient,
        "goals": held,
        "client": clients_attainment(held),
        "clinician": clinicians_attainment(held),
    }


PANEL = Panel("goals", Place.RIGHT, 4, ACT, data, statements=4)
