"""A check-in: one by itself, or all of them as they come."""

from uuid import UUID

from django.utils.translation import gettext_noop as _

from waymark.access.vocabulary import Action, Viewer
from waymark.interfaces.portal.sharing.kind import Kind
from waymark.record.checkins.queries import check_in_of, tracked_by
from waymark.record.checkins.said import snapshot_of
from waymark.record.sharing.snapshot import Snapshot


def snapshot(viewer: Viewer, id: UUID) -> Snapshot:
    held = check_in_of(viewer, id)
    return snapshot_of(held.said, held.day, tracked_by(viewer).questions())


CHECK_IN = Kind(
    "check-in",
    Action.KEEP_CHECK_INS,
    snapshot,
    "kept-check-in",
    stream=_("Check-ins"),
    goes_with_switch=True,
)
