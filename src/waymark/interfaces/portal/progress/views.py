"""Progress: the sentence first, then the picture with its noise band, the table, the why."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from waymark.access.vocabulary import Action, Viewer
from waymark.interfaces.endpoint import endpoint, key_from
from waymark.interfaces.portal.frame import framed, me
from waymark.interfaces.portal.progress.told import believed_of, told_of
from waymark.interfaces.ui.charts.drawn import drawn
from waymark.library.instruments import INSTRUMENTS
from waymark.record.people.conduct import Invalid
from waymark.record.people.queries import Colleague, care_team_of
from waymark.record.sharing.queries import receipts_of
from waymark.record.timeline import actions
from waymark.record.timeline.queries import Course, courses_of, remarks_of

ACT = Action.READ_OWN_PROGRESS
ANSWERS = {"fits": True, "not-how-it-feels": False}
NAMED: dict[bool | None, str] = {True: "fits", False: "not-how-it-feels"}


@endpoint(ACT)
def progress(request: HttpRequest, *, viewer: Viewer, at: datetime) -> HttpResponse:
    """Every course, the one answered last first."""
    return _shown(request, viewer)


def _shown(
    request: HttpRequest, viewer: Viewer, *, typed: dict[str, str] | None = None
) -> HttpResponse:
    """The page; ``typed`` holds, by instrument and scale, words that could not be kept."""
    patient = me(viewer, ACT)
    courses = [one for one in courses_of(viewer, ACT, patient.pk) if one.scale.method != "level"]
    team = care_team_of(viewer, ACT, patient)
    remarks = remarks_of(viewer, ACT, patient.pk)
    return framed(
        request,
        "progress/progress.html",
        viewer=viewer,
        place="progress",
        cards=[_card(one, team, remarks, typed or {}) for one in courses],
        receipts=list(receipts_of(viewer, ACT, patient.pk)[:1]),
        team=team,
        status=422 if typed else 200,
    )


@endpoint(ACT)
def course(
    request: HttpRequest, *, viewer: Viewer, at: datetime, instrument: str, scale: str
) -> HttpResponse:
    """One course with its table."""
    patient = me(viewer, ACT)
    one = _found(viewer, patient.pk, instrument, scale)
    team = care_team_of(viewer, ACT, patient)
    card = _card(one, team, remarks_of(viewer, ACT, patient.pk))
    return framed(
        request,
        "progress/course.html",
        viewer=viewer,
        place="progress",
        card=card,
        rows=list(reversed(one.taken)),
    )


def _found(viewer: Viewer, patient: UUID, instrument: str, scale: str) -> Course:
    for one in courses_of(viewer, ACT, patient):
        if (one.instrument, one.scale.id) == (instrument, scale):
            return one
    raise Http404


def _card(
    one: Course,
    team: list[Colleague],
    remarks: dict[tuple[str, UUID], Any],
    typed: dict[str, str] | None = None,
) -> dict[str, Any]:
    told = told_of([one], team=team)
    finding = one.findings[0]
    held = remarks.get((finding.signal, one.last.id))
    body = held.body if held else {}
    fits: bool | None = body.get("fits")
    return {
        "course": one,
        "instrument": INSTRUMENTS[one.instrument],
        "told": told,
        "finding": {
            "headline": told.headline,
            "detail": told.detail,
            "chips": told.chips,
            "how_url": reverse("how-we-know"),
            "answer": NAMED.get(fits, ""),
            "words": (typed or {}).get(_key(one), body.get("words", "")),
        },
        "signal": finding.signal,
        "drawn": drawn(one.series, headline=told.headline),
        "first": one.taken[0],
        "last": one.last,
        "n": len(one.taken),
    }


def _key(one: Course) -> str:
    return f"{one.instrument}/{one.scale.id}"


@endpoint(Action.REMARK_ON_FINDING, methods=("POST",))
def remark(
    request: HttpRequest, *, viewer: Viewer, at: datetime, instrument: str, scale: str
) -> HttpResponse:
    """Keep the client's answer to a finding, beside it."""
    patient = me(viewer, Action.REMARK_ON_FINDING)
    courses = courses_of(viewer, Action.REMARK_ON_FINDING, patient.pk)
    one = next((c for c in courses if (c.instrument, c.scale.id) == (instrument, scale)), None)
    if one is None:
        raise Http404
    signal, words = one.findings[0].signal, request.POST.get("words", "")
    held = remarks_of(viewer, Action.REMARK_ON_FINDING, patient.pk).get((signal, one.last.id))
    said = request.POST.get("answer", "")
    try:
        actions.remark(
            patient,
            about=actions.About(signal, instrument, scale, one.last.id),
            fits=held.body.get("fits") if held and said not in ANSWERS else ANSWERS.get(said),
            words=words,
            by=viewer,
            at=at,
            key=key_from(request),
        )
    except Invalid as error:
        messages.error(request, error.message)
        return _shown(request, viewer, typed={_key(one): words})
    messages.success(request, "Kept beside it. Your care team can see it too.")
    return redirect("progress")


@endpoint(ACT)
def how(request: HttpRequest, *, viewer: Viewer, at: datetime) -> HttpResponse:
    """How we know: each figure in plain words, for the client's own measures."""
    patient = me(viewer, ACT)
    courses = courses_of(viewer, ACT, patient.pk)
    team = care_team_of(viewer, ACT, patient)
    cards = [
        {**_card(one, team, {}), "believed": believed_of(one, team=team)}
        for one in courses
        if one.scale.method != "level"
    ]
    return framed(request, "progress/how.html", viewer=viewer, place="progress", cards=cards)
