"""Files of past scores of the last day: how far each is, and what it left out."""

from datetime import timedelta

from waymark.access.vocabulary import Action
from waymark.interfaces.clinic.client.panel import Asked, Data, Panel, Place
from waymark.record.assessments.works import works_with

SINCE = timedelta(days=1)


def data(asked: Asked) -> Data | None:
    act = Action.IMPORT_SCORES
    works = works_with(asked.viewer, act, asked.patient.pk, since=asked.at - SINCE)
    return {"works": works, "now": asked.at} if works else None


PANEL = Panel("imports", Place.FIRST, 15, Action.IMPORT_SCORES, data, statements=1)
