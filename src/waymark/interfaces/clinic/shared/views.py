"""All that one client shares now, newest first; opening the page tells them that it was read."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from waymark.access.vocabulary import Action, Viewer
from waymark.interfaces.clinic.frame import framed
from waymark.interfaces.clinic.redirects import back_to
from waymark.interfaces.endpoint import endpoint
from waymark.record.people.queries import patient_for
from waymark.record.sharing import actions
from waymark.record.sharing.queries import shared_by
from waymark.record.tenancy.action import Invalid

ACT = Action.READ_SHARED


@endpoint(ACT)
def shared(request: HttpRequest, *, viewer: Viewer, at: datetime, id: UUID) -> HttpResponse:
    """The words as they were shared, and a receipt for each."""
    patient = patient_for(viewer, ACT, id)
    below = request.GET.get("below", "")
    held = shared_by(viewer, ACT, id, below=below)
    shown = [one.id for one in held.shared]
    if shown:
        actions.see_shared(patient, shares=shown, by=viewer, at=at)
    page = {"patient": patient, "held": held, "below": below}
    return framed(request, "shared/shared.html", viewer=viewer, at=at, place="caseload", **page)


@endpoint(ACT, methods=("POST",))
def note(
    request: HttpRequest, *, viewer: Viewer, at: datetime, id: UUID, share: UUID
) -> HttpResponse:
    """Talked about, or noted for later: one tap, and the client sees it."""
    patient, used = patient_for(viewer, ACT, id), request.POST.get("used", "")
    try:
        held = actions.note_shared(patient, share=share, used=used, by=viewer, at=at)
    except Invalid as refused:
        messages.error(request, str(refused))
        return back_to(request, "client-shared", id=id)
    words = f"{patient.name} sees it." if held else "It was taken back meanwhile."
    messages.info(request, words)
    return back_to(request, "client-shared", id=id)
