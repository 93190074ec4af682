"""A goal, with its last rating."""

from uuid import UUID

from django.utils.translation import gettext_noop as _

from waymark.access.vocabulary import Action, Viewer
from waymark.interfaces.portal.sharing.kind import Kind
from waymark.record.goals.queries import goal_of
from waymark.record.goals.showing import snapshot_of
from waymark.record.sharing.snapshot import Snapshot


def snapshot(viewer: Viewer, id: UUID) -> Snapshot:
    return snapshot_of(goal_of(viewer, id).seen)


GOAL = Kind(
    "goal", Action.KEEP_GOALS, snapshot, "goal", stream=_("Changes and ratings of shared goals")
)
