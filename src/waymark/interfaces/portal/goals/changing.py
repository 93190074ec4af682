"""Changing a goal and its levels, what becomes of it, and removing it: each asks its reason."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from waymark.access.vocabulary import Action, Viewer
from waymark.interfaces.endpoint import endpoint, key_from
from waymark.interfaces.portal.frame import framed, me
from waymark.interfaces.portal.goals.forms import (
    LetGoForm,
    LevelsForm,
    OtherForm,
    PartsForm,
    ReasonForm,
    WordsForm,
    levels_of,
    words_of,
)
from waymark.interfaces.portal.goals.looks import looks
from waymark.interfaces.portal.goals.views import PLACE, tell, today_of
from waymark.library.goal import GoalState
from waymark.record.goals import actions
from waymark.record.goals.queries import Held, goal_of
from waymark.record.tenancy.action import Invalid

ACT = Action.KEEP_GOALS


@dataclass(frozen=True, slots=True)
class Way:
    """What a goal may become: what its page says and asks, and what is said once it is done."""

    title: str
    about: str
    button: str
    done: str
    form: type[ReasonForm] = ReasonForm


WAYS: Mapping[GoalState, Way] = MappingProxyType(
    {
        GoalState.ACTIVE: Way(
            gettext_noop("Begin this goal?"),
            gettext_noop("It takes one of your three places."),
            gettext_noop("Begin"),
            gettext_noop("It has begun."),
        ),
        GoalState.PROPOSED: Way(
            gettext_noop("Talk about it first?"),
            gettext_noop("Share it, and your care team can agree to it, or talk it over with you."),
            gettext_noop("Talk about it first"),
            gettext_noop("It waits to be talked about. Share it, so that your care team reads it."),
        ),
        GoalState.DRAFT: Way(
            gettext_noop("Write on it?"),
            gettext_noop("It goes back to being written."),
            gettext_noop("Write on it"),
            gettext_noop("It is being written."),
        ),
        GoalState.PAUSED: Way(
            gettext_noop("Let it rest?"),
            gettext_noop("It keeps all that you wrote, and gives its place free for now."),
            gettext_noop("Let it rest"),
            gettext_noop("It rests. You can take it up again at any time."),
        ),
        GoalState.MET: Way(
            gettext_noop("Is it met?"),
            gettext_noop("You decide. It stays here, with its past."),
            gettext_noop("It is met"),
            gettext_noop("It stands with those that are met."),
        ),
        GoalState.LET_GO: Way(
            gettext_noop("Let it go?"),
            gettext_noop("That is a good end too. It stays here, with its past."),
            gettext_noop("Let it go"),
            gettext_noop("You let it go. What you did for it stays yours."),
            LetGoForm,
        ),
    }
)


@endpoint(ACT, methods=("GET", "POST"))
def change(request: HttpRequest, *, viewer: Viewer, at: datetime, id: UUID) -> HttpResponse:
    """Its words anew: what was rated before keeps the old ones."""
    held = goal_of(viewer, id)
    form = WordsForm(request.POST or None, initial=words_of(held.now.terms))
    return _changing(request, held, form, "goals/change.html", viewer=viewer, at=at)


@endpoint(ACT, methods=("GET", "POST"))
def levels(request: HttpRequest, *, viewer: Viewer, at: datetime, id: UUID) -> HttpResponse:
    """Its five levels anew."""
    held = goal_of(viewer, id)
    form = LevelsForm(request.POST or None, initial=levels_of(held.now.terms))
    return _changing(request, held, form, "goals/levels.html", viewer=viewer, at=at)


def _changing(
    request: HttpRequest,
    held: Held,
    form: WordsForm | LevelsForm,
    template: str,
    *,
    viewer: Viewer,
    at: datetime,
) -> HttpResponse:
    """A form of terms beside the reason for changing them; of a draft no reason is asked."""
    why = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and why.is_valid():

        def do() -> Any:
            given: dict[str, Any] = {"changed": form.changed, "why": why.why()}
            return actions.change(me(viewer, ACT), goal=held.id, by=viewer, at=at, **given)

        if _done(form, do):
            return redirect("goal", held.id)
    page: dict[str, Any] = {
        "form": form,
        "held": held,
        "why": why,
        "asks_why": held.state is not GoalState.DRAFT,
        "status": 422 if form.errors or why.errors else 200,
    }
    return framed(request, template, viewer=viewer, place=PLACE, **page)


def _done(form: Any, do: Callable[[], Any]) -> bool:
    try:
        do()
    except Invalid as refused:
        tell(form, refused)
        return False
    return True


@endpoint(ACT, methods=("GET", "POST"))
def become(
    request: HttpRequest, *, viewer: Viewer, at: datetime, id: UUID, to: str
) -> HttpResponse:
    """Begin it, let it rest, call it met, let it go: asked for its reason, and then done."""
    state = _state(to)
    way, held = WAYS[state], goal_of(viewer, id)
    form = way.form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = {"goal": id, "to": state, "why": form.why()}
        if _done(form, lambda: actions.move(me(viewer, ACT), by=viewer, at=at, **given)):
            messages.success(request, _(way.done))
            return redirect("goal", id)
    return _asked(request, held, form, way, viewer=viewer, at=at)


def _state(to: str) -> GoalState:
    if to not in {state.value for state in WAYS}:
        raise Http404
    return GoalState(to)


@endpoint(ACT, methods=("GET", "POST"))
def split(request: HttpRequest, *, viewer: Viewer, at: datetime, id: UUID) -> HttpResponse:
    """Two or three smaller ones in its place."""
    held = goal_of(viewer, id)
    form = PartsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = {"into": form.parts(), "why": form.why(), "key": key_from(request)}
        patient = me(viewer, ACT)
        if _done(form, lambda: actions.split(patient, goal=id, by=viewer, at=at, **given)):
            messages.success(request, _("Here are the smaller ones, to be written on."))
            return redirect("goals")
    way = Way(
        gettext_noop("Split it into smaller ones"),
        gettext_noop("This one ends and stays here with its past. The smaller ones begin."),
        gettext_noop("Split it"),
        "",
    )
    return _asked(request, held, form, way, viewer=viewer, at=at)


@endpoint(ACT, methods=("GET", "POST"))
def replace_by(request: HttpRequest, *, viewer: Viewer, at: datetime, id: UUID) -> HttpResponse:
    """Another one in its place."""
    held = goal_of(viewer, id)
    form = OtherForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        statement, patient = form.cleaned_data["statement"], me(viewer, ACT)
        given: dict[str, Any] = {
            "statement": statement,
            "why": form.why(),
            "key": key_from(request),
        }
        if _done(form, lambda: actions.replace_by(patient, goal=id, by=viewer, at=at, **given)):
            messages.success(request, _("Here is the other one, to be written on."))
            return redirect("goals")
    way = Way(
        gettext_noop("Put another goal in its place"),
        gettext_noop("This one ends and stays here with its past."),
        gettext_noop("Put it in its place"),
        "",
    )
    return _asked(request, held, form, way, viewer=viewer, at=at)


def _asked(
    request: HttpRequest, held: Held, form: ReasonForm, way: Way, *, viewer: Viewer, at: datetime
) -> HttpResponse:
    look = looks(viewer, [held], today=today_of(viewer, at))[0]
    page = {"form": form, "one": look, "way": way, "status": 422 if form.errors else 200}
    return framed(request, "goals/become.html", viewer=viewer, place=PLACE, **page)


@endpoint(ACT, methods=("POST",))
def remove(request: HttpRequest, *, viewer: Viewer, at: datetime, id: UUID) -> HttpResponse:
    """Remove it for good, with its past."""
    actions.remove(me(viewer, ACT), goal=id, by=viewer, at=at)
    messages.success(request, _("Removed."))
    return redirect("goals")
