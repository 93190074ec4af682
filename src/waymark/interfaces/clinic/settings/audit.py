"""The audit report: who did or read what, by day; the person it was about stays a number."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse

from waymark.access.vocabulary import Action, Role, Viewer
from waymark.interfaces.clinic.frame import framed
from waymark.interfaces.clinic.settings.action_names import deed, of_clients_alone
from waymark.interfaces.endpoint import endpoint
from waymark.record.audit.chain import head_of
from waymark.record.audit.queries import lines_of_clinic
from waymark.record.audit.walk import broken_at, found_broken
from waymark.record.people.queries import clinic_of
from waymark.record.people.roster import colleagues_of

A_PAGE = 100
LONGEST = timedelta(days=365 * 6)
SHORT_CHAIN = 20_000  # places that are checked on every visit; a longer chain, when asked


@endpoint(Action.READ_AUDIT_REPORT)
def audit_report(request: HttpRequest, *, viewer: Viewer, at: datetime) -> HttpResponse:
    """One page of lines, newest first; a filter that fits nothing shows nothing."""
    clinic = clinic_of(viewer)
    day, by = request.GET.get("day", ""), request.GET.get("by", "")
    zone = ZoneInfo(clinic.zone)
    since, until, problem = _span(day, zone=zone, at=at)
    staff = {str(one.account): one.name for one in colleagues_of(viewer)}
    known = by if by in staff or by == Role.SYSTEM else ""
    lines = lines_of_clinic(clinic.pk, since=since, until=until, by=known)
    if not known:
        lines = lines.exclude(by=Role.SYSTEM)  # its routine would bury what people did
    page = Paginator(lines, A_PAGE).get_page(request.GET.get("page"))
    head = head_of(clinic.pk)
    read = head.place <= SHORT_CHAIN or "check" in request.GET
    broken = broken_at(clinic.pk) if read else found_broken(clinic.pk)
    return framed(
        request,
        "settings/audit.html",
        viewer=viewer,
        at=at,
        place="settings",
        page=page,
        rows=_together(_row(line, staff, zone=zone) for line in page.object_list),
        staff=list(staff.items()),
        system=Role.SYSTEM,
        day=day,
        by=known,
        problem=problem,
        checked=read or broken,
        broken=broken,
        head=head,
        status=422 if problem else 200,
    )


def _span(day: str, *, zone: ZoneInfo, at: datetime) -> tuple[datetime, datetime | None, str]:
    """The instants of one day of the clinic, or of all that is kept; and what is wrong with it."""
    if not day:
        return at - LONGEST, None, ""
    try:
        wanted = date.fromisoformat(day)
        start = datetime.combine(wanted, datetime.min.time(), tzinfo=zone)
        return start, datetime.combine(wanted + timedelta(days=1), start.time(), tzinfo=zone), ""
    except (ValueError, OverflowError):
        return at, at, "Write the day like 2026-11-22."


def _row(line: Any, staff: dict[str, str], *, zone: ZoneInfo) -> dict[str, Any]:
    """Colleagues by name; a client, as actor or as subject, never."""
    return {
        "at": line.at,
        "day": line.at.astimezone(zone).date(),
        "verdict": line.verdict,
        "refused": line.reason if line.verdict == "refused" else "",
        "by": _actor(line, staff),
        "what": deed(line.action, look=line.verdict == "read"),
        "subject": f"No. {str(line.subject)[:8]}" if line.subject else "The clinic",
    }


def _together(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """One line for what one person did to several people in one moment, with how many they were."""

    def moment(row: dict[str, Any]) -> tuple[Any, ...]:
        return row["at"], row["by"], row["what"], row["verdict"], row["refused"]

    found = []
    for _, held in groupby(rows, key=moment):
        first, *others = list(held)
        subjects = list(dict.fromkeys(row["subject"] for row in (first, *others)))
        several = subjects if len(subjects) > 1 else []
        found.append({**first, "subjects": several, "times": 1 + len(others)})
    return found


def _actor(line: Any, staff: dict[str, str]) -> str:
    if line.by == Role.SYSTEM:
        return "The portal itself"
    if of_clients_alone(line.action):
        return "A client"
    return staff.get(line.by, "A client")
