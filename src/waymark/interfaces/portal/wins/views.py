"""The list with a form above it, and one of them by itself."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from waymark.access.vocabulary import Action, Viewer
from waymark.interfaces.endpoint import endpoint, key_from
from waymark.interfaces.portal.danger import standing
from waymark.interfaces.portal.frame import framed, me
from waymark.interfaces.portal.sharing.kinds.win import WIN
from waymark.interfaces.portal.sharing.telling import told, told_unkept
from waymark.interfaces.portal.wins.forms import LikeForm, WinForm, filled
from waymark.record.sharing.queries import shared_now
from waymark.record.wins import actions
from waymark.record.wins.happening import Sort, snapshot_of
from waymark.record.wins.queries import Kept, win_of, wins_among, wins_of

ACT = Action.KEEP_WINS
OLDER_OFFERED = 40


@endpoint(ACT, methods=("GET", "POST"))
def wins(request: HttpRequest, *, viewer: Viewer, at: datetime) -> HttpResponse:
    """Note one, and see the others."""
    form = WinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        what = actions.ToNote(form.happening())
        row = actions.note(me(viewer, ACT), what=what, by=viewer, at=at, key=key_from(request))
        asked = told(request, WIN, row.pk, viewer=viewer, at=at)
        return asked or _said(request, _("Kept."), row.pk)
    below = request.GET.get("below", "")
    held = wins_of(viewer, below=below)
    page = {"form": form, "held": held, "below": below, "shared": _shared(viewer, held.kept)}
    page.update(told_unkept(request, form, viewer=viewer, at=at))
    status = 422 if form.errors else 200
    return framed(request, "wins/wins.html", viewer=viewer, place="today", status=status, **page)


@endpoint(ACT, methods=("GET", "POST"))
def win(request: HttpRequest, *, viewer: Viewer, at: datetime, id: UUID) -> HttpResponse:
    """One of them: as it was written, beside the one it is like, and a place to change it."""
    held = win_of(viewer, id)
    form = WinForm(request.POST or None, initial=filled(held.happening))
    if request.method == "POST" and form.is_valid():
        actions.change(me(viewer, ACT), win=id, happening=form.happening(), by=viewer, at=at)
        asked = told(request, WIN, id, viewer=viewer, at=at)
        return asked or _said(request, _("Changed."), id)
    return _one(request, held, form, viewer=viewer, at=at)


def _said(request: HttpRequest, words: str, id: UUID) -> HttpResponse:
    messages.success(request, words)
    return redirect("win", id)


def _one(
    request: HttpRequest, held: Kept, form: WinForm, *, viewer: Viewer, at: datetime
) -> HttpResponse:
    before = wins_among(viewer, {held.like} if held.like else set())
    shared = _shared(viewer, [held]).get(held.id)
    shown = snapshot_of(held.happening, held.day)
    page: dict[str, Any] = {
        "held": held,
        "form": form,
        "like_form": _like_form(viewer, held),
        "before": before.get(held.like) if held.like else None,
        "shared": shared,
        "changed": shared is not None and shared.snapshot.digest != shown.digest,
        "setback": held.happening.sort is Sort.SETBACK,
        **told_unkept(request, form, viewer=viewer, at=at),
        "concern": standing(viewer, ACT, at=at),
    }
    status = 422 if form.errors else 200
    return framed(request, "wins/win.html", viewer=viewer, place="today", status=status, **page)


@endpoint(ACT, methods=("POST",))
def liken(request: HttpRequest, *, viewer: Viewer, at: datetime, id: UUID) -> HttpResponse:
    """Set it beside an older one, or beside none."""
    held = win_of(viewer, id)
    form = LikeForm(request.POST).offering(_older(viewer, held))
    if form.is_valid():
        actions.liken(me(viewer, ACT), win=id, like=form.chosen(), by=viewer, at=at)
    else:
        messages.error(request, _("Choose one from the list, or none of them."))
    return redirect("win", id)


@endpoint(ACT, methods=("POST",))
def remove(request: HttpRequest, *, viewer: Viewer, at: datetime, id: UUID) -> HttpResponse:
    """Remove one for good, and go back to the others."""
    actions.remove(me(viewer, ACT), win=id, by=viewer, at=at)
    messages.success(request, _("Removed."))
    return redirect("wins")


def _like_form(viewer: Viewer, held: Kept) -> LikeForm:
    form = LikeForm(initial={"like": str(held.like or "")})
    return form.offering(_older(viewer, held))


def _shared(viewer: Viewer, kept: list[Kept]) -> dict[UUID, Any]:
    return shared_now(viewer, ACT, [one.id for one in kept])


def _older(viewer: Viewer, held: Kept) -> list[Kept]:
    """What it may be like: older ones, those of its kind first."""
    every = wins_of(viewer, size=OLDER_OFFERED).kept
    older = [one for one in every if (one.day, one.noted_at) < (held.day, held.noted_at)]
    return sorted(older, key=lambda one: one.happening.type != held.happening.type)
