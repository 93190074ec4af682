"""Short forms of a client's page."""

from datetime import datetime

from django import forms

from waymark.interfaces.clinic.saving import WORDS
from waymark.interfaces.ui.forms import Form, Moment
from waymark.record.expected.actions import DID
from waymark.record.tenancy.days import noon_of

KINDS = [("in-person", "In person"), ("video", "By video"), ("phone", "By phone")]


class MeetingForm(Form):
    """That a meeting took place."""

    kind = forms.ChoiceField(label="How you met", choices=KINDS)
    took_place_at = Moment(
        label="When",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M"],
    )


class FlagForm(Form):
    """What was done about a flag."""

    did = forms.ChoiceField(
        label="What was done about it?",
        choices=list(DID.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what was done, or that the flag does not fit."},
    )
    words = forms.CharField(
        label="In your words",
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=WORDS,
        required=False,
    )


class EpisodeForm(Form):
    """The day on which care began, or ended."""

    day = forms.DateField(
        label="On", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def moment(self, *, zone: str) -> datetime:
        """Noon of the day where the client lives."""
        return noon_of(self.cleaned_data["day"], zone=zone)
