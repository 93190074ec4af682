"""What the client gave: each form with its score, and totals from earlier records."""

from waymark.access.vocabulary import Action
from waymark.interfaces.clinic.client.answer_lines import flagged, newest_given
from waymark.interfaces.clinic.client.panel import Asked, Data, Panel, Place

READ = Action.READ_SCORES
MOST = 10


def data(asked: Asked) -> Data:
    given, more = newest_given(asked.viewer, READ, asked.patient.pk, asked.courses, most=MOST)
    given = flagged(asked.viewer, given, rights=asked.rights)
    may_read = Action.READ_ANSWERS in asked.rights
    return {"patient": asked.patient, "given": given, "more": more, "may_read": may_read}


PANEL = Panel("answers", Place.LEFT, 10, READ, data, statements=3)
