"""How far one is: a number from 0 to 10, one of the five levels, or both; once a week."""

from collections.abc import Mapping
from datetime import datetime
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
from waymark.interfaces.portal.frame import framed, me
from waymark.interfaces.portal.goals.looks import looks
from waymark.interfaces.portal.goals.views import PLACE, tell, today_of
from waymark.interfaces.ui.forms import Form
from waymark.library.goal import LEVELS, RATING_ENDS
from waymark.record.goals.queries import goal_of
from waymark.record.goals.rate import rate_goal
from waymark.record.goals.rating import HIGHEST, Rated
from waymark.record.tenancy.action import Invalid

ACT = Action.KEEP_GOALS


class RatingForm(Form):
    """A number, and a level where the goal has levels; nothing is chosen beforehand."""

    number = forms.ChoiceField(
        label=gettext_lazy("How far are you, from 0 to 10?"),
        required=False,
        choices=[(str(n), str(n)) for n in range(HIGHEST + 1)],
        widget=forms.RadioSelect,
    )

    def __init__(self, *given: Any, levels: Mapping[int, str] | None = None, **more: Any) -> None:
        super().__init__(*given, **more)
        if levels:
            self.fields["level"] = forms.ChoiceField(
                label=_("Which of these is nearest?"),
                required=False,
                choices=[(str(one), levels[one]) for one in LEVELS],
                widget=forms.RadioSelect,
            )

    def rated(self) -> Rated:
        """What was said."""
        return Rated(self._given("number"), self._given("level"))

    def _given(self, name: str) -> int | None:
        said = self.cleaned_data.get(name, "")
        return int(said) if said else None


def ends_of(ends: tuple[str, str], usual: tuple[str, str] = RATING_ENDS) -> tuple[str, str]:
    """What 0 and 10 mean: one's own words, or the usual ones."""
    return ends[0] or _(usual[0]), ends[1] or _(usual[1])


@endpoint(ACT, methods=("GET", "POST"))
def rate(request: HttpRequest, *, viewer: Viewer, at: datetime, id: UUID) -> HttpResponse:
    """Say where one is now; on the same day it can be said anew."""
    held, today = goal_of(viewer, id), today_of(viewer, at)
    terms = held.now.terms
    form = RatingForm(request.POST or None, levels=terms.levels if terms.scaled else None)
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = {"rated": form.rated(), "key": key_from(request)}
        try:
            rate_goal(me(viewer, ACT), goal=id, by=viewer, at=at, **given)
        except Invalid as refused:
            tell(form, refused)
        else:
            messages.success(request, _("Kept."))
            return redirect("goal", id)
    page = {
        "one": looks(viewer, [held], today=today)[0],
        "form": form,
        "ends": ends_of(terms.ends),
        "status": 422 if form.errors else 200,
    }
    return framed(request, "goals/rate.html", viewer=viewer, place=PLACE, **page)
