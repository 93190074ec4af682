"""What is shared with whom, and which receipts there are for what a client gave."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from waymark.access.vocabulary import Action, Viewer
from waymark.record.people.queries import names_of
from waymark.record.sharing.models import Receipt, Share, Stream, Used
from waymark.record.sharing.snapshot import Snapshot, read
from waymark.record.tenancy.paging import leaf
from waymark.record.vault.batch import open_all


def receipts_of(viewer: Viewer, action: Action, patient: UUID) -> QuerySet[Receipt]:
    """Every receipt of a patient's things, newest first."""
    rows = Receipt.objects.visible_to(viewer, action)
    return rows.filter(patient=patient).order_by("-at")


def used_of(viewer: Viewer, action: Action, things: Iterable[UUID]) -> dict[UUID, str]:
    """How each of these things was used; what was not is left out."""
    return dict(_used(viewer, action, things=tuple(things)))


@Receipt.objects.prepared
def _used(
    rows: QuerySet[Receipt], *, things: tuple[UUID, ...]
) -> QuerySet[Receipt, tuple[UUID, str]]:
    return rows.filter(thing__in=things).order_by("at").values_list("thing", "used")


def discussed_among(
    viewer: Viewer, action: Action, patients: Iterable[UUID]
) -> dict[UUID, datetime]:
    """The things of these patients that somebody talked about with them, and when that was."""
    return dict(_discussed(viewer, action, patients=tuple(patients)))


@Receipt.objects.prepared
def _discussed(
    rows: QuerySet[Receipt], *, patients: tuple[UUID, ...]
) -> QuerySet[Receipt, tuple[UUID, datetime]]:
    held = rows.filter(patient__in=patients, used=Used.DISCUSSED).order_by("at")
    return held.values_list("thing", "at")


@dataclass(frozen=True, slots=True)
class Seen:
    """That somebody used what the client gave, in the words of the first page."""

    name: str
    used: str
    at: datetime
    about: str
    things: tuple[UUID, ...]  # all that were used so at once, or as many as are looked at


MOST_AT_ONCE = 12


@Receipt.objects.prepared
def _latest(rows: QuerySet[Receipt]) -> QuerySet[Receipt]:
    return rows.order_by("-at")[:MOST_AT_ONCE]


def latest_receipt(viewer: Viewer, action: Action) -> Seen | None:
    """The newest sign that what the client gave was used."""
    rows = _latest(viewer, action)
    if not rows:
        return None
    row = rows[0]
    alike = [one for one in rows if _how(one) == _how(row)]
    name = names_of([row.by]).get(row.by, _("Your team"))
    return Seen(name, row.used, row.at, row.about, tuple(one.thing for one in alike))


def _how(row: Receipt) -> tuple[object, ...]:
    return row.at, row.by, row.used, row.about


def shared_on(viewer: Viewer, action: Action, things: Iterable[UUID]) -> datetime | None:
    """When the newest of these versions was shared; None where none is shared any more."""
    rows = Share.objects.visible_to(viewer, action).filter(pk__in=list(things), ended_at=None)
    return rows.order_by("-shared_at").values_list("shared_at", flat=True).first()


@dataclass(frozen=True, slots=True)
class Use:
    """One receipt in full: who, how, and when."""

    name: str
    used: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Shared:
    """One version as its reader sees it, and how it was used so far."""

    id: UUID
    about: str
    thing: UUID
    snapshot: Snapshot
    shared_at: datetime
    uses: tuple[Use, ...]


@dataclass(frozen=True, slots=True)
class Leaf:
    """Some of what is shared, newest first, and the mark below which older ones stand."""

    shared: list[Shared]
    older: str


def shared_by(
    viewer: Viewer, action: Action, patient: UUID, *, below: str = "", size: int = 10
) -> Leaf:
    """What a client shares now, newest first. What ended is here for nobody."""
    rows = Share.objects.visible_to(viewer, action).filter(patient=patient, ended_at=None)
    held = leaf(rows, below=below, size=size)
    return Leaf(_with_uses(viewer, action, open_all(held.rows, "words")), held.older)


def shared_now(viewer: Viewer, action: Action, things: Iterable[UUID]) -> dict[UUID, Shared]:
    """Those of these things that are shared now, as their readers see them."""
    rows = Share.objects.visible_to(viewer, action).filter(thing__in=list(things), ended_at=None)
    held = _with_uses(viewer, action, open_all(rows, "words"))
    return {one.thing: one for one in held}


def _with_uses(viewer: Viewer, action: Action, rows: list[Share]) -> list[Shared]:
    uses = _uses(viewer, action, [row.pk for row in rows])
    return [
        Shared(row.pk, row.about, row.thing, read(row.words), row.shared_at, tuple(uses[row.pk]))
        for row in rows
    ]


def _uses(viewer: Viewer, action: Action, shares: list[UUID]) -> dict[UUID, list[Use]]:
    rows = list(
        Receipt.objects.visible_to(viewer, action).filter(thing__in=shares).order_by("at")
        if shares
        else ()
    )
    names = names_of({row.by for row in rows})
    found: dict[UUID, list[Use]] = defaultdict(list)
    for row in rows:
        found[row.thing].append(Use(names.get(row.by, _("Your team")), row.used, row.at))
    return found


def streams_of(viewer: Viewer, action: Action, patient: UUID) -> dict[str, datetime]:
    """The kinds that are shared as they come, each since when."""
    return dict(_streams(viewer, action, patient=patient))


@Stream.objects.prepared
def _streams(rows: QuerySet[Stream], *, patient: UUID) -> QuerySet[Stream, tuple[str, datetime]]:
    return rows.filter(patient=patient, until=None).values_list("kind", "since")
