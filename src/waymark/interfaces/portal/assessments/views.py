"""Answering on a phone: drafts as one goes, sending, and what comes right after."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from waymark.access.vocabulary import Action, Viewer
from waymark.interfaces.endpoint import endpoint, key_from
from waymark.interfaces.portal.assessments.forms import (
    first_open,
    left_out,
    questions,
    read,
    still_asked,
    watched,
)
from waymark.interfaces.portal.danger import (
    crisis_after,
    crisis_before,
    rests,
    standing,
)
from waymark.interfaces.portal.frame import framed, me
from waymark.interfaces.portal.progress.told import told_of
from waymark.library.instrument import Instrument
from waymark.library.instruments import INSTRUMENTS
from waymark.library.safety import positive
from waymark.record.assessments import actions
from waymark.record.assessments.queries import (
    administration_for,
    draft_of,
    response_to,
    scores_for,
    waiting_for,
    waiting_of,
)
from waymark.record.people.queries import care_team_of, clinic_of, one_at_a_time_of, own_patient
from waymark.record.safety.prerequisites import policy_of
from waymark.record.tenancy.action import Conflict, Invalid
from waymark.record.timeline.queries import courses_of

ACT = Action.ANSWER_INSTRUMENT


@endpoint(ACT, methods=("GET", "POST"))
def answer(request: HttpRequest, *, viewer: Viewer, at: datetime, id: UUID) -> HttpResponse:
    """The questions; sending them stores, scores and screens them in one go."""
    me(viewer, ACT)
    administration = administration_for(viewer, ACT, id)
    held = draft_of(viewer, ACT, administration)
    kept: dict[str, int | None] = dict(held.answers) if held else {}
    if request.method == "POST":  # whatever became of the occasion: what was said is looked at
        return _given(request, administration, kept, viewer=viewer, at=at)
    if administration.state == "done":
        return redirect("sent", id=id)
    if administration.state == "lapsed" and not kept:
        return _over(request, administration, viewer=viewer)
    if "on" in request.GET:
        spot = first_open(INSTRUMENTS[administration.instrument], kept)
        return redirect(f"{reverse('answer', args=[id])}#{spot}")
    return _page(
        request, viewer, administration, kept, {}, told=_dangers(administration, kept), at=at
    )


def _over(request: HttpRequest, administration: Any, *, viewer: Viewer) -> HttpResponse:
    """Nobody waits for it any more: to the one that is open now, or to Today."""
    newer = waiting_of(viewer, ACT, administration.instrument)
    if newer is not None:
        return redirect("answer", id=newer.pk)
    messages.info(request, "This one is no longer open. There is nothing you need to do about it.")
    return redirect("today")


def _given(
    request: HttpRequest,
    administration: Any,
    kept: dict[str, int | None],
    *,
    viewer: Viewer,
    at: datetime,
) -> HttpResponse:
    """What was posted is sent on, or kept and asked about; refused or not, danger is looked for."""
    instrument = INSTRUMENTS[administration.instrument]
    given, wrong = read(instrument, request.POST)
    answers = kept | given
    whole = request.POST.get("incomplete") or not left_out(instrument, answers)
    try:
        if whole and not wrong:
            made = actions.submit(
                administration, answers=answers, by=viewer, at=at, key=key_from(request)
            )
            return redirect("sent", id=made.administration_id)
        actions.save_draft(administration, answers=given, by=viewer, at=at)
    except (Invalid, Conflict):
        return _refused(request, administration, given, viewer=viewer, at=at)
    told = _dangers(administration, answers)
    return _page(request, viewer, administration, answers, wrong, told=told, at=at)


def _dangers(administration: Any, answers: Mapping[str, int | None]) -> set[str]:
    found = positive(INSTRUMENTS[administration.instrument], answers)
    return {risk.item for risk in found}


def _refused(
    request: HttpRequest,
    administration: Any,
    given: Mapping[str, int | None],
    *,
    viewer: Viewer,
    at: datetime,
) -> HttpResponse:
    """Sent before: those answers stand. Danger in what came now is told, and help stands here."""
    if not _dangers(administration, given):
        messages.info(request, "You have sent these answers already. Here they are.")
        return redirect("sent", id=administration.pk)
    words = "The answers that you sent before stand. What you chose now was not stored with them."
    return _after(request, "You have sent this one already.", words, viewer=viewer, at=at)


def _after(
    request: HttpRequest, title: str, words: str, *, viewer: Viewer, at: datetime
) -> HttpResponse:
    """Help first, in the very response to an answer of danger, then what became of the form."""
    crisis = crisis_after(viewer, at=at)
    return framed(
        request,
        "assessments/after.html",
        viewer=viewer,
        place="today",
        outcome=title,
        words=words,
        crisis=crisis,
    )


def _page(
    request: HttpRequest,
    viewer: Viewer,
    administration: Any,
    answers: Mapping[str, int | None],
    wrong: Mapping[str, str],
    *,
    told: Collection[str],
    at: datetime,
) -> HttpResponse:
    instrument = INSTRUMENTS[administration.instrument]
    missing = left_out(instrument, answers) if request.method == "POST" else []
    asked = still_asked(instrument, answers)
    cards = {False: crisis_before(viewer), True: crisis_after(viewer, at=at)}
    return framed(
        request,
        "assessments/answer.html",
        viewer=viewer,
        place="today",
        administration=administration,
        instrument=instrument,
        questions=[
            {"asked": one, "crisis": cards[one.item.id in told] if one.opens else None}
            for one in questions(instrument, answers, wrong)
        ],
        answered=sum(answers.get(item.id) is not None for item in asked),
        total=len(asked),
        missing=missing,
        problems=[
            {"id": f"id_{item}", "label": f"Question {item[1:]}", "text": text}
            for item, text in wrong.items()
        ],
        before=before_words(viewer, instrument),
        watched=bool(instrument.risk_items),
        one_at_a_time=one_at_a_time_of(viewer, ACT, own_patient(viewer, ACT)),
        status=422 if wrong or missing else 200,
    )


def before_words(viewer: Viewer, instrument: Instrument) -> str:
    """What is said before a form: who reads it, that nobody watches, and when danger is told."""
    clinic = clinic_of(viewer)
    who = f"Your answers are read by the people who treat you at {clinic.name}"
    if not care_team_of(viewer, ACT, own_patient(viewer, ACT)):
        who = "Nobody is on your care team right now. Your answers are kept for whoever comes next"
    if not instrument.risk_items:
        return f"{who}. Nobody is watching while you write."
    policy = policy_of(clinic)
    days = int(policy.timers["review"]) if policy else 0
    by_when = f", within {days} working day{'' if days == 1 else 's'}" if days else ""
    return (
        f"{who}{by_when}. Nobody is watching while you write. If you give {watched(instrument)}, "
        "your care team is told as soon as that answer is saved, even if you change it or never "
        "send the rest."
    )


@endpoint(ACT, methods=("POST",))
def draft(request: HttpRequest, *, viewer: Viewer, at: datetime, id: UUID) -> HttpResponse:
    """Keep answers as they are chosen; a danger shows the card in this same response."""
    me(viewer, ACT)
    administration = administration_for(viewer, ACT, id)
    instrument = INSTRUMENTS[administration.instrument]
    given, wrong = read(instrument, request.POST)
    try:
        saved = actions.save_draft(administration, answers=given, by=viewer, at=at)
    except Invalid as error:
        state, said = error.message, given
    else:
        clock = timezone.localtime(at)
        state, said = _not_saved(wrong) or f"Saved at {clock:%-I:%M %p}.", saved.answers
    context = {
        "state": state,
        "danger": [item for item in _dangers(administration, said) if item in given],
        "crisis": crisis_after(viewer, at=at),
    }
    return render(request, "portal/assessments/saved.html", context)


def _not_saved(wrong: Mapping[str, str]) -> str:
    numbers = ", ".join(item.lstrip("q") for item in wrong)
    return f"Question {numbers} was not saved. Please choose one of its answers." if wrong else ""


@endpoint(ACT, methods=("POST",))
def later(request: HttpRequest, *, viewer: Viewer, at: datetime, id: UUID) -> HttpResponse:
    """Stop here and keep what was chosen; works without JavaScript too."""
    administration = administration_for(viewer, ACT, id)
    given, _ = read(INSTRUMENTS[administration.instrument], request.POST)
    try:
        actions.save_draft(administration, answers=given, by=viewer, at=at)
    except Invalid:
        return _refused(request, administration, given, viewer=viewer, at=at)
    if _dangers(administration, given):
        return _after(request, "Kept. You can go on whenever you like.", "", viewer=viewer, at=at)
    messages.success(request, "Kept. You can go on whenever you like.")
    return redirect("today")


@endpoint(ACT)
def sent(request: HttpRequest, *, viewer: Viewer, at: datetime, id: UUID) -> HttpResponse:
    """Thank you, what the answers say in words, and the card again where it is needed."""
    patient = me(viewer, ACT)
    administration = administration_for(viewer, ACT, id)
    response = response_to(viewer, ACT, administration)
    if response is None:
        return redirect("answer", id=id)
    instrument = INSTRUMENTS[administration.instrument]
    held = standing(viewer, ACT, at=at)
    danger = bool(positive(instrument, response.answers))
    courses = courses_of(viewer, ACT, patient.pk)
    counted = {row.taken.id: row.counted for one in courses for row in one.rows}
    # Only what rests on these answers: without a total, an older finding would pass for today's.
    mine = [one for one in courses if one.instrument == instrument.id and one.rests_on(response.pk)]
    team = care_team_of(viewer, ACT, patient)
    return framed(
        request,
        "assessments/sent.html",
        viewer=viewer,
        place="today",
        instrument=instrument,
        scores=[
            {"score": one, "scale": instrument.scale(one.scale), "counted": counted.get(one.id)}
            for one in scores_for(viewer, ACT, [patient.pk], instrument=instrument.id)
            if one.response == response.pk and instrument.scale(one.scale).method != "level"
        ],
        told=told_of(mine, team=team, danger=danger or held is not None) if mine else None,
        danger=danger,
        crisis=crisis_after(viewer, at=at) if danger else None,
        standing=None if danger else held,
        team=team,
    )


@endpoint(Action.START_INSTRUMENT, methods=("GET", "POST"))
def start(request: HttpRequest, *, viewer: Viewer, at: datetime) -> HttpResponse:
    """Take an instrument that the clinic opened for starting oneself."""
    patient = me(viewer, Action.START_INSTRUMENT)
    if request.method == "POST":
        try:
            made = actions.start_by_self(
                patient, instrument=request.POST.get("instrument", ""), by=viewer, at=at
            )
        except Invalid as error:
            messages.error(request, error.message)
            return redirect("start")
        return redirect("answer", id=made.pk)
    held = standing(viewer, Action.START_INSTRUMENT, at=at)
    resting = rests(viewer, Action.START_INSTRUMENT, at=at)
    waits = {row.instrument: row.pk for row in waiting_for(viewer, at=at, action=ACT)}
    offered = [
        {"one": INSTRUMENTS[id], "waits": waits.get(id)}
        for id in clinic_of(viewer).self_start
        if id in INSTRUMENTS
    ]
    return framed(
        request,
        "assessments/start.html",
        viewer=viewer,
        place="more",
        offered=[] if resting else offered,
        resting=resting,
        standing=held,
    )
