"""The last meetings, a form for another one, and the beginning or end of a time in care."""

from django.utils import timezone

from waymark.access.vocabulary import Action
from waymark.interfaces.clinic.client.forms import EpisodeForm, MeetingForm
from waymark.interfaces.clinic.client.panel import Asked, Data, Panel, Place
from waymark.record.episodes.queries import last_encounters


def data(asked: Asked) -> Data:
    held = last_encounters(asked.viewer, Action.RECORD_ENCOUNTER, asked.patient.pk)
    return {
        "patient": asked.patient,
        "episode": asked.episode,
        "meetings": held,
        "meeting_form": asked.typed.meeting or MeetingForm(initial={"took_place_at": asked.at}),
        "episode_form": EpisodeForm(initial={"day": timezone.localdate(asked.at)}),
        "may_end": Action.MANAGE_EPISODE in asked.rights,
    }


PANEL = Panel("meetings", Place.RIGHT, 30, Action.RECORD_ENCOUNTER, data, statements=1)
