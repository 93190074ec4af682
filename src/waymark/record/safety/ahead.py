"""What comes next of a concern, as it was written down, and what stays agreed when it is closed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from waymark.access.vocabulary import Action, Viewer
from waymark.record.safety.models import Concern, ConcernState
from waymark.record.tenancy.days import date_of, day_of

A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Ahead:
    """What is still to come; each of it only where it was written down."""

    next_step_at: datetime | None = None  # the next try to reach them
    visit_at: datetime | None = None
    follow_up_on: date | None = None  # no time is known

    def __bool__(self) -> bool:
        return bool(self.next_step_at or self.visit_at or self.follow_up_on)

    @property
    def at(self) -> datetime | None:
        """The first exact time."""
        return min((one for one in (self.next_step_at, self.visit_at) if one), default=None)


def ahead_of(concern: Concern, *, zone: str, at: datetime) -> Ahead:
    """What is still to come by the clock of that zone; the visit is the follow-up of its day."""
    visit = _coming(concern.visit_at, at)
    day = concern.follow_up_on
    if day is not None and (
        day < day_of(at, zone=zone) or (visit and date_of(visit, zone=zone) == day)
    ):
        day = None
    return Ahead(_coming(concern.next_step_at, at), visit, day)


def _coming(moment: datetime | None, at: datetime) -> datetime | None:
    return moment if moment is not None and moment > at else None


@dataclass(frozen=True, slots=True)
class Agreed:
    """What stays agreed after a concern was closed, until it is over."""

    concern: UUID
    owner: str  # empty where they do not work here any more
    ahead: Ahead


def still_agreed(
    viewer: Viewer, action: Action, patients: Iterable[UUID], *, at: datetime
) -> dict[UUID, Agreed]:
    """What each patient's last closed concern left to come."""
    whose = tuple(sorted(set(patients)))
    rows = _left(viewer, action, patients=whose, day=date_of(at, zone="UTC") - A_DAY, at=at)
    found: dict[UUID, Agreed] = {}
    for row in rows:
        ahead = ahead_of(row, zone=row.patient.zone, at=at)
        if ahead and row.patient_id not in found:
            found[row.patient_id] = Agreed(row.pk, owner_of(row), ahead)
    return found


@Concern.objects.prepared
def _left(
    rows: QuerySet[Concern], *, patients: tuple[UUID, ...], day: date, at: datetime
) -> QuerySet[Concern]:
    ahead = Q(follow_up_on__gte=day) | Q(visit_at__gt=at)
    held = rows.filter(ahead, patient__in=patients, state=ConcernState.CLOSED)
    return held.select_related("patient", "owner__account").order_by("-closed_at")


def owner_of(concern: Concern) -> str:
    """Who has it, or had it when it was closed; empty where they do not work here any more."""
    owner = concern.owner
    return owner.account.name if owner is not None and owner.until is None else ""
