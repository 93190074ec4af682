"""What to track and when, items of one's own, and how to go on after some days away."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from waymark.access.vocabulary import Action, Viewer
from waymark.interfaces.endpoint import endpoint, key_from, owner_of_session
from waymark.interfaces.portal.checkins.forms import OwnForm, PauseForm, TrackForm, tracking
from waymark.interfaces.portal.frame import framed, me
from waymark.record.checkins import settings
from waymark.record.checkins.queries import reminded_at, tracked_by
from waymark.record.checkins.tracking import LIGHT, MOST_ITEMS
from waymark.record.tenancy.action import Invalid

ACT = Action.KEEP_CHECK_INS


@endpoint(ACT, methods=("GET", "POST"))
def track(request: HttpRequest, *, viewer: Viewer, at: datetime) -> HttpResponse:
    """Which items, and when; fewer is fine."""
    form = _form(request, viewer, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            settings.choose(me(viewer, ACT), what=form.chosen(), by=viewer, at=at)
            messages.success(request, _("Changed. It is asked from now on."))
            return redirect("track")
        except Invalid as refused:
            form.add_error(_field(refused), refused.message)
    return _tracking(request, viewer, form, OwnForm())


def _form(request: HttpRequest, viewer: Viewer, given: QueryDict | None = None) -> TrackForm:
    held, reminded = tracked_by(viewer), reminded_at(viewer) is not None
    form = TrackForm(given, initial=tracking(held, reminded=reminded))
    return form.offering(held, reachable=bool(owner_of_session(request).email))


def _field(refused: Invalid) -> str:
    return {"hours": "first_hour", "remind": "remind"}.get(refused.field, "items")


@endpoint(ACT, methods=("GET", "POST"))
def own(request: HttpRequest, *, viewer: Viewer, at: datetime) -> HttpResponse:
    """An item in one's own words."""
    form = OwnForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        key = key_from(request)
        try:
            settings.add_own(me(viewer, ACT), own=form.own(), by=viewer, at=at, key=key)
            messages.success(request, _("Added. It is yours alone."))
            return redirect("track")
        except Invalid as refused:
            form.add_error(refused.field, refused.message)
    return _tracking(request, viewer, _form(request, viewer), form)


def _tracking(
    request: HttpRequest, viewer: Viewer, form: TrackForm, own_form: OwnForm
) -> HttpResponse:
    held = tracked_by(viewer)
    return framed(
        request,
        "checkins/track.html",
        viewer=viewer,
        place="today",
        status=422 if form.errors or own_form.errors else 200,
        form=form,
        own_form=own_form,
        held=held,
        most=MOST_ITEMS,
        mine=[one for one in held.own if not one.retired],
        resting=[one for one in held.own if one.retired],
    )


@endpoint(ACT, methods=("POST",))
def rest(request: HttpRequest, *, viewer: Viewer, at: datetime, item: UUID) -> HttpResponse:
    """Ask it no more; its line stays."""
    if all(one.id != str(item) for one in tracked_by(viewer).own):
        raise Http404
    settings.retire_own(me(viewer, ACT), item=str(item), by=viewer, at=at)
    messages.success(request, _("It is asked no more. What you said to it stays."))
    return redirect("track")


@endpoint(ACT, methods=("GET", "POST"))
def go_on(request: HttpRequest, *, viewer: Viewer, at: datetime) -> HttpResponse:
    """Keep it, make it lighter, choose another hour, or pause: one tap each."""
    form, patient = PauseForm(request.POST or None), me(viewer, ACT)
    match request.POST.get("do"):
        case "keep":
            settings.settle(patient, light=False, by=viewer, at=at)
            return redirect("check-in")
        case "lighter":
            settings.settle(patient, light=True, by=viewer, at=at)
            return redirect("check-in")
        case "hour":
            settings.settle(patient, by=viewer, at=at)
            return redirect("track")
        case "pause" if form.is_valid():
            try:
                settings.pause(patient, until=form.cleaned_data["until"], by=viewer, at=at)
                messages.success(request, _("It rests. You can turn it on again at any time."))
                return redirect("today")
            except Invalid as refused:
                form.add_error(refused.field, refused.message)
    held = tracked_by(viewer)
    return framed(
        request,
        "checkins/go_on.html",
        viewer=viewer,
        place="today",
        form=form,
        held=held,
        n=len(held.chosen()),
        light=LIGHT,
        status=422 if request.method == "POST" else 200,
    )
