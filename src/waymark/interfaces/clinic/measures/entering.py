"""Entering answers that came on paper or by telephone, by the same path as a client's own."""

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from waymark.access.vocabulary import Action, Viewer
from waymark.interfaces.clinic.frame import framed
from waymark.interfaces.clinic.measures.forms import EntryForm
from waymark.interfaces.endpoint import endpoint, key_from
from waymark.library.answers import missing
from waymark.library.instrument import Instrument
from waymark.library.instruments import INSTRUMENTS
from waymark.library.safety import positive, unanswered
from waymark.record.assessments import actions
from waymark.record.assessments.queries import offers, response_for, scores_for
from waymark.record.people.queries import clinic_of, patient_for
from waymark.record.safety.queries import open_concern_of
from waymark.record.tenancy.action import Invalid
from waymark.record.tenancy.days import day_of

if TYPE_CHECKING:
    from waymark.record.tenancy.named import Patient

ACT = Action.ENTER_ANSWERS


@endpoint(ACT, methods=("GET", "POST"))
def enter(
    request: HttpRequest, *, viewer: Viewer, at: datetime, client: UUID, instrument: str
) -> HttpResponse:
    """The questions as they are printed; what was left out is asked about once."""
    if instrument not in INSTRUMENTS:
        raise Http404
    definition = INSTRUMENTS[instrument]
    patient = patient_for(viewer, ACT, client)
    today = day_of(at, zone=patient.zone)
    form = EntryForm(request.POST or None, instrument=definition, today=today)
    left_out: tuple[str, ...] = ()
    if form.is_valid():
        left_out = missing(definition, form.answers())
        if not left_out or "incomplete" in request.POST:
            return _stored(request, form, patient, viewer=viewer, at=at)
    danger = _listened(form, patient, viewer=viewer, at=at) if request.method == "POST" else []
    return _page(request, form, patient, left_out, danger=danger, viewer=viewer, at=at)


def _listened(
    form: EntryForm, patient: "Patient", *, viewer: Viewer, at: datetime
) -> list[dict[str, str]]:
    """The sheet is not stored yet; what it says of danger is told now, and shown on this page."""
    said = form.said()
    actions.listen(patient, instrument=form.instrument.id, answers=said, by=viewer, at=at)
    return _chosen(form.instrument, said)


def _stored(
    request: HttpRequest, form: EntryForm, patient: "Patient", *, viewer: Viewer, at: datetime
) -> HttpResponse:
    given = form.cleaned_data
    try:
        response = actions.enter(
            patient,
            instrument=form.instrument.id,
            answers=form.answers(),
            came=actions.Entry(given["mode"], given["for_date"]),
            by=viewer,
            at=at,
            key=key_from(request),
        )
    except Invalid as error:
        form.add_error(error.field if error.field in form.fields else None, error.message)
        danger = _chosen(form.instrument, form.said())  # told, though refused
        return _page(request, form, patient, (), danger=danger, viewer=viewer, at=at)
    return redirect("entered", client=patient.pk, response=response.pk)


def _page(
    request: HttpRequest,
    form: EntryForm,
    patient: "Patient",
    left_out: tuple[str, ...],
    *,
    danger: list[dict[str, str]],
    viewer: Viewer,
    at: datetime,
) -> HttpResponse:
    instrument = form.instrument
    offered = next(one for one in offers(clinic_of(viewer), at=at) if one.id == instrument.id)
    wrong = bool(form.errors) or bool(left_out) or bool(offered.refusal)
    return framed(
        request,
        "measures/enter.html",
        viewer=viewer,
        at=at,
        place="caseload",
        patient=patient,
        instrument=instrument,
        form=form,
        refusal=offered.refusal,
        danger=danger,
        concern=open_concern_of(viewer, patient.pk) if danger else None,
        left_out=_numbered(instrument, left_out),
        status=422 if wrong else 200,
    )


def _numbered(instrument: Instrument, ids: tuple[str, ...]) -> list[dict[str, Any]]:
    return [
        {"id": item.id, "number": number}
        for number, item in enumerate(instrument.items, start=1)
        if item.id in ids
    ]


@endpoint(ACT)
def entered(
    request: HttpRequest, *, viewer: Viewer, at: datetime, client: UUID, response: UUID
) -> HttpResponse:
    """What was stored, and, first of all, whether an answer tells of danger."""
    patient = patient_for(viewer, ACT, client)
    row = response_for(viewer, ACT, response)
    if row.patient_id != patient.pk:
        raise Http404
    instrument = INSTRUMENTS[row.administration.instrument]
    scores = scores_for(viewer, ACT, [client], instrument=instrument.id)
    return framed(
        request,
        "measures/entered.html",
        viewer=viewer,
        at=at,
        place="caseload",
        patient=patient,
        row=row,
        instrument=instrument,
        danger=_chosen(instrument, row.answers),
        untold=[instrument.item(risk.item) for risk in unanswered(instrument, row.answers)],
        concern=open_concern_of(viewer, patient.pk),
        scores=[
            {"score": one, "scale": instrument.scale(one.scale)}
            for one in scores
            if one.response == row.pk
        ],
    )


def _chosen(instrument: Instrument, answers: Any) -> list[dict[str, str]]:
    """The exact words of each question that was answered with danger, and of its answer."""
    items = [instrument.item(risk.item) for risk in positive(instrument, answers)]
    return [{"text": item.text, "label": item.label_of(answers[item.id])} for item in items]
