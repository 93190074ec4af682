"""Reading the trail: of one person, for that person; of the clinic, without clinical content."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from waymark.access.vocabulary import Event
from waymark.record.audit.models import Line


def lines_about(subject: UUID, *, since: datetime) -> QuerySet[Line]:
    """What was done or read of one person, newest first."""
    return Line.objects.filter(subject=subject, at__gte=since).order_by("-at", "-pk")


def events_of(subject: UUID, *, since: datetime) -> QuerySet[Line]:
    """What happened to a client's own way in, newest first."""
    events = [event.value for event in Event]
    return lines_about(subject, since=since).filter(action__in=events)


def lines_of_clinic(
    clinic: UUID, *, since: datetime, until: datetime | None = None, by: str = ""
) -> QuerySet[Line]:
    """What was done or read at one clinic, newest first; subjects are random numbers.

    ``until`` is exclusive; ``by`` is the name of a viewer, an account's id.
    """
    lines = Line.objects.filter(clinic=clinic, at__gte=since)
    if until is not None:
        lines = lines.filter(at__lt=until)
    if by:
        lines = lines.filter(by=by)
    return lines.order_by("-at", "-pk")
