"""The caseload: who waits for you, why, by when, and what can be done here."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse

from waymark.access.vocabulary import Action, Viewer
from waymark.interfaces.clinic.caseload.rows import past_of, rows_of
from waymark.interfaces.clinic.frame import framed
from waymark.interfaces.endpoint import endpoint


@endpoint(Action.READ_CASELOAD)
def caseload(request: HttpRequest, *, viewer: Viewer, at: datetime) -> HttpResponse:
    """Everybody in the viewer's care, those who need attention first."""
    past = past_of(viewer) if request.GET.get("show") == "past" else None
    rows = rows_of(viewer, at=at)
    waiting = [row for row in rows if row.urgency < 4]
    return framed(
        request,
        "caseload/caseload.html",
        viewer=viewer,
        at=at,
        place="caseload",
        rows=rows,
        waiting=len(waiting),
        checked=at,
        past=past,
    )
