"""Reading the trail: of one person, for that person; of the clinic, without clinical content."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from waymark.record.audit.models import Line


def lines_about(subject: UUID, *, since: datetime) -> QuerySet[Line]:
    """What was done or read of one person, newest first."""
    return Line.objects.filter(subject=subject, at__gte=since).order_by("-at", "-pk")


def lines_of_clinic(clinic: UUID, *, since: datetime) -> QuerySet[Line]:
    """What was done or read at one clinic, newest first; subjects are random numbers."""
    return Line.objects.filter(clinic=clinic, at__gte=since).order_by("-at", "-pk")
