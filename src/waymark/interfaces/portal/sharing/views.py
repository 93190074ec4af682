"""One thing on its way to the care team and back, and all that is shared."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from waymark.access.vocabulary import Action, Viewer
from waymark.interfaces.endpoint import endpoint, key_from
from waymark.interfaces.portal.danger import crisis_after, standing
from waymark.interfaces.portal.frame import framed, me
from waymark.interfaces.portal.sharing.kind import Kind
from waymark.interfaces.portal.sharing.kinds import KINDS
from waymark.record.people.queries import care_team_of
from waymark.record.sharing import actions
from waymark.record.sharing.queries import Shared, shared_by, shared_now, streams_of
from waymark.record.tenancy.action import Invalid

ACT = Action.SHARE


@endpoint(ACT, methods=("GET", "POST"))
def share(
    request: HttpRequest, *, viewer: Viewer, at: datetime, about: str, thing: UUID
) -> HttpResponse:
    """The version that would be shared, as its readers would see it; sent, it is."""
    kind = _kind(about)
    if request.method == "POST":
        try:
            return _shared(request, kind, viewer=viewer, at=at, thing=thing)
        except Invalid as refused:
            messages.error(request, str(refused))
    page = {**_page(viewer, kind, thing), **_danger(viewer, at=at)}
    status = 422 if request.method == "POST" else 200
    return framed(request, "sharing/share.html", viewer=viewer, place="more", status=status, **page)


def _shared(
    request: HttpRequest, kind: Kind, *, viewer: Viewer, at: datetime, thing: UUID
) -> HttpResponse:
    shown = kind.snapshot(viewer, thing)
    what = actions.ToShare(kind.id, thing, shown, request.POST.get("seen", ""))
    actions.share(me(viewer, ACT), what=what, by=viewer, at=at, key=key_from(request))
    messages.success(request, _("It is shared. You see here when somebody has read it."))
    return redirect("share", about=kind.id, thing=thing)


@endpoint(ACT, methods=("GET", "POST"))
def take_back(
    request: HttpRequest, *, viewer: Viewer, at: datetime, about: str, thing: UUID
) -> HttpResponse:
    """Who has read it is said first; then its words are gone from every page of the clinic."""
    kind = _kind(about)
    page = _page(viewer, kind, thing)  # what is not theirs is not there
    if request.method == "POST":
        taken = actions.take_back(me(viewer, ACT), thing=thing, by=viewer, at=at)
        words = _("It is yours alone again.") if taken else _("It was not shared.")
        messages.success(request, words)
        return redirect(kind.page, thing)
    if page["held"] is None:
        return redirect("share", about=about, thing=thing)
    return framed(request, "sharing/take_back.html", viewer=viewer, place="more", **page)


@endpoint(ACT)
def all_shared(request: HttpRequest, *, viewer: Viewer, at: datetime) -> HttpResponse:
    """All that is shared now, what became of it, and what is shared as it comes."""
    patient = me(viewer, ACT)
    below = request.GET.get("below", "")
    held = shared_by(viewer, ACT, patient.pk, below=below)
    on = streams_of(viewer, ACT, patient.pk)
    streams = [(kind, on.get(kind.id)) for kind in KINDS.values() if kind.stream]
    return framed(
        request,
        "sharing/all_shared.html",
        viewer=viewer,
        place="more",
        held=held,
        below=below,
        streams=streams,
        team=care_team_of(viewer, ACT, patient),
    )


@endpoint(ACT, methods=("POST",))
def stream(request: HttpRequest, *, viewer: Viewer, at: datetime, about: str) -> HttpResponse:
    """Share a kind of thing as it comes, or no more."""
    kind, on = _kind(about), request.POST.get("on") == "yes"
    if not kind.stream:
        raise Http404
    actions.set_stream(me(viewer, ACT), kind=kind.id, on=on, by=viewer, at=at)
    messages.success(request, _stream_words(kind, on=on))
    return redirect("all-shared")


def _stream_words(kind: Kind, *, on: bool) -> str:
    name = _(kind.stream)
    if on:
        return _("From now on: %(name)s are shared as you note them.") % {"name": name}
    if kind.goes_with_switch:
        return _("%(name)s are yours alone again. Your care team reads none of them any more.") % {
            "name": name
        }
    return _("%(name)s are yours alone from now on. What was shared before stays shared.") % {
        "name": name
    }


def _danger(viewer: Viewer, *, at: datetime) -> dict[str, Any]:
    """The card of help where danger was heard: on the page that follows the words, at once."""
    held = standing(viewer, ACT, at=at)
    fresh = held is not None and held.this_sitting
    return {"standing": held, "crisis": crisis_after(viewer, at=at) if fresh else None}


def _kind(about: str) -> Kind:
    if about not in KINDS:
        raise Http404
    return KINDS[about]


def _page(viewer: Viewer, kind: Kind, thing: UUID) -> dict[str, Any]:
    shown = kind.snapshot(viewer, thing)
    held = shared_now(viewer, ACT, [thing]).get(thing)
    return {
        "kind": kind,
        "thing": thing,
        "shown": shown,
        "held": held,
        "state": _state(shown.digest, held),
        "team": care_team_of(viewer, ACT, me(viewer, ACT)),
    }


def _state(digest: str, held: Shared | None) -> str:
    """``private``, ``shared``, or ``changed`` since what was shared."""
    if held is None:
        return "private"
    return "shared" if held.snapshot.digest == digest else "changed"
