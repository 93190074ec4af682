"""Tags, what is left alone, and events of a life: the pages that keep a journal in order."""

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from waymark.access.vocabulary import Action, Viewer
from waymark.interfaces.endpoint import endpoint
from waymark.interfaces.portal.frame import framed, me
from waymark.interfaces.portal.journal.forms import EventForm, TagNameForm
from waymark.record.journal import tagging
from waymark.record.journal.queries import labels_of, left_alone, life_events
from waymark.record.tenancy.action import Invalid

ACT = Action.KEEP_JOURNAL


@endpoint(ACT)
def tags(request: HttpRequest, *, viewer: Viewer, at: datetime) -> HttpResponse:
    """Every tag with the pages that it touches; renamed, merged, left alone, and back again."""
    left = left_alone(viewer)
    page = {
        "labels": labels_of(viewer),
        "form": TagNameForm(),
        "left": left,
        "alone": {one.thing: one for one in left if one.what == tagging.A_TAG},
    }
    return framed(request, "journal/tags.html", viewer=viewer, place="journal", **page)


@endpoint(ACT, methods=("POST",))
def rename_tag(request: HttpRequest, *, viewer: Viewer, at: datetime, id: UUID) -> HttpResponse:
    """Another name; it can be taken back."""
    name = request.POST.get("name", "")
    return _done(
        request, lambda: tagging.rename(me(viewer, ACT), tag=id, name=name, by=viewer, at=at)
    )


@endpoint(ACT, methods=("POST",))
def merge_tag(request: HttpRequest, *, viewer: Viewer, at: datetime, id: UUID) -> HttpResponse:
    """One tag into another; it can be taken back."""
    known = {str(one.id): one.id for one in labels_of(viewer)}
    if str(id) not in known:
        raise Http404
    into = known.get(request.POST.get("into", ""))
    if into is None:
        messages.error(request, _("Choose the tag that it goes into."))
        return redirect("journal-tags")
    return _done(
        request, lambda: tagging.merge(me(viewer, ACT), tag=id, into=into, by=viewer, at=at)
    )


@endpoint(ACT, methods=("POST",))
def undo_tag(request: HttpRequest, *, viewer: Viewer, at: datetime, id: UUID) -> HttpResponse:
    """The last change of a tag, taken back."""
    return _done(request, lambda: tagging.undo(me(viewer, ACT), tag=id, by=viewer, at=at))


def _done(request: HttpRequest, act: Callable[[], object]) -> HttpResponse:
    try:
        act()
    except Invalid as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Done. You can take it back here."))
    return redirect("journal-tags")


@endpoint(ACT, methods=("POST",))
def leave_alone(request: HttpRequest, *, viewer: Viewer, at: datetime) -> HttpResponse:
    """Do not bring this back: a page, a tag or a day."""
    what, thing = request.POST.get("what", ""), _thing(request.POST.get("thing", ""))
    wanted = {tagging.AN_ENTRY: UUID, tagging.A_TAG: UUID, tagging.A_DAY: date}.get(what)
    if wanted is None or thing is None or not isinstance(thing, wanted):
        messages.error(request, _("Choose what is not to come back."))
        return redirect("journal-tags")
    tagging.leave_alone(me(viewer, ACT), what=what, thing=thing, by=viewer, at=at)
    messages.success(request, _("It does not come back by itself. You can still find it."))
    return redirect("journal")


def _thing(given: str) -> UUID | date | None:
    for read in (UUID, date.fromisoformat):
        try:
            found: UUID | date = read(given)
        except ValueError:
            continue
        return found
    return None


@endpoint(ACT, methods=("POST",))
def bring_back(request: HttpRequest, *, viewer: Viewer, at: datetime, id: UUID) -> HttpResponse:
    """It may come back again."""
    tagging.bring_back(me(viewer, ACT), left=id, by=viewer, at=at)
    messages.success(request, _("It may come back again."))
    return redirect("journal-tags")


@endpoint(ACT, methods=("GET", "POST"))
def events(request: HttpRequest, *, viewer: Viewer, at: datetime) -> HttpResponse:
    """What changed in a life; each stands beside the pages of its time."""
    form = EventForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        tagging.note_event(me(viewer, ACT), **given, by=viewer, at=at)
        messages.success(request, _("Kept."))
        return redirect("life-events")
    page = {"form": form, "events": life_events(viewer)}
    status = 422 if form.errors else 200
    return framed(
        request, "journal/events.html", viewer=viewer, place="journal", status=status, **page
    )


@endpoint(ACT, methods=("POST",))
def remove_event(request: HttpRequest, *, viewer: Viewer, at: datetime, id: UUID) -> HttpResponse:
    """Remove one for good."""
    tagging.remove_event(me(viewer, ACT), event=id, by=viewer, at=at)
    messages.success(request, _("Removed."))
    return redirect("life-events")
