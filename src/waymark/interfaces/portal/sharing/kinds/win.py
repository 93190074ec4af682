"""A small win or a setback."""

from uuid import UUID

from django.utils.translation import gettext_noop as _

from waymark.access.vocabulary import Action, Viewer
from waymark.interfaces.portal.sharing.kind import Kind
from waymark.record.sharing.snapshot import Snapshot
from waymark.record.wins.happening import snapshot_of
from waymark.record.wins.queries import win_of


def snapshot(viewer: Viewer, id: UUID) -> Snapshot:
    held = win_of(viewer, id)
    return snapshot_of(held.happening, held.day)


WIN = Kind("win", Action.KEEP_WINS, snapshot, "win", stream=_("Small wins"))
