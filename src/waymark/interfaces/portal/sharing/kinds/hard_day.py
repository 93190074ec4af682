"""What somebody says of a hard day."""

from uuid import UUID

from django.utils.translation import gettext as _

from waymark.access.vocabulary import Action, Viewer
from waymark.interfaces.portal.sharing.kind import Kind
from waymark.record.checkins.queries import Hard, hard_day_of
from waymark.record.sharing.snapshot import Part, Snapshot


def shown_of(held: Hard) -> Snapshot:
    """As a reader sees it."""
    parts = (Part("", held.words),) if held.words else ()
    return Snapshot(_("A hard day"), held.day.isoformat(), parts)


def snapshot(viewer: Viewer, id: UUID) -> Snapshot:
    return shown_of(hard_day_of(viewer, id))


HARD_DAY = Kind("hard-day", Action.KEEP_CHECK_INS, snapshot, "hard-day")
