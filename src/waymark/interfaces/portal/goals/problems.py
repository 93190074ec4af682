"""A problem in one's own words: writing it, rating it, putting it aside, removing it."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waymark.access.vocabulary import Action, Viewer
from waymark.interfaces.endpoint import endpoint, key_from
from waymark.interfaces.portal.frame import framed, me
from waymark.interfaces.portal.goals.forms import line, word
from waymark.interfaces.portal.goals.rating import RatingForm, ends_of
from waymark.interfaces.portal.goals.views import PLACE, tell, today_of
from waymark.interfaces.ui.forms import Form
from waymark.record.goals import problems
from waymark.record.goals.problems import PROBLEM_ENDS, Stated
from waymark.record.goals.queries import Trouble, problem_of
from waymark.record.goals.rate import rate_problem
from waymark.record.goals.rating import next_on
from waymark.record.sharing.queries import shared_now
from waymark.record.tenancy.action import Invalid

ACT = Action.KEEP_GOALS


class ProblemForm(Form):
    """What troubles one, and what 0 and 10 mean."""

    words = line(gettext_lazy("What troubles you?"), must=True)
    low = word(gettext_lazy("What does 0 mean to you?"))
    high = word(gettext_lazy("What does 10 mean to you?"))

    def stated(self) -> Stated:
        """What was said."""
        given = self.cleaned_data
        return Stated(given["words"], (given["low"], given["high"]))


def waits_no_more(held: Trouble, today: date) -> bool:
    """Whether it may be rated today: a first time, anew on the same day, or after a week."""
    return held.last is None or held.last.day == today or held.due(today)


@endpoint(ACT, methods=("GET", "POST"))
def state(request: HttpRequest, *, viewer: Viewer, at: datetime) -> HttpResponse:
    """A new one."""
    form = ProblemForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = {"stated": form.stated(), "key": key_from(request)}
        row = problems.state(me(viewer, ACT), by=viewer, at=at, **given)
        return redirect("problem", row.pk)
    page = {"form": form, "status": 422 if form.errors else 200}
    return framed(request, "goals/state.html", viewer=viewer, place=PLACE, **page)


@endpoint(ACT, methods=("GET", "POST"))
def problem(request: HttpRequest, *, viewer: Viewer, at: datetime, id: UUID) -> HttpResponse:
    """One with its ratings; where a week is over, a place to rate it."""
    form = RatingForm(request.POST or None)
    form.fields["number"].label = _("How big is it now, from 0 to 10?")
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = {"rated": form.rated(), "key": key_from(request)}
        try:
            rate_problem(me(viewer, ACT), problem=id, by=viewer, at=at, **given)
        except Invalid as refused:
            tell(form, refused)
        else:
            messages.success(request, _("Kept."))
            return redirect("problem", id)
    held, today = problem_of(viewer, id), today_of(viewer, at)
    shared = shared_now(viewer, ACT, [id]).get(id)
    page = {
        "held": held,
        "form": form,
        "ends": ends_of(held.stated.ends, PROBLEM_ENDS),
        "until": None if waits_no_more(held, today) else next_on(held.ratings[-1].day),
        "shared": shared,
        "changed": shared is not None and shared.snapshot.digest != held.shown.digest,
        "status": 422 if form.errors else 200,
    }
    return framed(request, "goals/problem.html", viewer=viewer, place=PLACE, **page)


@endpoint(ACT, methods=("POST",))
def aside(request: HttpRequest, *, viewer: Viewer, at: datetime, id: UUID) -> HttpResponse:
    """Put it aside, or take it up again."""
    away = request.POST.get("aside") == "yes"
    problems.put_aside(me(viewer, ACT), problem=id, aside=away, by=viewer, at=at)
    messages.success(request, _("It is put aside.") if away else _("You go on with it."))
    return redirect("problem", id)


@endpoint(ACT, methods=("POST",))
def remove(request: HttpRequest, *, viewer: Viewer, at: datetime, id: UUID) -> HttpResponse:
    """Remove it for good, with its ratings."""
    problems.remove_problem(me(viewer, ACT), problem=id, by=viewer, at=at)
    messages.success(request, _("Removed."))
    return redirect("goals")
