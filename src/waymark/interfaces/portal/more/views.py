"""More: preferences, who looked, and the way to other corners."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from waymark.access.vocabulary import Action, Viewer
from waymark.interfaces.endpoint import endpoint
from waymark.interfaces.portal.frame import framed, me
from waymark.interfaces.portal.more.forms import PreferencesForm, preferences_of, saved
from waymark.record.people.queries import accesses_of, care_team_of, own_events
from waymark.record.people.roster import supervisors_of

if TYPE_CHECKING:
    from waymark.record.tenancy.named import Patient

SHOWN = timedelta(days=90)


@endpoint(Action.SET_PREFERENCES)
def more(request: HttpRequest, *, viewer: Viewer, at: datetime) -> HttpResponse:
    """Where the quiet corners are, and who treats me."""
    patient = me(viewer, Action.SET_PREFERENCES)
    team = care_team_of(viewer, Action.SET_PREFERENCES, patient)
    along = supervisors_of(viewer, Action.SET_PREFERENCES, patient)
    return framed(request, "more/more.html", viewer=viewer, place="more", team=team, along=along)


@endpoint(Action.SET_PREFERENCES, methods=("GET", "POST"))
def preferences(request: HttpRequest, *, viewer: Viewer, at: datetime) -> HttpResponse:
    """Zone and safe contact, any time."""
    patient = me(viewer, Action.SET_PREFERENCES)
    form = PreferencesForm(request.POST or None, initial=preferences_of(viewer, patient))
    if request.method == "POST" and saved(form, patient, viewer=viewer, at=at):
        messages.success(request, _("Kept."))
        return redirect("preferences")
    return framed(request, "more/preferences.html", viewer=viewer, place="more", form=form)


@endpoint(Action.READ_ACCESS_LOG)
def who_looked(request: HttpRequest, *, viewer: Viewer, at: datetime) -> HttpResponse:
    """Who read or changed what of mine, day by day, in words; what no person did stands apart."""
    patient = me(viewer, Action.READ_ACCESS_LOG)
    lines = accesses_of(patient, since=_told_since(viewer, patient, at=at))
    routine = [line for line in lines if line.by_nobody]
    return framed(
        request,
        "more/who_looked.html",
        viewer=viewer,
        place="more",
        lines=[line for line in lines if line not in routine],
        routine=routine,
        own=own_sign_ins(patient, at=at),
        days=SHOWN.days,
    )


def _told_since(viewer: Viewer, patient: "Patient", *, at: datetime) -> datetime:
    """Who worked with the record before they came in is told once the clinic confirmed them."""
    joined = patient.account.made_at if viewer.unconfirmed and patient.account else at - SHOWN
    return max(joined, at - SHOWN)


def own_sign_ins(patient: "Patient", *, at: datetime) -> list[dict[str, Any]]:
    """The client's own sign-ins, tries with a wrong password, and changes of their way in."""
    return [
        {"words": one.event.to_client, "at": one.at}
        for one in own_events(patient, since=at - SHOWN)
    ]
