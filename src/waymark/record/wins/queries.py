"""A client's small wins and setbacks, opened, and those that stand beside an older one."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from waymark.access.vocabulary import Action, Viewer
from waymark.record.tenancy.paging import leaf
from waymark.record.vault.batch import open_all
from waymark.record.wins.happening import Happening, read
from waymark.record.wins.models import Win

ACT = Action.KEEP_WINS


@dataclass(frozen=True, slots=True)
class Kept:
    """One of them, opened."""

    id: UUID
    day: date
    noted_at: datetime
    happening: Happening
    like: UUID | None


@dataclass(frozen=True, slots=True)
class Leaf:
    """Some, newest first, and the mark below which older ones stand."""

    kept: list[Kept]
    older: str


def wins_of(viewer: Viewer, *, below: str = "", size: int = 20) -> Leaf:
    """The viewer's own, newest first."""
    held = leaf(Win.objects.visible_to(viewer, ACT), below=below, size=size)
    return Leaf([_kept(row) for row in open_all(held.rows, "body")], held.older)


def win_of(viewer: Viewer, id: UUID) -> Kept:
    """One of them. Raises DoesNotExist."""
    return _kept(Win.objects.visible_to(viewer, ACT).get(pk=id))


def wins_among(viewer: Viewer, ids: set[UUID]) -> dict[UUID, Kept]:
    """Those of these that are there."""
    rows = open_all(_among(viewer, ACT, ids=tuple(sorted(ids))), "body")
    return {row.pk: _kept(row) for row in rows}


@Win.objects.prepared
def _among(rows: QuerySet[Win], *, ids: tuple[UUID, ...]) -> QuerySet[Win]:
    return rows.filter(pk__in=ids)


def _kept(row: Win) -> Kept:
    return Kept(row.pk, row.for_date, row.noted_at, read(row.body), row.like_id)
