"""The list of practices, in the street and among a client's own pages, and the page of each.

The pages in the street open no session and ask no database: they stand when nothing else does.
"""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from waymark.access.vocabulary import Action, Viewer
from waymark.interfaces.endpoint import endpoint, owner_of_session, public
from waymark.interfaces.portal.frame import framed
from waymark.interfaces.portal.practices.choices import chosen, paces_of
from waymark.interfaces.portal.practices.listing import (
    asked_minutes,
    every,
    first,
    row_of,
    sections,
    ways_to_narrow,
)
from waymark.interfaces.portal.practices.spoken import minutes_of
from waymark.interfaces.portal.practices.visit import Came, Visit, visit_of
from waymark.interfaces.ui.danger_rule import danger_rule
from waymark.library.practice import Practice
from waymark.library.practices import PRACTICES

DRIFTS = {"thoughts-on-a-river": "leaf", "thoughts-in-bubbles": "bubble"}
"""Practices in which a thought can be typed and seen to go, and as what."""


@public
@require_safe
def practices(request: HttpRequest) -> HttpResponse:
    """The list, for anybody."""
    return render(request, "portal/practices/list.html", _list(request, Visit()))


@endpoint(Action.OPEN_PRACTICES)
def own_practices(request: HttpRequest, *, viewer: Viewer, at: datetime) -> HttpResponse:
    """The same list among a client's own pages."""
    came = Came.SHARED if owner_of_session(request).shared_device else Came.ME
    page = _list(request, Visit(came))
    return framed(request, "practices/own_list.html", viewer=viewer, place="own-practices", **page)


@public
@require_safe
def practice(request: HttpRequest, practice: str) -> HttpResponse:
    """What it is, when not to do it, how long it takes; and the practice itself, in the page."""
    held = PRACTICES.get(practice)
    if held is None or held.retired:
        raise Http404
    visit, paces = visit_of(request), paces_of(held)
    page = {
        "visit": visit,
        "neutral": visit.neutral,
        "practice": held,
        "paces": paces,
        "chosen": chosen(held, paces, request.GET.get("run", "")),
        "minutes_left": range(1, _longest(paces) + 1),
        "instead": row_of(PRACTICES[held.instead], visit) if held.instead else None,
        "forms": [row_of(one, visit) for one in _other_forms(held)],
        "list_url": visit.to_list(),
        "drifts": DRIFTS.get(held.id, ""),
        "danger_rule": danger_rule() if held.id in DRIFTS else "",
    }
    return render(request, "portal/practices/practice.html", page)


def _list(request: HttpRequest, visit: Visit) -> dict[str, Any]:
    minutes = asked_minutes(request.GET.get("minutes", ""))
    return {
        "visit": visit,
        "first": row_of(first(), visit),
        "all_rows": [row_of(one, visit) for one in every()],
        "sections": sections(visit, minutes),
        "lengths": ways_to_narrow(visit, minutes),
        "minutes": minutes,
    }


def _longest(paces: list[Any]) -> int:
    return max(minutes_of(one.laid.ms) for pace in paces for one in pace.choices)


def _other_forms(practice: Practice) -> list[Practice]:
    """The same practice in another picture."""
    of = practice.form_of or practice.id
    return [one for one in every() if of in {one.id, one.form_of} and one.id != practice.id]
