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
from waymark.interfaces.portal.progress.told import told_alone, told_of
from waymark.interfaces.ui.charts.drawn import drawn
from waymark.interfaces.ui.charts.worked import twenty, wobble
from waymark.library.instruments import INSTRUMENTS
from waymark.progress.believing import believed, looking_ahead
from waymark.progress.signal import Verdict
from waymark.progress.telling import Told, is_harder
from waymark.record.expected import actions as expected
from waymark.record.expected.queries import opening_of
from waymark.record.people.conduct import Invalid
from waymark.record.people.queries import Colleague, care_team_of
from waymark.record.sharing.queries import receipts_of
from waymark.record.timeline import actions
from waymark.record.timeline.queries import Course, courses_beyond, courses_of, remarks_of

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
    opening = opening_of(viewer, ACT, patient.pk)
    courses = judged_for(viewer, patient.pk, opening)
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
        opened=is_open(opening),
        status=422 if typed else 200,
    )


def judged_for(viewer: Viewer, patient: UUID, opening: Any, action: Action = ACT) -> list[Course]:
    """The courses with all that may be told; the expected course where it was opened together."""
    found = courses_beyond(viewer, action, patient, ahead=is_open(opening))
    return [one for one in found if one.scale.method != "level"]


def is_open(opening: Any) -> bool:
    """Whether the client asked for the expected course and it was opened with them."""
    return opening is not None and opening.opened_at is not None


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
    lead, key = one.findings[0], _key(one)
    return {
        "course": one,
        "instrument": INSTRUMENTS[one.instrument],
        "told": told,
        "finding": _finding(lead.signal, one, told, remarks, typed or {}),
        "further": [
            _finding(each.signal, one, told_alone(each, one, team=team), remarks, typed or {})
            for each in one.further
        ],
        "next_step": told.next_step or _next_step(one, team),
        "expected": looking_ahead(one.ahead) if one.ahead else None,
        "key": key.replace("/", "-"),
        "drawn": drawn(one.series, headline=told.headline, ahead=one.ahead),
        "first": one.taken[0],
        "last": one.last,
        "n": len(one.taken),
    }


def _finding(
    signal: str,
    one: Course,
    told: Told,
    remarks: dict[tuple[str, UUID], Any],
    typed: dict[str, str],
) -> dict[str, Any]:
    """One finding with the client's own answer to it."""
    held = remarks.get((signal, one.last.id))
    body = held.body if held else {}
    fits: bool | None = body.get("fits")
    return {
        "signal": signal,
        "headline": told.headline,
        "detail": told.detail,
        "chips": told.chips,
        "how_url": reverse("how-we-know"),
        "answer": NAMED.get(fits, ""),
        "words": typed.get(f"{_key(one)}/{signal}", body.get("words", "")),
    }


def _next_step(one: Course, team: list[Colleague]) -> str:
    """Of what is told beside a calm first against last: a worsening is never left without one."""
    steps = (told_alone(each, one, team=team).next_step for each in one.further)
    return next((step for step in steps if step), "")


def _key(one: Course) -> str:
    return f"{one.instrument}/{one.scale.id}"


@endpoint(Action.REMARK_ON_FINDING, methods=("POST",))
def remark(
    request: HttpRequest, *, viewer: Viewer, at: datetime, instrument: str, scale: str
) -> HttpResponse:
    """Keep the client's answer to a finding, beside it."""
    act = Action.REMARK_ON_FINDING
    patient = me(viewer, act)
    courses = judged_for(viewer, patient.pk, opening_of(viewer, act, patient.pk), act)
    one = next((c for c in courses if (c.instrument, c.scale.id) == (instrument, scale)), None)
    if one is None:
        raise Http404
    signal = _signal_of(one, request.POST.get("signal", ""))
    said, words = request.POST.get("answer", ""), request.POST.get("words", "")
    held = remarks_of(viewer, act, patient.pk).get((signal, one.last.id))
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
        return _shown(request, viewer, typed={f"{_key(one)}/{signal}": words})
    messages.success(request, "Kept beside it. Your care team can see it too.")
    return redirect("progress")


def _signal_of(one: Course, wanted: str) -> str:
    """Which finding is answered: one that is told now, else the first."""
    told = {finding.signal for finding in one.further}
    return wanted if wanted in told else one.findings[0].signal


@endpoint(Action.ASK_EXPECTED_COURSE, methods=("POST",))
def expected_course(request: HttpRequest, *, viewer: Viewer, at: datetime) -> HttpResponse:
    """Ask to see the expected course, or put it away."""
    patient = me(viewer, Action.ASK_EXPECTED_COURSE)
    if request.POST.get("do") == "away":
        expected.put_away(patient, by=viewer, at=at)
        messages.success(request, "Put away. You can ask for it again at any time.")
    else:
        expected.ask(patient, by=viewer, at=at)
        messages.success(request, "Asked. It opens when you look at it together.")
    return redirect("how-we-know")


@endpoint(ACT)
def how(request: HttpRequest, *, viewer: Viewer, at: datetime) -> HttpResponse:
    """How we know: each figure in plain words, for the client's own measures."""
    patient = me(viewer, ACT)
    opening = opening_of(viewer, ACT, patient.pk)
    courses = judged_for(viewer, patient.pk, opening)
    team = care_team_of(viewer, ACT, patient)
    cards = [{**_card(one, team, {}), "together": _together(one, team=team)} for one in courses]
    return framed(
        request,
        "progress/how.html",
        viewer=viewer,
        place="progress",
        cards=cards,
        wobble=wobble(),
        opening=opening,
        opened=is_open(opening),
        person=team[0].name if team else "your therapist",
    )


def _together(one: Course, *, team: list[Colleague]) -> dict[str, Any] | None:
    """What all answers come to, and in how many of 20 cases that would be right. It is left out
    where it would cheer beside something that got harder."""
    finding = one.together
    if finding is None or (finding.verdict is Verdict.BETTER and is_harder(one.findings[0])):
        return None
    told = told_alone(finding, one, team=team)
    sure = believed(finding.evidence.together)["sure"] if finding.evidence.together else "0"
    claimed = finding.verdict in {Verdict.BETTER, Verdict.WORSE}
    return {"told": told, "twenty": twenty(int(sure)) if claimed else ""}
