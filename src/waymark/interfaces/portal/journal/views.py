"""Writing, reading and finding one's own pages."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from waymark.access.vocabulary import Action, Viewer
from waymark.interfaces.endpoint import endpoint, key_from
from waymark.interfaces.portal.danger import standing
from waymark.interfaces.portal.frame import framed, me
from waymark.interfaces.portal.journal.asking import question_of, questions
from waymark.interfaces.portal.journal.forms import EntryForm, SearchForm, filled
from waymark.interfaces.portal.journal.marking import marked
from waymark.interfaces.portal.sharing.kinds.journal import JOURNAL
from waymark.interfaces.portal.sharing.telling import told, told_unkept
from waymark.library.folding import sought
from waymark.record.journal import actions
from waymark.record.journal.queries import (
    Begun,
    Page,
    drafts_of,
    labels_of,
    look_back,
    page_of,
    pages_of,
    search,
)
from waymark.record.journal.writing import Writing, snapshot_of
from waymark.record.sharing.queries import shared_now
from waymark.record.tenancy.action import Invalid
from waymark.record.tenancy.days import day_of

ACT = Action.KEEP_JOURNAL


@endpoint(ACT)
def journal(request: HttpRequest, *, viewer: Viewer, at: datetime) -> HttpResponse:
    """The pages, newest first; of one tag, where one is chosen."""
    labels, below = labels_of(viewer), request.GET.get("below", "")
    tag = next((one for one in labels if str(one.id) == request.GET.get("tag")), None)
    held = pages_of(viewer, tag=tag.id if tag else None, below=below)
    first = not (tag or below)
    page = {
        "held": held,
        "labels": [one for one in labels if one.entries],
        "tag": tag,
        "below": below,
        "shared": shared_now(viewer, ACT, [one.id for one in held.pages]),
        "search_form": SearchForm(),
        "drafts": drafts_of(viewer, every=True) if first else [],
        "back": _come_back(viewer, at=at) if first else None,
    }
    return framed(request, "journal/journal.html", viewer=viewer, place="journal", **page)


def _come_back(viewer: Viewer, *, at: datetime) -> Page | None:
    """A page of this day; nothing comes back while a concern is open."""
    if standing(viewer, ACT, at=at) is not None:
        return None
    return look_back(viewer, day_of(at, zone=me(viewer, ACT).zone))


@endpoint(ACT, methods=("GET", "POST"))
def write(request: HttpRequest, *, viewer: Viewer, at: datetime) -> HttpResponse:
    """A new page: free, in answer to a question, or on from what was begun."""
    if request.method == "POST":
        form = EntryForm(request.POST)
        if form.is_valid():
            what = form.to_write(id=form.cleaned_data["entry"])
            row = actions.write(me(viewer, ACT), what=what, by=viewer, at=at, key=key_from(request))
            asked = told(request, JOURNAL, row.pk, viewer=viewer, at=at)
            return asked or _said(request, _("Kept. Only you can read it."), row.pk)
        return _writing(request, form, viewer=viewer, at=at, status=422)
    begun = _begun(viewer, request.GET.get("draft", ""))
    start = begun.writing if begun else Writing("", *_asked_for(request))
    form = EntryForm(initial={**filled(start), "entry": uuid4()})
    return _writing(request, form, viewer=viewer, at=at)


def _said(request: HttpRequest, words: str, id: UUID) -> HttpResponse:
    messages.success(request, words)
    return redirect("entry", id)


def _asked_for(request: HttpRequest) -> tuple[str, str]:
    family, _dot, prompt = request.GET.get("prompt", "").partition(".")
    return (family, prompt) if question_of(family, prompt) else ("", "")


def _begun(viewer: Viewer, id: str) -> Begun | None:
    return next((one for one in drafts_of(viewer) if str(one.id) == id), None)


def _writing(
    request: HttpRequest, form: EntryForm, *, viewer: Viewer, at: datetime, status: int = 200
) -> HttpResponse:
    calm = standing(viewer, ACT, at=at) is None
    page = {
        "form": form,
        "question": question_of(*str(form["prompt"].value() or "").partition(".")[::2]),
        "families": questions(calm=calm),
        "day": timezone.localtime(at),
        **told_unkept(request, form, viewer=viewer, at=at),
    }
    return framed(
        request, "journal/write.html", viewer=viewer, place="journal", status=status, **page
    )


@endpoint(ACT, methods=("GET", "POST"))
def entry(request: HttpRequest, *, viewer: Viewer, at: datetime, id: UUID) -> HttpResponse:
    """One page: read, and changed where the version on the screen is the newest."""
    held = page_of(viewer, id)
    if request.method != "POST":
        return _shown(request, held, _change_form(viewer, held, request), viewer=viewer)
    form = EntryForm(request.POST)
    if form.is_valid() and _changed(request, form, held, viewer=viewer, at=at):
        asked = told(request, JOURNAL, id, viewer=viewer, at=at)
        return asked or _said(request, _("Changed."), id)
    unkept = told_unkept(request, form, viewer=viewer, at=at)
    return _shown(request, page_of(viewer, id), form, viewer=viewer, status=422, **unkept)


def _changed(
    request: HttpRequest, form: EntryForm, held: Page, *, viewer: Viewer, at: datetime
) -> bool:
    seen, what = form.cleaned_data["seen"] or 0, form.to_write()
    try:
        actions.change(me(viewer, ACT), entry=held.id, seen=seen, what=what, by=viewer, at=at)
    except Invalid as refused:
        form.add_error(refused.field, str(refused))
        # Both versions stand on the page now: what is sent from it was chosen.
        form.data = {**request.POST.dict(), "seen": str(held.version)}
        return False
    return True


def _change_form(viewer: Viewer, held: Page, request: HttpRequest) -> EntryForm:
    begun = drafts_of(viewer, entry=held.id)
    chosen = next((one for one in begun if str(one.id) == request.GET.get("draft")), None)
    start = chosen.writing if chosen else held.writing
    return EntryForm(initial={**filled(start, held.tags), "seen": held.version})


def _shown(
    request: HttpRequest,
    held: Page,
    form: EntryForm,
    *,
    viewer: Viewer,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    shared = shared_now(viewer, ACT, [held.id]).get(held.id)
    shown = snapshot_of(held.writing, held.day)
    page: dict[str, Any] = {
        **more,
        "held": held,
        "form": form,
        "drafts": drafts_of(viewer, entry=held.id),
        "shared": shared,
        "changed": shared is not None and shared.snapshot.digest != shown.digest,
    }
    return framed(
        request, "journal/entry.html", viewer=viewer, place="journal", status=status, **page
    )


@endpoint(ACT, methods=("POST",))
def remove(request: HttpRequest, *, viewer: Viewer, at: datetime, id: UUID) -> HttpResponse:
    """Remove a page for good."""
    actions.remove(me(viewer, ACT), entry=id, by=viewer, at=at)
    messages.success(request, _("Removed."))
    return redirect("journal")


@endpoint(ACT, methods=("POST",))
def save_draft(request: HttpRequest, *, viewer: Viewer, at: datetime) -> HttpResponse:
    """Keep what was typed so far. The answer says when, or why not; it holds no word of it."""
    form = EntryForm(request.POST)
    form.is_valid()  # a draft may be anything: what is wrong is told when it is to be an entry
    given = form.cleaned_data
    if given.get("device") is None:
        return JsonResponse({"saved": "", "why": _("Not saved yet.")}, status=422)
    writing = Writing(request.POST.get("text", ""), *_asked(given.get("prompt", "")))
    entry = given.get("entry") if given.get("seen") else None
    what = actions.ToKeep(writing, given["device"], entry=entry, base=given.get("seen") or 0)
    try:
        actions.save_draft(me(viewer, ACT), what=what, by=viewer, at=at)
    except Invalid as refused:
        return JsonResponse({"saved": "", "why": str(refused)}, status=422)
    clock = time_format(timezone.localtime(at), "g:i A")
    return JsonResponse({"saved": _("Draft saved, %(time)s.") % {"time": clock}})


def _asked(prompt: str) -> tuple[str, str]:
    family, _dot, name = prompt.partition(".")
    return family, name


@endpoint(ACT, methods=("POST",))
def drop_draft(request: HttpRequest, *, viewer: Viewer, at: datetime, id: UUID) -> HttpResponse:
    """Let go of what was begun."""
    actions.drop_draft(me(viewer, ACT), draft=id, by=viewer, at=at)
    messages.success(request, _("Let go."))
    return redirect("journal")


@endpoint(ACT, methods=("POST",))
def find(request: HttpRequest, *, viewer: Viewer, at: datetime) -> HttpResponse:
    """Pages that hold every word. What was sought stands in no address and in no log."""
    form = SearchForm(request.POST)
    words = sought(form.cleaned_data["words"]) if form.is_valid() else ()
    hits = [(one.page, marked(one)) for one in search(viewer, words)] if words else []
    page = {"search_form": form, "words": words, "hits": hits}
    return framed(request, "journal/found.html", viewer=viewer, place="journal", **page)
