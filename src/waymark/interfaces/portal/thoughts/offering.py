"""Whether an earlier balanced thought is offered beside a new record, and which."""

from datetime import datetime

from waymark.access.vocabulary import Action, Viewer
from waymark.interfaces.portal.danger import standing
from waymark.record.journal.queries import left_alone
from waymark.record.thoughts.queries import Kept, offered_beside


def offered(viewer: Viewer, now: Kept, *, at: datetime) -> Kept | None:
    """One at most; none while a concern is open, and none of a day that is left alone."""
    if standing(viewer, Action.KEEP_THOUGHT_RECORDS, at=at) is not None:
        return None
    without = frozenset(one.day for one in left_alone(viewer) if one.day is not None)
    return offered_beside(viewer, now, without=without)
