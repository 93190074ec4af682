"""A client's thought records, opened: a page of them, one, what may be offered, and the months."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from waymark.access.vocabulary import Action, Viewer
from waymark.library.earlier_thought import Kept as Earlier
from waymark.library.earlier_thought import to_offer
from waymark.library.thought_record import ThoughtRecord
from waymark.record.tenancy.paging import leaf
from waymark.record.thoughts.holding import read
from waymark.record.thoughts.models import ThoughtRecordRow
from waymark.record.thoughts.months import Month, months
from waymark.record.vault.batch import open_all

ACT = Action.KEEP_THOUGHT_RECORDS
LOOKED_AT = 200  # of earlier ones, newest first: what helped years ago is somebody else's


@dataclass(frozen=True, slots=True)
class Kept:
    """One of them, opened."""

    id: UUID
    day: date
    begun_at: datetime
    record: ThoughtRecord
    did_not_help: bool


@dataclass(frozen=True, slots=True)
class Leaf:
    """Some, newest first, and the mark below which older ones stand."""

    kept: list[Kept]
    older: str


def thought_records_of(viewer: Viewer, *, below: str = "", size: int = 20) -> Leaf:
    """The viewer's own, newest first."""
    held = leaf(ThoughtRecordRow.objects.visible_to(viewer, ACT), below=below, size=size)
    return Leaf([_kept(row) for row in open_all(held.rows, "body")], held.older)


def thought_record_of(viewer: Viewer, id: UUID) -> Kept:
    """One of them. Raises DoesNotExist."""
    return _kept(ThoughtRecordRow.objects.visible_to(viewer, ACT).get(pk=id))


def offered_beside(viewer: Viewer, now: Kept, *, without: frozenset[date]) -> Kept | None:
    """An earlier one whose balanced thought may be offered beside this one; none of these days.

    Whether anything may come back at all (an open concern) is the caller's to ask.
    """
    earlier = {
        str(one.id): one
        for one in thought_records_of(viewer, size=LOOKED_AT).kept
        if (one.day, one.begun_at) < (now.day, now.begun_at) and one.day not in without
    }
    found = to_offer(_earlier(now), earlier=map(_earlier, earlier.values()))
    return earlier[found.id] if found else None


def months_of(viewer: Viewer) -> list[Month]:
    """Belief and feelings before and after, month by month, newest first."""
    held = thought_records_of(viewer, size=LOOKED_AT).kept
    return months((one.day, one.record) for one in held)


def _earlier(one: Kept) -> Earlier:
    return Earlier(str(one.id), one.day, one.record, did_not_help=one.did_not_help)


def _kept(row: ThoughtRecordRow) -> Kept:
    return Kept(row.pk, row.for_date, row.begun_at, read(row.body), row.did_not_help)
