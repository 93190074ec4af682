"""The caseload: who waits for you, why, by when, and what can be done here."""

from collections import Counter
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from waymark.access.decide import reach
from waymark.access.vocabulary import Action, Viewer
from waymark.interfaces.clinic.caseload.rows import past_of, rows_of, why_of, whys_of
from waymark.interfaces.clinic.frame import framed
from waymark.interfaces.clinic.redirects import back_to
from waymark.interfaces.endpoint import endpoint
from waymark.record.assessments import actions
from waymark.record.assessments.works import own_works
from waymark.record.people.queries import patient_for
from waymark.record.tenancy.action import Invalid

A_DAY = timedelta(days=1)  # so long a file of past scores that is done is still shown


@endpoint(Action.READ_CASELOAD)
def caseload(request: HttpRequest, *, viewer: Viewer, at: datetime) -> HttpResponse:
    """Everybody in the viewer's care, those who need attention first."""
    past = past_of(viewer) if request.GET.get("show") == "past" else None
    rows = rows_of(viewer, at=at)
    own = sum(row.own for row in rows)
    whys = whys_of(rows)
    asked = request.GET.get("why", "")
    why = asked if asked in {one.kind for one in whys} else ""
    return framed(
        request,
        "caseload/caseload.html",
        viewer=viewer,
        at=at,
        place="caseload",
        rows=[row for row in rows if why in ("", why_of(row))],
        why=why,
        whys=whys,
        own=own,
        along=len(rows) - own,
        treats=bool(reach(viewer, Action.ASSIGN_INSTRUMENT)),
        waiting=sum(row.waits for row in rows),
        follows=sum(row.follows for row in rows),
        held=Counter(row.stands for row in rows if row.own),
        checked=at,
        past=past,
        works=own_works(viewer, since=at - A_DAY),
    )


@endpoint(Action.ASSIGN_INSTRUMENT, methods=("POST",))
def remind(request: HttpRequest, *, viewer: Viewer, at: datetime, client: UUID) -> HttpResponse:
    """Tell the client by a mail without content that something waits for them."""
    patient = patient_for(viewer, Action.ASSIGN_INSTRUMENT, client)
    try:
        actions.remind(patient, by=viewer, at=at)
    except Invalid as error:
        messages.error(request, error.message)
    else:
        messages.success(request, f"A mail is on its way to {patient.name}. It names nothing.")
    return back_to(request, "client", id=client)
