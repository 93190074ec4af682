"""Files of past scores on their way: how far each is, and what became of its rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Min, Q, QuerySet, Sum

from waymark.access.vocabulary import Action, Viewer
from waymark.record.assessments.models import Portion, PortionState
from waymark.record.tenancy.models import Patient

NotFound = Portion.DoesNotExist


@dataclass(frozen=True, slots=True)
class Rows:
    """How many rows there are, and what became of them so far."""

    size: int = 0
    stored: int = 0
    known_before: int = 0
    left_out: int = 0
    waiting: int = 0
    stopped: int = 0

    @property
    def done(self) -> int:
        return self.size - self.waiting


@dataclass(frozen=True, slots=True)
class OfClient:
    """What became of one client's rows."""

    patient: Patient
    rows: Rows
    faults: tuple[tuple[int, str], ...]  # the line, and why it was not stored


@dataclass(frozen=True, slots=True)
class Work:
    """One confirmed file, as far as the viewer may see it."""

    id: UUID
    made_at: datetime
    rows: Rows
    clients: tuple[OfClient, ...]
    hidden: Rows  # of clients who are not in the viewer's care now; their own file alone


def work_for(viewer: Viewer, action: Action, id: UUID) -> Work:
    """One file; NotFound when absent or nothing of it is the viewer's to see."""
    held = list(
        Portion.objects.visible_to(viewer, action).filter(work=id).select_related("patient")
    )
    own = _own(viewer).filter(work=id)
    hidden = own.exclude(pk__in=[one.pk for one in held])
    made_at = (
        min([one.made_at for one in held], default=None)
        or own.aggregate(first=Min("made_at"))["first"]
    )
    if made_at is None:
        raise NotFound(id)
    by_client: dict[UUID, list[Portion]] = {}
    for one in sorted(held, key=lambda one: one.place):
        by_client.setdefault(one.patient_id, []).append(one)
    clients = [_of_client(some) for some in by_client.values()]
    return Work(
        id=id,
        made_at=made_at,
        rows=_counted(held),
        clients=tuple(sorted(clients, key=lambda one: one.patient.name.casefold())),
        hidden=_counted(hidden),
    )


def _own(viewer: Viewer) -> QuerySet[Portion]:
    """What the viewer confirmed, in figures alone, also of clients who left their care since."""
    return Portion._base_manager.filter(by=viewer.person, clinic=viewer.clinic).defer(
        "rows", "faults"
    )


def _of_client(some: list[Portion]) -> OfClient:
    faults = [tuple(fault) for one in some if one.left_out for fault in one.faults]
    return OfClient(some[0].patient, _counted(some), tuple(sorted(faults)))


def _counted(some: Iterable[Portion]) -> Rows:
    held = list(some)
    return Rows(
        size=sum(one.size for one in held),
        stored=sum(one.stored for one in held),
        known_before=sum(one.known_before for one in held),
        left_out=sum(one.left_out for one in held),
        waiting=sum(one.size for one in held if one.state == PortionState.WAITING),
        stopped=sum(one.size for one in held if one.state == PortionState.STOPPED),
    )


@dataclass(frozen=True, slots=True)
class Listed:
    """One file in a list: in figures, without a name."""

    id: UUID
    made_at: datetime
    clients: int
    size: int
    waiting: int
    stopped: int
    left_out: int


def own_works(viewer: Viewer, *, since: datetime) -> list[Listed]:
    """The files that the viewer confirmed and that wait, or were confirmed since; newest first."""
    return _listed(_own(viewer), since=since)


def works_with(viewer: Viewer, action: Action, patient: UUID, *, since: datetime) -> list[Listed]:
    """The same of one client, whoever confirmed them."""
    rows = Portion.objects.visible_to(viewer, action).filter(patient=patient)
    return _listed(rows, since=since)


def _listed(rows: QuerySet[Portion], *, since: datetime) -> list[Listed]:
    waiting, stopped = Q(state=PortionState.WAITING), Q(state=PortionState.STOPPED)
    found: Any = (
        rows.values("work")
        .annotate(
            first=Max("made_at"),
            clients=Count("patient", distinct=True),
            whole=Sum("size"),
            waits=Sum("size", filter=waiting, default=0),
            ended=Sum("size", filter=stopped, default=0),
            out=Sum("left_out"),
        )
        .filter(Q(waits__gt=0) | Q(first__gte=since))
        .order_by("-first")
    )
    return [
        Listed(
            id=one["work"],
            made_at=one["first"],
            clients=one["clients"],
            size=one["whole"],
            waiting=one["waits"],
            stopped=one["ended"],
            left_out=one["out"],
        )
        for one in found
    ]
