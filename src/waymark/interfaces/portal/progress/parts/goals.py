"""The way to one's goals: what one works on, or the first step there."""

from datetime import datetime

from waymark.interfaces.portal.progress.part import Data, Part


def data(viewer: object, at: datetime) -> Data | None:
    return {}


PART = Part("goals", 20, data)
