"""Each course: what is told of it, the picture, the numbers, and earlier words of the client."""

from waymark.access.vocabulary import Action
from waymark.interfaces.clinic.client.cards import card_of, said_before
from waymark.interfaces.clinic.client.panel import Asked, Data, Panel, Place
from waymark.record.timeline.queries import earlier_remarks


def data(asked: Asked) -> Data:
    return {
        "patient": asked.patient,
        "cards": [card_of(one, asked.remarks, typed=asked.typed.flag) for one in asked.courses],
        "earlier": [said_before(row) for row in earlier_remarks(asked.remarks, asked.courses)],
        "may_flag": Action.ANSWER_FLAG in asked.rights,
    }


PANEL = Panel("courses", Place.COURSES, 10, Action.READ_SCORES, data, statements=0)
