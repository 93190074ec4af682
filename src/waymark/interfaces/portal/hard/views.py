"""The ways that a hard day has, each with its own words. Nothing here is asked of anybody."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from waymark.access.vocabulary import Action, Viewer
from waymark.interfaces.endpoint import endpoint, key_from
from waymark.interfaces.portal.danger import standing
from waymark.interfaces.portal.frame import framed, me
from waymark.interfaces.portal.hard.helped import helped_before, wins_to_read
from waymark.interfaces.portal.sharing import telling
from waymark.interfaces.portal.sharing.kinds.hard_day import HARD_DAY, shown_of
from waymark.library.safety import Tier
from waymark.library.zones import place_of
from waymark.record.checkins import actions
from waymark.record.checkins.queries import Hard, hard_day_of, hard_on
from waymark.record.people.actions.clinic import hours_of
from waymark.record.people.queries import care_team_of, clinic_of
from waymark.record.safety.screen import due
from waymark.record.sharing import actions as sharing
from waymark.record.sharing.queries import shared_now
from waymark.record.tenancy.action import Invalid
from waymark.record.tenancy.days import day_of

ACT, SHARE = Action.KEEP_CHECK_INS, Action.SHARE


@endpoint(ACT)
def menu(request: HttpRequest, *, viewer: Viewer, at: datetime) -> HttpResponse:
    """Its ways, the cheapest first; one tap is enough, or none."""
    held = hard_on(viewer, day_of(at, zone=me(viewer, ACT).zone))
    page = {"held": held, "standing": standing(viewer, ACT, at=at)}
    return framed(request, "hard/menu.html", viewer=viewer, place="today", **page)


@endpoint(ACT, methods=("POST",))
def note(request: HttpRequest, *, viewer: Viewer, at: datetime) -> HttpResponse:
    """Mark the day, for oneself alone."""
    row = actions.mark_hard(me(viewer, ACT), by=viewer, at=at)
    return redirect("hard-day", row.pk)


@endpoint(ACT, methods=("GET", "POST"))
def noted(request: HttpRequest, *, viewer: Viewer, at: datetime, id: UUID) -> HttpResponse:
    """It is noted; a line about it, if one likes."""
    held = hard_day_of(viewer, id)
    is_today = held.day == day_of(at, zone=me(viewer, ACT).zone)
    words, status = request.POST.get("words"), 200
    if words is not None and is_today:
        try:
            actions.mark_hard(me(viewer, ACT), words=words, by=viewer, at=at)
            asked = telling.told(request, HARD_DAY, id, viewer=viewer, at=at)
            return asked or _said(request, _("Kept. Only you can read it."), id)
        except Invalid as refused:
            messages.error(request, refused.message)
            status = 422
    page = {
        "held": held,
        **(telling.told_of(request, words or "", viewer=viewer, at=at) if status == 422 else {}),
        "words": held.words if words is None else words,
        "is_today": is_today,
        "shared": shared_now(viewer, ACT, [id]).get(id),
        "most": actions.MOST_CHARACTERS,
        "status": status,
    }
    return framed(request, "hard/noted.html", viewer=viewer, place="today", **page)


def _said(request: HttpRequest, words: str, id: UUID) -> HttpResponse:
    messages.success(request, words)
    return redirect("hard-day", id)


@endpoint(ACT, methods=("POST",))
def take_back(request: HttpRequest, *, viewer: Viewer, at: datetime, id: UUID) -> HttpResponse:
    """As if it had not been marked."""
    try:
        actions.unmark_hard(me(viewer, ACT), hard_day=id, by=viewer, at=at)
        messages.success(request, _("Taken back. The day is as it was."))
    except Invalid as refused:
        messages.error(request, refused.message)
    return redirect("today")


@endpoint(ACT)
def helped(request: HttpRequest, *, viewer: Viewer, at: datetime) -> HttpResponse:
    """What helped before; while a concern is open, nothing older is brought back by itself."""
    today = day_of(at, zone=me(viewer, ACT).zone)
    quiet = standing(viewer, ACT, at=at) is not None
    page = {
        "skills": helped_before(viewer, today),
        "wins": [] if quiet else wins_to_read(viewer),
    }
    return framed(request, "hard/helped.html", viewer=viewer, place="today", **page)


@endpoint(SHARE, methods=("GET", "POST"))
def tell(request: HttpRequest, *, viewer: Viewer, at: datetime) -> HttpResponse:
    """All that would be sent, who reads it and by when; sent, somebody is told."""
    patient, status = me(viewer, SHARE), 200
    held = hard_on(viewer, day_of(at, zone=patient.zone))
    words = request.POST.get("words", held.words if held else "") or _default()
    if request.method == "POST":
        try:
            return redirect("told-of-hard-day", _told(request, viewer, words, at=at))
        except Invalid as refused:
            messages.error(request, refused.message)
            status = 422
    page = {
        "words": words,
        "team": care_team_of(viewer, SHARE, patient),
        "by": due(clinic_of(viewer), Tier.SAME_DAY, at=at),
        "most": actions.MOST_CHARACTERS,
        "status": status,
    }
    return framed(request, "hard/tell.html", viewer=viewer, place="today", **page)


def _default() -> str:
    return _("Today is a hard day. I would like us to talk about it.")


def _told(request: HttpRequest, viewer: Viewer, words: str, *, at: datetime) -> UUID:
    """What was on the screen is what is sent, and somebody is told; before anything can refuse it.
    Of its own words the day keeps as many as it can hold."""
    patient = me(viewer, SHARE)
    row = actions.mark_hard(patient, by=viewer, at=at)
    shown = shown_of(Hard(row.pk, row.for_date, words.strip()))
    what = sharing.ToShare("hard-day", row.pk, shown, shown.digest, tell=True)
    sharing.share(patient, what=what, by=viewer, at=at, key=key_from(request))
    actions.mark_hard(patient, words=words[: actions.MOST_CHARACTERS], by=viewer, at=at)
    return UUID(str(row.pk))


@endpoint(SHARE)
def told(request: HttpRequest, *, viewer: Viewer, at: datetime, id: UUID) -> HttpResponse:
    """Who was told in fact, and by when it is taken on."""
    held = hard_day_of(viewer, id)
    shared = shared_now(viewer, SHARE, [id]).get(id)
    page = {"standing": standing(viewer, SHARE, at=at), "shared": shared, "held": held}
    return framed(request, "hard/told.html", viewer=viewer, place="today", **page)


@endpoint(ACT)
def call(request: HttpRequest, *, viewer: Viewer, at: datetime) -> HttpResponse:
    """The clinic's number, and when somebody is there."""
    clinic, patient = clinic_of(viewer), me(viewer, ACT)
    hours = hours_of(clinic)
    opens, closes = next(hours.spans(at), (None, None))
    page = {
        "phone": clinic.phone,
        "my_name": patient.name.split()[0],
        "team": care_team_of(viewer, ACT, patient),
        "open": hours.open_at(at),
        "opens": opens.astimezone(hours.zone) if opens else None,
        "closes": closes.astimezone(hours.zone) if closes else None,
        "clinic_zone": place_of(clinic.zone),
        "after_hours": clinic.after_hours,
    }
    return framed(request, "hard/call.html", viewer=viewer, place="today", **page)
