"""What one client said of their days, as far as they share it now; nothing is judged here."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from waymark.access.vocabulary import Action, Viewer
from waymark.interfaces.clinic.checkins.days import fortnight
from waymark.interfaces.clinic.frame import framed
from waymark.interfaces.endpoint import endpoint
from waymark.record.checkins.queries import shared_check_ins
from waymark.record.people.queries import patient_for
from waymark.record.tenancy.days import day_of

ACT = Action.READ_SHARED


@endpoint(ACT)
def shared(request: HttpRequest, *, viewer: Viewer, at: datetime, id: UUID) -> HttpResponse:
    """Newest first; empty where their switch is off."""
    patient = patient_for(viewer, ACT, id)
    below = request.GET.get("below", "")
    held = shared_check_ins(viewer, id, below=below)
    today = day_of(at, zone=patient.zone)
    page = {
        "patient": patient,
        "held": held,
        "below": below,
        "fortnight": fortnight(held, today=today, zone=patient.zone) if held else None,
    }
    return framed(
        request, "checkins/check_ins.html", viewer=viewer, at=at, place="caseload", **page
    )
