"""The frame around a staff page: where one can go, what waits, and what must be told at once."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from waymark.access.decide import anyone_may
from waymark.access.vocabulary import Action, Viewer
from waymark.record.audit.chain import stands
from waymark.record.outbox.actions import clock_jumped, worker_is_silent
from waymark.record.outbox.queries import any_given_up
from waymark.record.people.queries import clinic_of
from waymark.record.safety.prerequisites import unmanned
from waymark.record.safety.queries import waiting_for

PLACES = (
    ("caseload", "Caseload", "caseload", Action.READ_CASELOAD),
    ("concerns", "Concerns", "concerns", Action.READ_CONCERNS),
    ("clients", "Clients", "people", Action.READ_PEOPLE),
    ("staff", "Staff", "people", Action.MANAGE_STAFF),
    ("settings", "Clinic", "settings", Action.MANAGE_SETTINGS),
)


def framed(
    request: HttpRequest,
    template: str,
    *,
    viewer: Viewer,
    at: datetime,
    place: str = "",
    **context: Any,
) -> HttpResponse:
    """Render a staff page, with what waits and what is not well."""
    clinic = clinic_of(viewer)
    concerns = waiting_for(viewer)
    waiting = concerns.unowned + concerns.own
    frame = {
        "nav": [
            _entry(*spot, place, waiting) for spot in PLACES if anyone_may(spot[3], viewer.roles)
        ],
        "account": [
            {"label": "Second step", "url": reverse("factors")},
            {"label": "Where I am signed in", "url": reverse("devices")},
            {"label": "Change seat", "url": reverse("seat")},
            {"label": "Sign out", "url": reverse("account_logout"), "post": True},
        ],
        "clinic_name": clinic.name,
        "home_url": reverse("home"),
        "now": at,
        "troubles": [*_troubles(at), *_log(viewer)],
        "unmanned": unmanned(clinic) if anyone_may(Action.MANAGE_SAFETY, viewer.roles) else False,
        "unowned": concerns.unowned,
        "own_concerns": concerns.own,
    }
    status = context.pop("status", 200)
    return render(request, f"clinic/{template}", {**frame, **context}, status=status)


def _log(viewer: Viewer) -> list[str]:
    """That lines of the log are gone or changed, for who runs the clinic."""
    if not anyone_may(Action.READ_AUDIT_REPORT, viewer.roles):
        return []
    if stands(viewer.clinic):
        return []
    return [
        "Lines of the audit log were removed or changed. Change nothing, and see Clinic, Audit "
        "report."
    ]


def _entry(
    name: str, label: str, icon: str, action: Action, place: str, waiting: int
) -> dict[str, Any]:
    count = waiting if name == "concerns" else 0
    return {
        "label": label,
        "url": reverse(name),
        "icon": icon,
        "current": name == place,
        "count": count,
    }


def _troubles(at: datetime) -> list[str]:
    """What every member of staff must know: notices that may not have left this house."""
    found = []
    if worker_is_silent(at=at):
        found.append(
            "The worker of this portal is not running: nobody is told by mail. "
            "Look at the concerns here, and tell whoever keeps the machine."
        )
    if clock_jumped(at=at):
        found.append(
            "The time of this machine jumped, or it was off for more than a week: nobody is asked "
            "anything until whoever keeps the machine says that its time is right."
        )
    if any_given_up():
        found.append(
            "Some messages could not be sent after many tries. An administrator can try them "
            "again, under Clinic, Set-up."
        )
    return found
