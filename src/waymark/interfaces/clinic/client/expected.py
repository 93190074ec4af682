"""The expected course on a client's page: opened with them, and what was done about a flag."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from waymark.access.vocabulary import Action, Viewer
from waymark.interfaces.clinic.back import back_to
from waymark.interfaces.clinic.client.cards import key_of
from waymark.interfaces.clinic.client.forms import FlagForm
from waymark.interfaces.clinic.client.views import shown
from waymark.interfaces.clinic.kept import kept
from waymark.interfaces.endpoint import endpoint, key_from
from waymark.record.expected import actions
from waymark.record.people.conduct import Invalid
from waymark.record.people.queries import patient_for
from waymark.record.timeline.queries import Course, courses_beyond


@endpoint(Action.OPEN_EXPECTED_COURSE, methods=("POST",))
def opening(request: HttpRequest, *, viewer: Viewer, at: datetime, id: UUID) -> HttpResponse:
    """Open the expected course with a client who asked for it, or close it again."""
    patient = patient_for(viewer, Action.OPEN_EXPECTED_COURSE, id)
    if request.POST.get("do") == "close":
        actions.close(patient, by=viewer, at=at)
        messages.success(request, f"{patient.name} does not see the expected course any more.")
        return back_to(request, "client", id=id)
    try:
        actions.open_together(patient, by=viewer, at=at)
    except Invalid as error:
        messages.error(request, error.message)
    else:
        messages.success(request, f"{patient.name} sees the expected course from now on.")
    return back_to(request, "client", id=id)


@endpoint(Action.ANSWER_FLAG, methods=("POST",))
def flag(request: HttpRequest, *, viewer: Viewer, at: datetime, id: UUID) -> HttpResponse:
    """Record what was done about a flag."""
    patient = patient_for(viewer, Action.ANSWER_FLAG, id)
    wanted = request.POST.get("course", "")
    courses = courses_beyond(viewer, Action.ANSWER_FLAG, id)
    one = next((one for one in courses if key_of(one) == wanted and _flagged(one)), None)
    if one is None:
        messages.info(request, "Nothing was noted: that flag does not stand any more.")
        return redirect("client", id=id)
    form, key = FlagForm(request.POST), key_from(request)
    about = _flag(one)
    if kept(
        form,
        lambda given: actions.answer_flag(patient, flag=about, **given, by=viewer, at=at, key=key),
    ):
        messages.success(request, "Noted. The flag returns on new evidence alone.")
        return redirect("client", id=id)
    return shown(request, viewer, id, at=at, flag=(wanted, form))


def _flagged(one: Course) -> bool:
    return one.ahead is not None and one.ahead.flag is not None


def _flag(one: Course) -> actions.Flag:
    if one.ahead is None:
        raise LookupError("a flag stands on an expected course")
    return actions.Flag(
        instrument=one.instrument,
        scale=one.scale.id,
        last_score=one.last.id,
        week=one.ahead.weeks[-1],
        chance=one.ahead.last.p_deterioration,
    )
