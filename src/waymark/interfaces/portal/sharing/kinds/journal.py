"""A page of the journal."""

from uuid import UUID

from waymark.access.vocabulary import Action, Viewer
from waymark.interfaces.portal.sharing.kind import Kind
from waymark.record.journal.queries import page_of
from waymark.record.journal.writing import snapshot_of
from waymark.record.sharing.snapshot import Snapshot


def snapshot(viewer: Viewer, id: UUID) -> Snapshot:
    held = page_of(viewer, id)
    return snapshot_of(held.writing, held.day)


JOURNAL = Kind("journal", Action.KEEP_JOURNAL, snapshot, "entry")
