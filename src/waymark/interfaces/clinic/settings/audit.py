"""The audit report: who did or read what, by day; the person it was about stays a number."""

from datetime import date, datetime, timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse

from waymark.access.vocabulary import Action, Viewer
from waymark.interfaces.clinic.frame import framed
from waymark.interfaces.endpoint import endpoint
from waymark.record.audit.chain import first_broken, head_of
from waymark.record.audit.queries import lines_of_clinic
from waymark.record.people.queries import clinic_of, staff_of

A_PAGE = 100
LONGEST = timedelta(days=365 * 6)


@endpoint(Action.READ_AUDIT_REPORT)
def audit_report(request: HttpRequest, *, viewer: Viewer, at: datetime) -> HttpResponse:
    """One page of lines, newest first; a filter that fits nothing shows nothing."""
    clinic = clinic_of(viewer)
    lines = lines_of_clinic(clinic.pk, since=at - LONGEST)
    day, by = request.GET.get("day", ""), request.GET.get("by", "")
    problem = ""
    if day:
        try:
            lines = lines.filter(at__date=date.fromisoformat(day))
        except ValueError:
            problem, lines = "Write the day like 2026-11-22.", lines.none()
    if by:
        lines = lines.filter(by=by)
    staff = {str(one.account): one.name for one in staff_of(viewer)}
    page = Paginator(lines, A_PAGE).get_page(request.GET.get("page"))
    return framed(
        request,
        "settings/audit.html",
        viewer=viewer,
        at=at,
        place="settings",
        page=page,
        rows=_named(list(page.object_list), staff),
        staff=sorted(staff.items(), key=lambda pair: pair[1]),
        day=day,
        by=by,
        query=request.GET.copy(),
        problem=problem,
        broken=first_broken(clinic.pk),
        head=head_of(clinic.pk),
    )


def _named(lines: list[Any], staff: dict[str, str]) -> list[dict[str, Any]]:
    """Colleagues by name; a client, as actor or as subject, never."""
    return [
        {
            "line": line,
            "by": "the portal" if line.by == "system" else staff.get(line.by, "a client"),
            "subject": str(line.subject)[:8] if line.subject else "",
        }
        for line in lines
    ]
