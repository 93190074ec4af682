"""The goals that one client shares, as they were shared: a place to agree, and to say a view."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from waymark.access.vocabulary import Action, Viewer
from waymark.interfaces.clinic.frame import framed
from waymark.interfaces.clinic.goals.forms import ViewForm
from waymark.interfaces.endpoint import endpoint, key_from
from waymark.record.goals import answering
from waymark.record.goals.shared import (
    SharedGoal,
    clients_attainment,
    clinicians_attainment,
    shared_goals,
)
from waymark.record.people.queries import patient_for
from waymark.record.sharing.actions import see_shared
from waymark.record.tenancy.action import Invalid

ACT = Action.ANSWER_GOALS
GONE = "That is not what is shared any more. Nothing was noted; please look again."


@endpoint(ACT)
def goals(request: HttpRequest, *, viewer: Viewer, at: datetime, id: UUID) -> HttpResponse:
    """All of them; opening the page tells the client that they were read."""
    return _shown(request, viewer, id, at=at)


def _shown(
    request: HttpRequest,
    viewer: Viewer,
    id: UUID,
    *,
    at: datetime,
    typed: dict[UUID, ViewForm] | None = None,
) -> HttpResponse:
    """The page; ``typed`` holds a form that could not be noted, by its share."""
    patient, held = patient_for(viewer, ACT, id), shared_goals(viewer, ACT, id)
    if held:
        see_shared(patient, shares=[one.share for one in held], by=viewer, at=at)
    forms = typed or {}
    page = {
        "patient": patient,
        "goals": [(one, forms.get(one.share) or _form(one)) for one in held],
        "client": clients_attainment(held),
        "clinician": clinicians_attainment(held),
        "status": 422 if typed else 200,
    }
    return framed(request, "goals/goals.html", viewer=viewer, at=at, place="caseload", **page)


def _form(one: SharedGoal) -> ViewForm:
    return ViewForm(scaled=one.scaled, auto_id=f"id_{one.share}_%s")


@endpoint(ACT, methods=("POST",))
def agree(
    request: HttpRequest, *, viewer: Viewer, at: datetime, id: UUID, share: UUID
) -> HttpResponse:
    """Agree to a goal as it was on the screen; the client sees it."""
    patient = patient_for(viewer, ACT, id)
    row = answering.agree(patient, share=share, by=viewer, at=at, key=key_from(request))
    _tell(request, f"Agreed. {patient.name} sees it." if row else "")
    return redirect("client-goals", id=id)


@endpoint(ACT, methods=("POST",))
def view(
    request: HttpRequest, *, viewer: Viewer, at: datetime, id: UUID, share: UUID
) -> HttpResponse:
    """Say where one sees it, apart from what the client says."""
    patient = patient_for(viewer, ACT, id)
    one = next((one for one in shared_goals(viewer, ACT, id) if one.share == share), None)
    if one is None:
        _tell(request, "")
        return redirect("client-goals", id=id)
    form = ViewForm(request.POST, scaled=one.scaled, auto_id=f"id_{share}_%s")
    if form.is_valid():
        try:
            row = answering.view(
                patient, share=share, rated=form.rated(), by=viewer, at=at, key=key_from(request)
            )
        except Invalid as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.message)
        else:
            _tell(request, f"Noted. {patient.name} sees it beside their own." if row else "")
            return redirect("client-goals", id=id)
    return _shown(request, viewer, id, at=at, typed={share: form})


def _tell(request: HttpRequest, done: str) -> None:
    if done:
        messages.success(request, done)
    else:
        messages.error(request, GONE)
