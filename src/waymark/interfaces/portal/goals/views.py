"""All goals, a new one, and one by itself with its history."""

from datetime import date, datetime
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
from waymark.interfaces.portal.goals.forms import BARE, WordsForm
from waymark.interfaces.portal.goals.looks import by_state, looks, numbers_of
from waymark.library.goal import MOST_ACTIVE, STATES, GoalState
from waymark.record.goals import actions
from waymark.record.goals.queries import goal_of, goals_of, problems_of
from waymark.record.goals.terms import Terms
from waymark.record.goals.tries import tries_of
from waymark.record.tenancy.action import Invalid
from waymark.record.tenancy.days import day_of

ACT = Action.KEEP_GOALS
PLACE = "progress"


def today_of(viewer: Viewer, at: datetime) -> date:
    """The client's own day."""
    return day_of(at, zone=me(viewer, ACT).zone)


@endpoint(ACT)
def goals(request: HttpRequest, *, viewer: Viewer, at: datetime) -> HttpResponse:
    """What one works on, what is to come, what rests, what ended, and one's own numbers."""
    today = today_of(viewer, at)
    shown = looks(viewer, goals_of(viewer), today=today)
    page = {
        **by_state(shown),
        "numbers": numbers_of(shown),
        "problems": problems_of(viewer),
        "tries": tries_of(viewer),
        "today": today,
        "concern": standing(viewer, ACT, at=at),
    }
    return framed(request, "goals/goals.html", viewer=viewer, place=PLACE, **page)


@endpoint(ACT, methods=("GET", "POST"))
def write(request: HttpRequest, *, viewer: Viewer, at: datetime) -> HttpResponse:
    """A new one, on one short page; what could make it easier to keep is said afterwards."""
    form = WordsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        terms = form.changed(BARE)
        row = _written(form, terms, viewer, at=at, key=key_from(request))
        if row is not None:
            return redirect("goal", row.pk)
    page = {"form": form, "status": 422 if form.errors else 200}
    return framed(request, "goals/write.html", viewer=viewer, place=PLACE, **page)


def _written(
    form: WordsForm, terms: Terms, viewer: Viewer, *, at: datetime, key: UUID | None
) -> Any:
    try:
        return actions.write(me(viewer, ACT), terms=terms, by=viewer, at=at, key=key)
    except Invalid as refused:
        tell(form, refused)
        return None


def tell(form: Any, refused: Invalid) -> None:
    """Beside the field, where there is one."""
    form.add_error(refused.field if refused.field in form.fields else None, refused.message)


@endpoint(ACT)
def goal(request: HttpRequest, *, viewer: Viewer, at: datetime, id: UUID) -> HttpResponse:
    """One with its levels, its ratings, its history, and what may become of it."""
    every = goals_of(viewer)
    held = goal_of(viewer, id)
    look = looks(viewer, [held], today=today_of(viewer, at))[0]
    active = sum(one.working for one in every)
    page = {
        "one": look,
        "state": STATES[held.state],
        "hints": look.hints(active),
        "full": active >= MOST_ACTIVE and not held.working,
        "before": next((one for one in every if one.id == held.after), None),
        "later": [one for one in every if one.after == id],
        "rests": held.state is GoalState.PAUSED,
        "concern": standing(viewer, ACT, at=at),
    }
    return framed(request, "goals/goal.html", viewer=viewer, place=PLACE, **page)


@endpoint(ACT, methods=("POST",))
def again(request: HttpRequest, *, viewer: Viewer, at: datetime, id: UUID) -> HttpResponse:
    """Take up an ended one: a new goal in the same words, whose past stays as it was."""
    held = goal_of(viewer, id)
    if not held.ended:
        messages.error(request, _("This one is not over. You can go on with it here."))
        return redirect("goal", id)
    row = actions.write(
        me(viewer, ACT),
        terms=held.now.terms,
        after=id,
        by=viewer,
        at=at,
        key=key_from(request),
    )
    messages.success(request, _("Here it is anew, to be changed as you like."))
    return redirect("goal", row.pk)
