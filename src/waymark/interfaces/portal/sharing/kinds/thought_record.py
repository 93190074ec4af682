"""A thought record."""

from uuid import UUID

from waymark.access.vocabulary import Action, Viewer
from waymark.interfaces.portal.sharing.kind import Kind
from waymark.record.sharing.snapshot import Snapshot
from waymark.record.thoughts.holding import snapshot_of
from waymark.record.thoughts.queries import thought_record_of


def snapshot(viewer: Viewer, id: UUID) -> Snapshot:
    held = thought_record_of(viewer, id)
    return snapshot_of(held.record, held.day)


THOUGHT_RECORD = Kind("thought-record", Action.KEEP_THOUGHT_RECORDS, snapshot, "thought-record")
