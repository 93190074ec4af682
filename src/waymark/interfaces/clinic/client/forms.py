"""Short forms of a client's page."""

from datetime import UTC, datetime, time

from django import forms

from waymark.interfaces.ui.forms import Form

KINDS = [("in-person", "In person"), ("video", "By video"), ("phone", "By phone")]


class MeetingForm(Form):
    """That a meeting took place."""

    kind = forms.ChoiceField(label="How you met", choices=KINDS)
    took_place_at = forms.DateTimeField(
        label="When",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M"],
    )


class EpisodeForm(Form):
    """The day on which care began, or ended."""

    day = forms.DateField(
        label="On", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def moment(self) -> datetime:
        """Noon of the day, so that no zone moves it to another one."""
        return datetime.combine(self.cleaned_data["day"], time(12), tzinfo=UTC)
