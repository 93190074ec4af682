"""What the client gave: each form with its score, and totals from earlier records."""

from waymark.access.vocabulary import Action
from waymark.interfaces.clinic.client.given import given_by
from waymark.interfaces.clinic.client.panel import Asked, Data, Panel, Place

READ = Action.READ_SCORES


def data(asked: Asked) -> Data:
    given = given_by(asked.viewer, READ, asked.patient.pk, asked.courses)
    may_read = Action.READ_ANSWERS in asked.rights
    return {"patient": asked.patient, "given": given, "may_read": may_read}


PANEL = Panel("answers", Place.LEFT, 10, READ, data, statements=2)
