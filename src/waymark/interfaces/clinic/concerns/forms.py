"""The forms of a concern: trying to reach, assessing, planning, closing, handing over."""

from typing import Any, cast

from django import forms

from waymark.interfaces.clinic.saving import WORDS
from waymark.interfaces.ui.forms import Form, Moment
from waymark.interfaces.ui.words import role_name
from waymark.record.people.queries import Colleague

CHOOSE = ("", "Choose")
CHANNELS = [
    CHOOSE,
    ("phone", "Phone"),
    ("video", "Video"),
    ("in-person", "In person"),
    ("message", "Message"),
]
OUTCOMES = [
    CHOOSE,
    ("reached", "Reached"),
    ("not-reached", "Not reached"),
    ("left-message", "Left a message"),
]


class TryForm(Form):
    """One try to reach the person. It begins empty: a press alone says nothing of how it went."""

    channel = forms.ChoiceField(
        label="How", choices=CHANNELS, error_messages={"required": "Say how you tried."}
    )
    outcome = forms.ChoiceField(
        label="Result", choices=OUTCOMES, error_messages={"required": "Say how it went."}
    )
    note = forms.CharField(
        label="Note", max_length=WORDS, widget=forms.Textarea(attrs={"rows": 2}), required=False
    )
    next_at = Moment(
        label="Next try, if not reached",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
        required=False,
        input_formats=["%Y-%m-%dT%H:%M"],
    )


class AssessForm(Form):
    """The clinician's own assessment."""

    tool = forms.CharField(
        label="What you used",
        help_text="A conversation, or the name of an interview.",
        max_length=200,
    )
    judgement = forms.CharField(
        label="Your judgment, in your words",
        max_length=WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class PlanForm(Form):
    """What was agreed."""

    steps = forms.CharField(
        label="What was agreed",
        help_text="Who does what; the safety plan, if one was made.",
        max_length=WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    follow_up_on = forms.DateField(
        label="Follow up on", widget=forms.DateInput(attrs={"type": "date"})
    )
    visit_at = Moment(
        label="Next visit, if one is booked",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
        required=False,
        input_formats=["%Y-%m-%dT%H:%M"],
    )


class SignForm(Form):
    """That an assessment and a plan still hold for the same answer."""

    judgement = forms.CharField(
        label="Your judgment, as it holds now",
        max_length=WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    steps = forms.CharField(
        label="What was agreed, as it holds now",
        max_length=WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    holds = forms.BooleanField(label="I have read today's answer, and this still holds")


class ReasonForm(Form):
    """Why it may be closed, or why closing without contact is right."""

    reason = forms.CharField(
        label="Reason", max_length=WORDS, widget=forms.Textarea(attrs={"rows": 3})
    )


class OfferForm(Form):
    """A licensed colleague; the concern changes hands only when they accept."""

    to = forms.ChoiceField(label="Offer it to")

    def __init__(self, *args: Any, colleagues: list[Colleague], **given: Any) -> None:
        super().__init__(*args, **given)
        choice = cast(forms.ChoiceField, self.fields["to"])
        choice.choices = [
            (str(one.membership), f"{one.name} ({role_name(one.role)})") for one in colleagues
        ]
