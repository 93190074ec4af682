"""The forms of the clinic's settings."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, cast

from django import forms
from django.conf import settings

from waymark.interfaces.clinic.saving import WORDS
from waymark.interfaces.ui.forms import Form
from waymark.interfaces.ui.words import role_name
from waymark.interfaces.ui.zones import ZoneField
from waymark.library.lines import LINES
from waymark.library.region import by_name
from waymark.record.people.queries import Colleague
from waymark.record.people.reach import fault_of, not_answered
from waymark.record.tenancy.hours import DAYS

DAY_NAMES = dict(
    zip(
        DAYS,
        ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
        strict=True,
    )
)


def regions() -> list[tuple[str, str]]:
    return by_name({line.region for line in LINES.values() if len(line.region) == 2})


class LetterheadForm(Form):
    """Name, place and how the clinic is reached."""

    name = forms.CharField(label="Name of the clinic", max_length=120)
    zone = ZoneField(label="Time zone")
    region = forms.ChoiceField(
        label="Country", help_text="Decides which crisis lines clients see.", choices=regions
    )
    phone = forms.CharField(label="Phone", max_length=40, required=False)
    address = forms.CharField(
        label="Address of this portal",
        help_text="What clients' phones reach, such as https://portal.example.org.",
        max_length=200,
        required=False,
    )

    def clean_address(self) -> str:
        """An address that the portal does not answer to would make every link a dead end."""
        address = str(self.cleaned_data["address"])
        fault = fault_of(address) if address else ""
        if fault := fault or not_answered(address, names=settings.ALLOWED_HOSTS):
            raise forms.ValidationError(fault)
        return address


class Measures(forms.MultipleChoiceField):
    """Some measures. What cannot be given is not offered, and refused by the record with a reason.

    One whose conditions are accepted on this same page may be chosen with them.
    """

    known: Collection[str] = ()

    def valid_value(self, value: Any) -> bool:
        return value in self.known


class InstrumentsForm(Form):
    """Which instruments are accepted, usual, and open for starting oneself."""

    opened = forms.MultipleChoiceField(
        label="We have read the conditions of these, and keep them",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    usual_set = Measures(
        label="Our usual set",
        help_text="What can be given now. Once you have kept a condition, its measure stands here.",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    self_start = Measures(
        label="Clients may start themselves", widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(
        self,
        *args: Any,
        conditional: Sequence[tuple[str, str]],
        every: Sequence[tuple[str, str]],
        alone: Sequence[str],
        ready: Collection[str],
        **given: Any,
    ) -> None:
        super().__init__(*args, **given)
        own = [(id, name) for id, name in every if id in alone]
        for name, choices in (("usual_set", every), ("self_start", own)):
            kept, field = self.initial.get(name, ()), cast(Measures, self.fields[name])
            field.known = {id for id, _title in choices}
            field.choices = [
                (id, title if id in ready else f"{title} (cannot be given now)")
                for id, title in choices
                if id in ready or id in kept
            ]
        cast(forms.MultipleChoiceField, self.fields["opened"]).choices = conditional


class DutiesForm(Form):
    """Who answers when an answer tells of danger."""

    safety_lead = forms.ChoiceField(label="Safety lead")
    primary = forms.ChoiceField(label="Primary responder")
    backup = forms.ChoiceField(label="Backup responder", required=False)

    def __init__(self, *args: Any, licensed: Sequence[Colleague], **given: Any) -> None:
        super().__init__(*args, **given)
        people = [(str(one.membership), f"{one.name} ({role_name(one.role)})") for one in licensed]
        for name in self.fields:
            field = cast(forms.ChoiceField, self.fields[name])
            field.choices = [*([("", "Nobody")] if name == "backup" else []), *people]
            field.error_messages["invalid_choice"] = (
                "Choose a licensed clinician or supervisor who works here now."
            )


class HoursForm(Form):
    """Opening times a day, holidays, and what clients are told when nobody is there."""

    holidays = forms.CharField(
        label="Holidays",
        help_text="One day a line, such as 2026-12-25.",
        max_length=WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    after_hours = forms.CharField(
        label="What a client can do when you are closed",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        for day, name in DAY_NAMES.items():
            for end, words in (("opens", "from"), ("closes", "to")):
                self.fields[f"{day}_{end}"] = forms.TimeField(
                    label=f"{name} {words}",
                    required=False,
                    widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
                )

    def days(self) -> list[tuple[str, Any, Any]]:
        """The week, for the page: name, opening field, closing field."""
        return [(name, self[f"{d}_opens"], self[f"{d}_closes"]) for d, name in DAY_NAMES.items()]

    def clean_holidays(self) -> list[date]:
        lines = str(self.cleaned_data["holidays"]).split()
        try:
            return [date.fromisoformat(line) for line in lines]
        except ValueError as error:
            raise forms.ValidationError("Write each day like 2026-12-25, one a line.") from error

    def by_day(self) -> dict[str, list[str]]:
        """The hours of the days on which the clinic opens; a day with one time only is an error."""
        found = {}
        for day in DAYS:
            ends = [self.cleaned_data.get(f"{day}_{end}") for end in ("opens", "closes")]
            if any(ends):
                found[day] = [f"{end:%H:%M}" if end else "" for end in ends]
        return found


class PolicyForm(Form):
    """The safety policy, signed for a year at the most."""

    review = forms.IntegerField(label="Review: within how many working days", initial=1)
    same_day = forms.IntegerField(label="Same day: within how many working hours", initial=4)
    urgent = forms.IntegerField(label="Urgent: within how many minutes in hours", initial=15)
    known = forms.IntegerField(
        label="The same answer again: for how many days an assessment holds",
        help_text="0 to 30; with 0, every answer takes every step.",
        initial=0,
    )
    review_on = forms.DateField(
        label="Look at this policy again on",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    outside_backup = forms.EmailField(
        label="Backup outside the clinic",
        help_text="For a clinic with one licensed person: an e-mail address.",
        required=False,
    )


class TypedForm(Form):
    """The recovery copy, typed from the paper."""

    typed = forms.CharField(
        label="The key, typed from your paper",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class FolderForm(Form):
    """Where backups go."""

    folder = forms.CharField(label="Folder on this machine", max_length=300)
