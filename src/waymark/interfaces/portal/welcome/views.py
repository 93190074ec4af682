"""Four short screens: who sees what, nobody is watching, zone and safe contact, first measure."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from waymark.access.vocabulary import Action, Viewer
from waymark.interfaces.endpoint import endpoint
from waymark.interfaces.portal.frame import framed, me
from waymark.interfaces.portal.more.forms import PreferencesForm, preferences_of, saved
from waymark.interfaces.ui.crisis import crisis_lines
from waymark.library.instruments import INSTRUMENTS
from waymark.record.assessments.queries import waiting_for
from waymark.record.people import actions
from waymark.record.people.queries import care_team_of, clinic_of
from waymark.record.safety.prerequisites import lines_of

SCREENS = 4
WHO_SEES_WHAT = "who-sees-what"
VERSION = 1  # a changed wording of the first screen is a new version


@endpoint(Action.SET_PREFERENCES, methods=("GET", "POST"))
def welcome(request: HttpRequest, *, viewer: Viewer, at: datetime, screen: int) -> HttpResponse:
    """Show one screen; going on keeps it, leaving it for later keeps nothing."""
    if not 1 <= screen <= SCREENS:
        raise Http404
    patient = me(viewer, Action.SET_PREFERENCES)
    form = PreferencesForm(request.POST or None, initial=preferences_of(viewer, patient))
    waiting = waiting_for(viewer, at=at, action=Action.SET_PREFERENCES)
    if request.method == "POST" and (screen != 3 or saved(form, patient, viewer=viewer, at=at)):
        if screen == 1:
            actions.consent(patient, about=WHO_SEES_WHAT, version=VERSION, by=viewer, at=at)
        actions.welcomed(patient, screen=screen, by=viewer, at=at)
        return _on(screen, waiting[:1] if request.POST.get("begin") else [])
    clinic = clinic_of(viewer)
    return framed(
        request,
        "welcome/welcome.html",
        viewer=viewer,
        screen=screen,
        screens=SCREENS,
        team=care_team_of(viewer, Action.SET_PREFERENCES, patient),
        clinic=clinic,
        form=form,
        first=INSTRUMENTS[waiting[0].instrument] if waiting else None,
        **crisis_lines(lines_of(clinic)),
    )


def _on(screen: int, first: list[Any]) -> HttpResponse:
    """To the next screen; from the last one to the first questions, or to the first page."""
    if screen < SCREENS:
        return redirect("welcome", screen=screen + 1)
    return redirect("answer", id=first[0].pk) if first else redirect("today")
