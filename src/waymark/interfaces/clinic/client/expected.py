"""The expected course on a client's page: opened with them, and what was done about a flag."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from waymark.access.vocabulary import Action, Viewer
from waymark.interfaces.clinic.client.cards import key_of
from waymark.interfaces.clinic.client.forms import FlagForm
from waymark.interfaces.clinic.client.panel import Typed
from waymark.interfaces.clinic.client.views import shown
from waymark.interfaces.clinic.redirects import back_to
from waymark.interfaces.clinic.saving import kept
from waymark.interfaces.endpoint import endpoint, key_from
from waymark.record.expected import actions
from waymark.record.people.queries import patient_for
from waymark.record.tenancy.action import Invalid
from waymark.record.timeline.queries import Course, courses_beyond


@endpoint(Action.OPEN_EXPECTED_COURSE, methods=("POST",))
def opening(request: HttpRequest, *, viewer: Viewer, at: datetime, id: UUID) -> HttpResponse:
    """Open the expected course with a client who asked for it, or close it again."""
    patient = patient_for(viewer, Action.OPEN_EXPECTED_COURSE, id)
    do, held = request.POST.get("do", ""), _uuid(request.POST.get("opening", ""))
    deeds = {"open": actions.open_together, "close": actions.close}
    if do not in deeds or held is None:
        messages.error(request, "Nothing was changed: choose one of the two.")
        return back_to(request, "client", id=id)
    try:
        deeds[do](patient, opening=held, by=viewer, at=at)
    except Invalid as error:
        messages.error(request, error.message)
    else:
        messages.success(request, SAID[do].format(name=patient.name))
    return back_to(request, "client", id=id)


SAID = {
    "open": "{name} sees the expected course from now on.",
    "close": "{name} does not see the expected course any more.",
}


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@endpoint(Action.ANSWER_FLAG, methods=("POST",))
def flag(request: HttpRequest, *, viewer: Viewer, at: datetime, id: UUID) -> HttpResponse:
    """Record what was done about a flag."""
    patient = patient_for(viewer, Action.ANSWER_FLAG, id)
    wanted, score = request.POST.get("course", ""), request.POST.get("score", "")
    courses = courses_beyond(viewer, Action.ANSWER_FLAG, id)
    one = next((one for one in courses if key_of(one) == wanted), None)
    if one is None or not _flagged(one) or str(one.last.id) != score:
        return _too_late(request, viewer, id, one, score, at=at)
    form, key = FlagForm(request.POST, auto_id=f"{wanted}-%s"), key_from(request)
    about = _flag(one)
    if kept(
        form,
        lambda given: actions.answer_flag(patient, flag=about, **given, by=viewer, at=at, key=key),
    ):
        messages.success(request, NOTED)
        return redirect("client", id=id)
    return shown(request, viewer, id, at=at, typed=Typed(flag=(wanted, form)))


NOTED = "Noted. The flag returns on new evidence alone."


def _too_late(
    request: HttpRequest, viewer: Viewer, id: UUID, one: Course | None, score: str, *, at: datetime
) -> HttpResponse:
    """The flag of the form stands no more: it was noted by this very form, by somebody else, or a
    newer answer came. What was typed is shown again."""
    done = one.answered if one else None
    if done and done.by == viewer.account and str(done.score) == score:
        messages.success(request, NOTED)
        return redirect("client", id=id)
    messages.error(request, "Nothing was noted: that flag does not stand any more, or a new answer "
                   "came since. Look again; what you wrote stands below.")  # fmt: skip
    words = request.POST.get("words", "").strip()
    return shown(request, viewer, id, at=at, typed=Typed(unsaved=words))


def _flagged(one: Course) -> bool:
    return one.ahead is not None and one.ahead.flag is not None


def _flag(one: Course) -> actions.Flag:
    if one.ahead is None:
        raise LookupError("a flag stands on an expected course")
    return actions.Flag(
        instrument=one.instrument,
        scale=one.scale.id,
        last_score=one.last.id,
        week=one.ahead.last.session,
        chance=one.ahead.last.p_deterioration,
    )
