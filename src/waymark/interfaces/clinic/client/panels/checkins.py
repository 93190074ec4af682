"""Check-ins that the client shares by their switch: on how many of the last days, with gaps."""

from waymark.access.vocabulary import Action
from waymark.interfaces.clinic.checkins.days import FORTNIGHT, fortnight
from waymark.interfaces.clinic.client.panel import Asked, Data, Panel, Place
from waymark.record.checkins.queries import shared_check_ins
from waymark.record.tenancy.days import day_of

READ = Action.READ_SHARED


def data(asked: Asked) -> Data | None:
    held = shared_check_ins(asked.viewer, asked.patient.pk, size=2 * FORTNIGHT)
    if held is None:
        return None
    today = day_of(asked.at, zone=asked.patient.zone)
    return {
        "patient": asked.patient,
        "held": held,
        "newest": held.days[0] if held.days else None,
        "fortnight": fortnight(held, today=today, zone=asked.patient.zone),
    }


PANEL = Panel("checkins", Place.RIGHT, 6, READ, data, statements=2)
