"""A problem in a client's own words."""

from uuid import UUID

from waymark.access.vocabulary import Action, Viewer
from waymark.interfaces.portal.sharing.kind import Kind
from waymark.record.goals.queries import problem_of
from waymark.record.sharing.snapshot import Snapshot


def snapshot(viewer: Viewer, id: UUID) -> Snapshot:
    return problem_of(viewer, id).shown


PROBLEM = Kind("problem", Action.KEEP_GOALS, snapshot, "problem")
