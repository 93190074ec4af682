"""When care ends: the episode, and every measure that was given in it."""

from datetime import datetime

from waymark.access.vocabulary import Action, Viewer
from waymark.record.assessments.actions.assign import ended
from waymark.record.assessments.models import Assignment
from waymark.record.episodes import actions as episodes
from waymark.record.episodes.models import Episode
from waymark.record.safety.models import Concern, ConcernState
from waymark.record.tenancy.action import Invalid, action


@action(Action.MANAGE_EPISODE)
def end_care(episode: Episode, *, ended_at: datetime, by: Viewer, at: datetime) -> Episode:
    """End the episode and what is given regularly; what was begun can still be sent.

    An open concern comes first: nobody leaves care while a danger waits for its human.
    """
    if Concern.objects.exclude(state=ConcernState.CLOSED).exists():
        raise Invalid("day", "A concern is open. Close it first, then end the care.")
    done: Episode = episodes.discharge(episode, ended_at=ended_at, by=by, at=at)
    for assignment in Assignment.objects.filter(ended_at=None):
        ended(assignment, at=at)
    return done
