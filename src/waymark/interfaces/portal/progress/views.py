"""Progress: the sentence first, then the picture with its noise band, the table, the why."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from waymark.access.vocabulary import Action, Viewer
from waymark.interfaces.endpoint import endpoint, key_from
from waymark.interfaces.portal.danger import standing
from waymark.interfaces.portal.frame import framed, me
from waymark.interfaces.portal.progress.cards import about, card_of, explained, key_of, said_before
from waymark.interfaces.portal.progress.part import drawn
from waymark.interfaces.portal.progress.parts import PARTS
from waymark.interfaces.ui.charts.worked import wobble
from waymark.progress.course.whole_course import HOW
from waymark.progress.signals.score_signal import Looks, ScoreFinding
from waymark.progress.signals.scores import SIGNALS
from waymark.record.expected import actions as expected
from waymark.record.expected.queries import opening_of
from waymark.record.people.queries import care_team_of
from waymark.record.sharing.queries import receipts_of
from waymark.record.tenancy.action import Invalid
from waymark.record.timeline import actions
from waymark.record.timeline.queries import (
    Course,
    courses_beyond,
    courses_of,
    earlier_remarks,
    remarks_of,
)

ACT = Action.READ_OWN_PROGRESS
ANSWERS = {"fits": True, "not-how-it-feels": False}
OF_IT = _("Kept beside it. Your care team can see it too.")
CHANGED = _(
    "Nothing was kept yet: what we say here has changed since you read it. Please look again. "
    "What you wrote stands below, and you can keep it there."
)


@endpoint(ACT)
def progress(request: HttpRequest, *, viewer: Viewer, at: datetime) -> HttpResponse:
    """Every course, the one answered last first."""
    return _shown(request, viewer, at=at)


def _shown(
    request: HttpRequest,
    viewer: Viewer,
    *,
    at: datetime,
    typed: dict[str, str] | None = None,
) -> HttpResponse:
    """The page; ``typed`` holds words that could not be kept, by what they are about."""
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
        standing=standing(viewer, ACT, at=at),
        cards=[card_of(one, team, remarks, typed) for one in courses],
        earlier=[said_before(row) for row in earlier_remarks(remarks, courses)],
        receipts=list(receipts_of(viewer, ACT, patient.pk)[:1]),
        team=team,
        parts=list(drawn(PARTS, viewer, at=at)),
        status=422 if typed is not None else 200,
    )


def judged_for(viewer: Viewer, patient: UUID, opening: Any, action: Action = ACT) -> list[Course]:
    """The courses with all that may be told; the expected course where it was opened together."""
    found = courses_beyond(viewer, action, patient, ahead=is_open(opening))
    return [_after_the_month(one) for one in found if one.scale.method != "level"]


def _after_the_month(one: Course) -> Course:
    """In the first month a client reads nothing of how things may end."""
    if not one.findings[0].evidence.too_early:
        return one
    kept = [each for each in one.further if SIGNALS[each.signal].looks is not Looks.AHEAD]
    return replace(one, further=tuple(kept))


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
    card = card_of(one, team, remarks_of(viewer, ACT, patient.pk))
    return framed(
        request,
        "progress/course.html",
        viewer=viewer,
        place="progress",
        card=card,
        rows=one.rows,
    )


def _found(viewer: Viewer, patient: UUID, instrument: str, scale: str) -> Course:
    for one in courses_of(viewer, ACT, patient):
        if (one.instrument, one.scale.id) == (instrument, scale):
            return one
    raise Http404


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
    finding = _answered(one, request.POST.get("about", ""))
    said, words = request.POST.get("answer", ""), request.POST.get("words", "")
    if finding is None:
        messages.error(request, CHANGED)
        return _shown(request, viewer, at=at, typed={about(one.findings[0], one): words})
    try:
        actions.remark(
            patient,
            about=actions.About(finding.signal, instrument, scale, one.last.id),
            fits=ANSWERS.get(said),
            words=words,
            by=viewer,
            at=at,
            key=key_from(request),
        )
    except Invalid as error:
        messages.error(request, error.message)
        return _shown(request, viewer, at=at, typed={about(finding, one): words})
    messages.success(request, OF_IT)
    return redirect(f"{reverse('progress')}#{key_of(one)}")


def _answered(one: Course, wanted: str) -> ScoreFinding | None:
    """Which finding is answered: one that is told now, on the score that is the last one now."""
    told = (one.findings[0], *one.further)
    return next((each for each in told if about(each, one) == wanted), None)


@endpoint(Action.ASK_EXPECTED_COURSE, methods=("POST",))
def expected_course(request: HttpRequest, *, viewer: Viewer, at: datetime) -> HttpResponse:
    """Ask to see the expected course, or put it away."""
    patient = me(viewer, Action.ASK_EXPECTED_COURSE)
    match request.POST.get("do"):
        case "ask":
            expected.ask(patient, by=viewer, at=at)
            messages.success(request, _("Asked. It opens when you look at it together."))
        case "away":
            expected.put_away(patient, by=viewer, at=at)
            messages.success(request, _("Put away. You can ask for it again at any time."))
        case _:
            messages.error(request, _("Nothing was changed: choose one of the two."))
    return redirect("how-we-know")


@endpoint(ACT)
def how(request: HttpRequest, *, viewer: Viewer, at: datetime) -> HttpResponse:
    """How we know: each figure in plain words, for the client's own measures."""
    patient = me(viewer, ACT)
    opening = opening_of(viewer, ACT, patient.pk)
    courses = judged_for(viewer, patient.pk, opening)
    team = care_team_of(viewer, ACT, patient)
    cards = [explained(one, team=team) for one in courses]
    return framed(
        request,
        "progress/how.html",
        viewer=viewer,
        place="progress",
        cards=cards,
        how_together=HOW if any(card["together"] for card in cards) else "",
        wobble=wobble(),
        opening=opening,
        opened=is_open(opening),
        person=team[0].name if team else _("your therapist"),
    )
