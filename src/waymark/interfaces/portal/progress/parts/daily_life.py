"""The way to what changed in daily life, once there is a check-in."""

from datetime import datetime

from waymark.access.vocabulary import Action, Viewer
from waymark.interfaces.portal.progress.part import Data, Part
from waymark.record.checkins.queries import last_day


def data(viewer: Viewer, at: datetime) -> Data | None:
    last = last_day(viewer, Action.READ_OWN_PROGRESS)
    return None if last is None else {"last_day": last}


PART = Part("daily_life", 10, data)
