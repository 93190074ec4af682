"""A two-week try: naming what, when, and what should move; what moved, and keeping it or not."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waymark.access.vocabulary import Action, Viewer
from waymark.interfaces.endpoint import endpoint, key_from
from waymark.interfaces.portal.danger import standing
from waymark.interfaces.portal.frame import framed, me
from waymark.interfaces.portal.goals.forms import line
from waymark.interfaces.portal.goals.views import PLACE, tell, today_of
from waymark.interfaces.ui.forms import Form
from waymark.progress.days.daily import DailyVerdict
from waymark.progress.days.daily_change import Way
from waymark.progress.days.two_weeks import TryFinding, judge_try, last_day
from waymark.progress.days.windows import figure
from waymark.progress.telling.daily_life import CALLED
from waymark.record.checkins.queries import every_check_in, given_by_item, tracked_by
from waymark.record.checkins.tracking import Tracked, called
from waymark.record.goals import tries
from waymark.record.goals.tries import Outcome, Plan, Tried, tries_of, try_of
from waymark.record.tenancy.action import Invalid

ACT = Action.KEEP_GOALS


class TryForm(Form):
    """What, when, and which question of the check-in should move."""

    what = line(gettext_lazy("What would you like to try?"), must=True)
    when = line(gettext_lazy("When will you do it?"))
    item = forms.ChoiceField(label=gettext_lazy("Which of your questions should move?"))

    def of(self, tracked: Tracked) -> "TryForm":
        """The same with the questions that one answers."""
        field = self.fields["item"]
        if isinstance(field, forms.ChoiceField):
            held = [one for one in tracked.chosen() if one.judged]
            field.choices = [(one.id, called(one)) for one in held]
        return self


class EndForm(Form):
    """What one says of it at its end."""

    words = line(gettext_lazy("What did you learn? One line is enough, and you need not say."))


@endpoint(ACT, methods=("GET", "POST"))
def begin(request: HttpRequest, *, viewer: Viewer, at: datetime) -> HttpResponse:
    """A new one, from today on."""
    form = TryForm(request.POST or None).of(tracked_by(viewer, ACT))
    if request.method == "POST" and form.is_valid():
        plan = Plan(form.cleaned_data["what"], form.cleaned_data["when"], form.cleaned_data["item"])
        try:
            row = tries.begin_try(
                me(viewer, ACT), plan=plan, by=viewer, at=at, key=key_from(request)
            )
        except Invalid as refused:
            tell(form, refused)
        else:
            return redirect("try", row.pk)
    going = any(one.going for one in tries_of(viewer))
    page = {"form": form, "going": going, "status": 422 if form.errors else 200}
    return framed(request, "goals/begin_try.html", viewer=viewer, place=PLACE, **page)


@endpoint(ACT)
def one_try(request: HttpRequest, *, viewer: Viewer, at: datetime, id: UUID) -> HttpResponse:
    """One of them; when its two weeks are over, what moved, in the four words."""
    page = _page(viewer, try_of(viewer, id), at=at)
    return framed(request, "goals/try.html", viewer=viewer, place=PLACE, **page, form=EndForm())


@endpoint(ACT, methods=("POST",))
def end(request: HttpRequest, *, viewer: Viewer, at: datetime, id: UUID) -> HttpResponse:
    """Keep it as a coping plan, or let it go."""
    form = EndForm(request.POST)
    outcome = Outcome.KEPT if request.POST.get("outcome") == "kept" else Outcome.LET_GO
    if not form.is_valid():
        page = _page(viewer, try_of(viewer, id), at=at)
        given: dict[str, Any] = {**page, "form": form, "status": 422}
        return framed(request, "goals/try.html", viewer=viewer, place=PLACE, **given)
    words = form.cleaned_data["words"]
    tries.end_try(me(viewer, ACT), of=id, outcome=outcome, words=words, by=viewer, at=at)
    kept = outcome is Outcome.KEPT
    messages.success(request, _("It is one of your plans.") if kept else _("You let it go."))
    return redirect("try", id)


@endpoint(ACT, methods=("POST",))
def remove(request: HttpRequest, *, viewer: Viewer, at: datetime, id: UUID) -> HttpResponse:
    """Remove one for good."""
    tries.remove_try(me(viewer, ACT), of=id, by=viewer, at=at)
    messages.success(request, _("Removed."))
    return redirect("goals")


def _page(viewer: Viewer, held: Tried, *, at: datetime) -> dict[str, Any]:
    tracked, today = tracked_by(viewer, ACT), today_of(viewer, at)
    question = tracked.question(held.plan.item)
    page = {
        "held": held,
        "called": called(question) if question else "",
        "last": last_day(held.begins),
        "over": today > last_day(held.begins),
        "concern": standing(viewer, ACT, at=at),
    }
    if question is None or not page["over"]:
        return page
    given = given_by_item(every_check_in(viewer, ACT), tracked).get(question.id, [])
    found = judge_try(question, given, begins=held.begins, today=_eve(today))
    return {**page, **_told(found, figure(found.before, question), figure(found.during, question))}


def _eve(today: date) -> date:
    """The last day that is over."""
    return date.fromordinal(today.toordinal() - 1)


def _told(found: TryFinding, before: str, during: str) -> dict[str, Any]:
    """The verdict in its four words, both figures with their n, and whether it went harder."""
    return {
        "found": found,
        "chip": CALLED[found.state],
        "harder": found.way is Way.HARDER,
        "easier": found.way is Way.EASIER,
        "too_early": found.state is DailyVerdict.TOO_EARLY,
        "before": before,
        "during": during,
    }
