"""Today: one card, the rest under "More", and an end."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from waymark.access.vocabulary import Action, Viewer
from waymark.interfaces.endpoint import endpoint
from waymark.interfaces.portal.danger import standing
from waymark.interfaces.portal.frame import framed, me
from waymark.library.instrument import Instrument
from waymark.library.instruments import INSTRUMENTS
from waymark.record.assessments.queries import answered_on, draft_of, waiting_for
from waymark.record.people.days import day_of
from waymark.record.people.queries import clinic_of, codes_made_for
from waymark.record.sharing.queries import latest_receipt

SCREENS = 4
LATER = "welcome_later"
TOLD_FOR = timedelta(days=14)  # how long Today says that staff made a code for one's password


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that can be answered now."""

    id: str
    instrument: Instrument
    begun: int
    total: int
    chosen: bool  # by the client: it is kept at hand, and never what the day asks for


@endpoint(Action.READ_TODAY)
def today(request: HttpRequest, *, viewer: Viewer, at: datetime) -> HttpResponse:
    """What is there for the client now."""
    patient = me(viewer, Action.READ_TODAY)
    if request.GET.get("later") == "yes":
        request.session[LATER] = True  # not asked again until the next sign-in
    if not patient.welcomed and LATER not in request.session:
        return redirect("welcome", screen=1)
    held = standing(viewer, Action.READ_TODAY, at=at)
    resting = held is not None and held.this_sitting
    waiting = [_waiting(viewer, row) for row in waiting_for(viewer, at=at)]
    begun = next((one for one in waiting if one.begun), None)
    waiting = [] if resting else waiting
    first = next((one for one in waiting if not one.chosen), None)
    clinic = clinic_of(viewer)
    return framed(
        request,
        "today/today.html",
        viewer=viewer,
        place="today",
        greeting=greeting(timezone.localtime(at).hour),
        name=patient.name.split()[0],
        day=timezone.localtime(at),
        codes=codes_made_for(viewer.person, since=at - TOLD_FOR),
        standing=held,
        begun=begun,
        first=first,
        others=[one for one in waiting if one is not first],
        done_today=answered_on(viewer, Action.READ_TODAY, day_of(at, zone=patient.zone)),
        receipt=latest_receipt(viewer, Action.READ_TODAY),
        welcome_left=patient.welcomed < SCREENS,
        next_screen=patient.welcomed + 1,
        startable=not resting and any(id in INSTRUMENTS for id in clinic.self_start),
    )


def greeting(hour: int) -> str:
    """Good morning, afternoon or evening; late at night it is still evening."""
    if 4 <= hour < 12:
        return "Good morning"
    return "Good afternoon" if 12 <= hour < 18 else "Good evening"


def _waiting(viewer: Viewer, row: Any) -> Waiting:
    instrument = INSTRUMENTS[row.instrument]
    draft = draft_of(viewer, Action.READ_TODAY, row)
    begun = sum(value is not None for value in draft.answers.values()) if draft else 0
    return Waiting(str(row.pk), instrument, begun, len(instrument.items), row.self_started)
