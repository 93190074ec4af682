"""Noting which answers were talked about: chosen one by one, and only those that can be."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from waymark.access.vocabulary import Action, Viewer
from waymark.interfaces.clinic.redirects import back_to
from waymark.interfaces.endpoint import endpoint
from waymark.library.instruments import INSTRUMENTS
from waymark.record.assessments.queries import responses_of
from waymark.record.people.queries import patient_for
from waymark.record.safety.queries import open_states
from waymark.record.sharing import actions as sharing
from waymark.record.sharing.queries import discussed_among

ACT = Action.MARK_DISCUSSED
RECENT = timedelta(days=30)


def to_talk_about(viewer: Viewer, patient: UUID, *, at: datetime) -> list[tuple[str, str]]:
    """The client's own answers of the last 30 days that nobody has talked about, newest first.

    Answers in a concern without an owner are left out: first somebody takes it.
    """
    rows = responses_of(viewer, ACT, patient).exclude(mode="imported")
    recent = rows.filter(submitted_at__gt=at - RECENT)
    before = discussed_among(viewer, ACT, [patient])
    concern = open_states(viewer, ACT, [patient]).get(patient)
    unowned_since = concern.opened_at if concern and concern.owner_id is None else None
    return [
        (str(row.pk), f"{INSTRUMENTS[id].title} of {row.for_date:%B} {row.for_date.day}")
        for row in recent
        if (id := row.administration.instrument) and row.pk not in before
        if not (unowned_since and INSTRUMENTS[id].risk_items and row.submitted_at >= unowned_since)
    ]


@endpoint(ACT, methods=("POST",))
def discussed(request: HttpRequest, *, viewer: Viewer, at: datetime, id: UUID) -> HttpResponse:
    """Talked about in the meeting: the client sees that what they gave was used."""
    patient = patient_for(viewer, ACT, id)
    possible = dict(to_talk_about(viewer, id, at=at))
    chosen = [thing for thing in possible if thing in request.POST.getlist("thing")]
    if chosen:
        things = [UUID(thing) for thing in chosen]
        sharing.discuss(patient, about="response", things=things, by=viewer, at=at)
        what = _listed(possible[thing] for thing in chosen)
        messages.success(request, f"{patient.name} will see that you talked about {what}.")
    elif request.POST.getlist("thing"):
        messages.info(request, "That was noted before, or it is in a concern without an owner.")
    else:
        messages.error(request, "Nothing was noted: choose what you talked about.")
    return back_to(request, "client", id=id)


def _listed(names: Iterable[str]) -> str:
    *before, last = names
    return f"{', '.join(before)} and {last}" if before else last
