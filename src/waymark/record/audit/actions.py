"""Writing audit lines: one for a deed or a refusal, one statement for everybody a page showed."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from waymark.access.vocabulary import Action, Event, Viewer
from waymark.record.audit.group_commit import page_now
from waymark.record.audit.models import AuditVerdict, Line

LONGEST_REASON = 120
OWN_WAY_IN = "their own way in"
NOBODY = "nobody known"  # a way in that leads to no account


def write(
    action: Action,
    *,
    by: Viewer,
    at: datetime,
    subject: UUID | None,
    verdict: AuditVerdict,
    reason: str,
) -> None:
    """One line. ``subject`` is the patient's audit number, or None for the clinic itself."""
    _line(action, by=by, at=at, subject=subject, verdict=verdict, reason=reason).save(
        force_insert=True
    )


def write_event(
    event: Event,
    *,
    account: UUID | None,
    clinic: UUID | None,
    subject: UUID | None,
    at: datetime,
    verdict: AuditVerdict = AuditVerdict.DONE,
    reason: str = OWN_WAY_IN,
) -> None:
    """One line about a way in: whose, at which clinic, and of which record if it is a client's."""
    Line(
        at=at,
        clinic=clinic,
        by=str(account) if account else NOBODY,
        action=event.value,
        subject=subject,
        verdict=verdict,
        reason=reason,
    ).save(force_insert=True)


def write_readings(
    action: Action, *, by: Viewer, at: datetime, subjects: Iterable[UUID], reason: str
) -> None:
    """One line a person shown, in one statement; it raises if they cannot be written.

    Of a page that is only read they are stored at its end, before it is shown (`together`).
    """
    lines = [
        _line(action, by=by, at=at, subject=subject, verdict=AuditVerdict.READ, reason=reason)
        for subject in subjects
    ]
    page = page_now()
    if page is None:
        Line.objects.bulk_create(lines)
    else:
        page.lines.extend(lines)


def _line(
    action: Action,
    *,
    by: Viewer,
    at: datetime,
    subject: UUID | None,
    verdict: AuditVerdict,
    reason: str,
) -> Line:
    return Line(
        at=at,
        clinic=by.clinic,
        by=by.name,
        action=action.value,
        subject=subject,
        verdict=verdict,
        reason=reason[:LONGEST_REASON],
    )
