"""The list with a way to begin, one column at a time, and a record as a whole."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from waymark.access.vocabulary import Action, Viewer
from waymark.interfaces.endpoint import endpoint, key_from
from waymark.interfaces.portal.danger import standing
from waymark.interfaces.portal.frame import framed, me
from waymark.interfaces.portal.sharing.kinds.thought_record import THOUGHT_RECORD
from waymark.interfaces.portal.sharing.telling import told, told_unkept
from waymark.interfaces.portal.thoughts import steps
from waymark.interfaces.portal.thoughts.forms import ColumnForm, SituationForm, feeling_words
from waymark.interfaces.portal.thoughts.offering import offered
from waymark.library.thought_hints import hints
from waymark.library.thought_record import WHEN_ACCURATE, ThoughtRecord
from waymark.library.trap import MAY_BE_TRUE, TRAPS
from waymark.record.sharing.queries import shared_now
from waymark.record.tenancy.action import Invalid
from waymark.record.thoughts import actions
from waymark.record.thoughts.holding import snapshot_of
from waymark.record.thoughts.queries import (
    Kept,
    months_of,
    thought_record_of,
    thought_records_of,
)

ACT = Action.KEEP_THOUGHT_RECORDS
PLACE = "journal"


@endpoint(ACT)
def thought_records(request: HttpRequest, *, viewer: Viewer, at: datetime) -> HttpResponse:
    """Those that are there, newest first, and the months."""
    below = request.GET.get("below", "")
    held = thought_records_of(viewer, below=below)
    page = {
        "held": held,
        "below": below,
        "shared": shared_now(viewer, ACT, [one.id for one in held.kept]),
        "months": [] if below else months_of(viewer),
    }
    return framed(request, "thoughts/thoughts.html", viewer=viewer, place=PLACE, **page)


@endpoint(ACT, methods=("GET", "POST"))
def begin(request: HttpRequest, *, viewer: Viewer, at: datetime) -> HttpResponse:
    """What happened: with it a record begins."""
    record = ThoughtRecord()
    form = SituationForm(request.POST or None, record=record)
    if request.method == "POST" and form.is_valid():
        given = form.filled(record)
        row = actions.begin(me(viewer, ACT), record=given, by=viewer, at=at, key=key_from(request))
        asked = told(request, THOUGHT_RECORD, row.pk, viewer=viewer, at=at)
        return asked or redirect("thought-column", row.pk, steps.after("situation", record))
    return _column(request, "situation", form, None, viewer=viewer, at=at)


@endpoint(ACT, methods=("GET", "POST"))
def column(
    request: HttpRequest, *, viewer: Viewer, at: datetime, id: UUID, column: str
) -> HttpResponse:
    """One column of a record; kept, the next one comes."""
    held = thought_record_of(viewer, id)
    if column not in steps.FORMS:
        raise Http404
    form = steps.FORMS[column](request.POST or None, record=held.record)
    if request.method == "POST" and form.is_valid() and _filled(form, held, viewer, at=at):
        asked = told(request, THOUGHT_RECORD, id, viewer=viewer, at=at)
        return asked or _onward(viewer, id, column)
    return _column(request, column, form, held, viewer=viewer, at=at)


def _onward(viewer: Viewer, id: UUID, column: str) -> HttpResponse:
    later = steps.after(column, thought_record_of(viewer, id).record)
    return redirect("thought-column", id, later) if later else redirect("thought-record", id)


def _filled(form: ColumnForm, held: Kept, viewer: Viewer, *, at: datetime) -> bool:
    try:
        actions.fill(me(viewer, ACT), record=held.id, filled=form.filled, by=viewer, at=at)
    except Invalid as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.message)
        return False
    return True


def _column(
    request: HttpRequest,
    id: str,
    form: ColumnForm,
    held: Kept | None,
    *,
    viewer: Viewer,
    at: datetime,
) -> HttpResponse:
    record = held.record if held else ThoughtRecord()
    coming = steps.steps_of(record)
    page: dict[str, Any] = {
        "held": held,
        "column": steps.NAMED[id],
        "form": form,
        "number": next((n for n, one in enumerate(coming, 1) if one.id == id), len(coming)),
        "total": len(coming),
        "before": steps.before(id, record),
        "hot": record.hot if id not in {"situation", "feelings", "thoughts"} else None,
        "words": feeling_words() if id == "feelings" else [],
        "traps": TRAPS.values() if id == "traps" else [],
        "may_be_true": MAY_BE_TRUE,
        "when_accurate": WHEN_ACCURATE if record.accurate and id == "next_step" else "",
        "offered": offered(viewer, held, at=at) if held and id == "balanced" else None,
        "status": 422 if form.errors else 200,
        **told_unkept(request, form, viewer=viewer, at=at),
    }
    return framed(request, "thoughts/column.html", viewer=viewer, place=PLACE, **page)


@endpoint(ACT)
def thought_record(request: HttpRequest, *, viewer: Viewer, at: datetime, id: UUID) -> HttpResponse:
    """A record as a whole, with hints that can be passed by."""
    held = thought_record_of(viewer, id)
    shared = shared_now(viewer, ACT, [id]).get(id)
    shown = snapshot_of(held.record, held.day)
    page = {
        "held": held,
        "parts": shown.parts,
        "steps": steps.steps_of(held.record),
        "hints": hints(held.record),
        "shared": shared,
        "changed": shared is not None and shared.snapshot.digest != shown.digest,
        "concern": standing(viewer, ACT, at=at),
    }
    return framed(request, "thoughts/thought.html", viewer=viewer, place=PLACE, **page)


@endpoint(ACT, methods=("POST",))
def say(request: HttpRequest, *, viewer: Viewer, at: datetime, id: UUID) -> HttpResponse:
    """That a balanced thought did not help, or that it may be offered again."""
    helped = request.POST.get("helped") == "yes"
    actions.say_whether_it_helped(me(viewer, ACT), record=id, helped=helped, by=viewer, at=at)
    messages.success(
        request, _("It may be offered again.") if helped else _("It is not offered again.")
    )
    return redirect("thought-record", id)


@endpoint(ACT, methods=("POST",))
def remove(request: HttpRequest, *, viewer: Viewer, at: datetime, id: UUID) -> HttpResponse:
    """Remove one for good, and go back to the others."""
    actions.remove(me(viewer, ACT), record=id, by=viewer, at=at)
    messages.success(request, _("Removed."))
    return redirect("thought-records")
