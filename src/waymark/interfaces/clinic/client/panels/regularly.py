"""What is given regularly, and the way to change it."""

from waymark.access.vocabulary import Action
from waymark.interfaces.clinic.client.panel import Asked, Data, Panel, Place
from waymark.library.instruments import INSTRUMENTS
from waymark.record.assessments.queries import assignments_of

READ = Action.READ_SCORES


def data(asked: Asked) -> Data:
    rows = assignments_of(asked.viewer, READ, asked.patient.pk)
    return {
        "patient": asked.patient,
        "assignments": [{"row": row, "title": INSTRUMENTS[row.instrument].title} for row in rows],
        "may_give": Action.ASSIGN_INSTRUMENT in asked.rights,
    }


PANEL = Panel("regularly", Place.RIGHT, 10, READ, data, statements=1)
