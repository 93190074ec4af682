"""One client's page: what the scores say, the evidence, the history, and the next steps."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from waymark.access.vocabulary import Action, Viewer
from waymark.interfaces.clinic.client.answer_lines import (
    AnswerLines,
    flagged,
    forms_given,
    totals_given,
)
from waymark.interfaces.clinic.client.forms import EpisodeForm, MeetingForm
from waymark.interfaces.clinic.client.panel import Asked, Typed, drawn
from waymark.interfaces.clinic.client.panels import PANELS
from waymark.interfaces.clinic.frame import framed
from waymark.interfaces.clinic.redirects import back_to
from waymark.interfaces.endpoint import endpoint, key_from
from waymark.library.instruments import INSTRUMENTS
from waymark.library.safety import risks
from waymark.record.assessments import actions as assessments
from waymark.record.assessments.queries import (
    response_for,
    scores_for,
)
from waymark.record.episodes import actions as episodes
from waymark.record.episodes.queries import current_episodes
from waymark.record.people.queries import care_team_of, patient_for, rights_over
from waymark.record.sharing import actions as sharing
from waymark.record.tenancy.action import Invalid
from waymark.record.tenancy.days import day_of
from waymark.record.timeline.queries import courses_beyond, remarks_of

ACT = Action.READ_SCORES
A_PAGE = 30


@endpoint(ACT)
def client(request: HttpRequest, *, viewer: Viewer, at: datetime, id: UUID) -> HttpResponse:
    """The courses first, then evidence and history."""
    return shown(request, viewer, id, at=at)


def shown(
    request: HttpRequest, viewer: Viewer, id: UUID, *, at: datetime, typed: Typed | None = None
) -> HttpResponse:
    """The page, panel by panel; ``typed`` holds what was typed and not noted."""
    patient = patient_for(viewer, ACT, id)
    asked = Asked(
        viewer=viewer,
        patient=patient,
        at=at,
        rights=rights_over(viewer, patient),
        courses=tuple(courses_beyond(viewer, ACT, id)),
        remarks=remarks_of(viewer, ACT, id),
        episode=current_episodes(viewer, ACT, [id]).get(id),
        typed=typed or Typed(),
    )
    return framed(
        request,
        "client/client.html",
        viewer=viewer,
        at=at,
        place="caseload",
        patient=patient,
        team=care_team_of(viewer, ACT, patient),
        episode=asked.episode,
        since=asked.episode and day_of(asked.episode.started_at, zone=patient.zone),
        may_give=Action.ASSIGN_INSTRUMENT in asked.rights,
        meeting_form=asked.typed.meeting,
        panels=drawn(PANELS, asked),
        status=422 if asked.typed else 200,
    )


@endpoint(ACT)
def every_answer(request: HttpRequest, *, viewer: Viewer, at: datetime, id: UUID) -> HttpResponse:
    """All that was given, a page at a time: forms, and totals from earlier records."""
    patient = patient_for(viewer, ACT, id)
    marks = {name: request.GET.get(name, "") for name in ("forms", "totals")}
    rights = rights_over(viewer, patient)
    forms = forms_given(viewer, ACT, id, below=marks["forms"], size=A_PAGE)
    forms = AnswerLines(flagged(viewer, forms.lines, rights=rights), forms.older)
    totals = totals_given(viewer, ACT, id, below=marks["totals"], size=A_PAGE)
    parts = [_part("forms", "Forms", forms, marks)]
    if totals.lines or marks["totals"]:
        parts.append(_part("totals", "Totals from earlier records", totals, marks))
    return framed(
        request,
        "client/every_answer.html",
        viewer=viewer,
        at=at,
        place="caseload",
        patient=patient,
        parts=parts,
        may_read=Action.READ_ANSWERS in rights,
    )


def _part(of: str, title: str, held: AnswerLines, marks: dict[str, str]) -> dict[str, Any]:
    """One of the lists, which goes on by itself while the other one stays where it is."""
    return {
        "of": of,
        "title": title,
        "lines": held.lines,
        "below": marks[of],
        "newest": urlencode({**marks, of: ""}),
        "older": held.older and urlencode({**marks, of: held.older}),
    }


@endpoint(Action.READ_ANSWERS)
def answers(
    request: HttpRequest, *, viewer: Viewer, at: datetime, id: UUID, response: UUID
) -> HttpResponse:
    """The exact words that were chosen; the client sees that they were read."""
    act = Action.READ_ANSWERS
    patient = patient_for(viewer, act, id)
    row = response_for(viewer, act, response)
    if row.patient_id != patient.pk:
        raise Http404
    instrument = INSTRUMENTS[row.administration.instrument]
    if Action.MARK_DISCUSSED in rights_over(viewer, patient):
        sharing.see(patient, about="response", things=[row.pk], by=viewer, at=at)
    risky = {risk.item for risk in risks(instrument, row.answers)}
    chosen = [
        {
            "item": item,
            "value": row.answers.get(item.id),
            "danger": item.id in risky,
            "label": item.label_of(row.answers[item.id])
            if row.answers.get(item.id) is not None
            else "No answer",
        }
        for item in instrument.items
    ]
    scores = scores_for(viewer, act, [id], instrument=instrument.id)
    return framed(
        request,
        "client/answers.html",
        viewer=viewer,
        at=at,
        place="caseload",
        patient=patient,
        row=row,
        instrument=instrument,
        chosen=chosen,
        scores=[one for one in scores if one.response == row.pk],
    )


@endpoint(Action.RECORD_ENCOUNTER, methods=("POST",))
def meeting(request: HttpRequest, *, viewer: Viewer, at: datetime, id: UUID) -> HttpResponse:
    """Note that a meeting took place."""
    patient = patient_for(viewer, Action.RECORD_ENCOUNTER, id)
    form = MeetingForm(request.POST)
    if form.is_valid():
        try:
            episodes.record_encounter(
                patient, **form.cleaned_data, by=viewer, at=at, key=key_from(request)
            )
        except Invalid as error:
            form.add_error(error.field if error.field in form.fields else None, error.message)
        else:
            messages.success(request, "Noted.")
            return redirect("client", id=id)
    return shown(request, viewer, id, at=at, typed=Typed(meeting=form))


@endpoint(Action.MANAGE_EPISODE, methods=("POST",))
def episode(request: HttpRequest, *, viewer: Viewer, at: datetime, id: UUID) -> HttpResponse:
    """Begin care, or end it; change is counted within one episode."""
    act = Action.MANAGE_EPISODE
    patient = patient_for(viewer, act, id)
    held = current_episodes(viewer, act, [id]).get(id)
    form = EpisodeForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Nothing was changed: choose a day.")
        return redirect("client", id=id)
    if held is not None and request.POST.get("do") == "begin":  # begun meanwhile: nothing ends
        messages.info(request, "Care has begun already.")
        return back_to(request, "client", id=id)
    if form.cleaned_data["day"] > max(timezone.localdate(at), day_of(at, zone=patient.zone)):
        messages.error(request, "Nothing was changed: choose today or a day before it.")
        return redirect("client", id=id)
    moment = min(form.moment(zone=patient.zone), at)
    try:
        if held is None:
            episodes.start(patient, started_at=moment, by=viewer, at=at)
        else:
            assessments.end_care(held, ended_at=moment, by=viewer, at=at)
    except Invalid as error:
        messages.error(request, error.message)
    else:
        messages.success(request, "Noted.")
    return back_to(request, "client", id=id)
