"""One of the demo's people, as the rooms are handed them: who they are, and when they began."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from waymark.access.vocabulary import Viewer
from waymark.library.day import day_of

if TYPE_CHECKING:
    from waymark.record.tenancy.named import Patient


@dataclass(frozen=True, slots=True)
class Life:
    """``client`` and ``therapist`` are their seats; ``joined`` is when they signed in first, and
    ``first`` when their care began."""

    login: str
    patient: "Patient"
    client: Viewer
    therapist: Viewer
    joined: datetime
    first: datetime
    now: datetime

    def ago(self, *, days: int, hours: int = 0) -> datetime:
        """A moment before now, and never before care began."""
        return max(self.now - timedelta(days=days, hours=hours), self.first)

    def day_of(self, at: datetime) -> date:
        """The client's own day of a moment."""
        return day_of(at, zone=self.patient.zone)
