"""The forms about clients and colleagues."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms

from waymark.access.vocabulary import Role
from waymark.interfaces.clinic.people.usual import UsualSet
from waymark.interfaces.clinic.uploading import FileForm
from waymark.interfaces.ui.forms import Form
from waymark.interfaces.ui.words import role_name
from waymark.record.people.newcomers import CALLED, LONGEST
from waymark.record.people.queries import Colleague

WAYS = [
    ("call", "Calling"),
    ("voicemail", "Leaving a voice message"),
    ("text", "Sending a text"),
    ("post", "Sending a letter"),
]
ROLES = [(role.value, role_name(role.value)) for role in Role if role.staff]


def ended(field: str) -> dict[str, Any]:
    """The end that the record sets to a text, in the record's own words."""
    return {
        "max_length": LONGEST[field],
        "error_messages": {
            "max_length": f"The {CALLED[field]} has more than {LONGEST[field]} characters."
        },
    }


def email_field(**given: Any) -> forms.CharField:
    """An address; what one is, the record says, for every way it comes in."""
    end = ended("email")
    errors = {**end["error_messages"], **given.pop("error_messages", {})}
    usual = {"label": "E-mail", "required": False, "widget": forms.EmailInput()}
    return forms.CharField(
        max_length=end["max_length"], error_messages=errors, **{**usual, **given}
    )


class PeopleField(forms.ChoiceField):
    """A choice of colleagues by membership."""

    def offer(self, people: Sequence[Colleague], *, empty: str = "") -> None:
        named = [(str(one.membership), f"{one.name} ({role_name(one.role)})") for one in people]
        self.choices = [*([("", empty)] if empty else []), *named]


class SetForm(Form):
    """By whom newcomers are treated, and whether the usual set waits for them."""

    clinician = PeopleField(label="Clinician", required=False)
    usual_set = forms.BooleanField(label="Give the usual set when they join", required=False)

    def __init__(
        self, *args: Any, clinicians: Sequence[Colleague], usual: UsualSet, **given: Any
    ) -> None:
        super().__init__(*args, **given)
        cast(PeopleField, self.fields["clinician"]).offer(clinicians, empty="Nobody yet")
        self.usual = usual
        if usual.given:
            self.fields["usual_set"].help_text = usual.words
        else:
            del self.fields["usual_set"]


class InviteForm(SetForm):
    """A new client, as far as one knows them."""

    name = forms.CharField(
        label="Name",
        help_text="As they like to be called.",
        max_length=LONGEST["name"],
        error_messages={
            **ended("name")["error_messages"],
            "required": "Write the client's name, as they like to be called.",
        },
    )
    adult = forms.BooleanField(
        label="This person is 18 or over",
        help_text="Waymark is for adults; minors need other consent and other care.",
        required=False,
    )
    email = email_field()
    phone = forms.CharField(label="Phone", required=False, **ended("phone"))
    number = forms.CharField(
        label="Your own number for them",
        help_text="By which lists that you bring in find them.",
        required=False,
        **ended("number"),
    )
    again = forms.BooleanField(label="This is another person", required=False)
    send = forms.BooleanField(
        label="Send the link by mail now", help_text="Else hand it over yourself.", required=False
    )


class ListForm(SetForm, FileForm):
    """Many clients from one file, with one clinician."""

    send = forms.BooleanField(
        label="Send each link by mail, where there is an e-mail",
        help_text="Else hand the slips over yourself.",
        required=False,
    )


class ContactForm(Form):
    """How to reach a client, safely."""

    email = email_field()
    phone = forms.CharField(label="Phone", max_length=40, required=False)
    safe = forms.MultipleChoiceField(
        label="What is safe", choices=WAYS, widget=forms.CheckboxSelectMultiple, required=False
    )
    emergency = forms.CharField(
        label="Emergency contact",
        help_text="Seen by staff only.",
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
        max_length=400,
    )
    location = forms.CharField(
        label="Where they usually are",
        help_text="For the day when somebody must find them.",
        max_length=300,
        required=False,
    )
    number = forms.CharField(label="Your own number for them", max_length=60, required=False)


class TeamForm(Form):
    """A clinician for the team."""

    clinician = PeopleField(label="Clinician")
    primary = forms.BooleanField(label="The main clinician from now on", required=False)

    def __init__(self, *args: Any, clinicians: Sequence[Colleague], **given: Any) -> None:
        super().__init__(*args, **given)
        cast(PeopleField, self.fields["clinician"]).offer(clinicians)


class RecruitForm(Form):
    """A colleague to be invited."""

    name = forms.CharField(
        label="Name", max_length=120, error_messages={"required": "Write their name."}
    )
    email = email_field(
        required=True,
        help_text="They sign in with it.",
        error_messages={"required": "Write their e-mail address; the link goes there."},
    )
    role = forms.ChoiceField(label="Role", choices=ROLES)
    licensed = forms.BooleanField(label="Licensed to treat clients", required=False)


class RoleForm(Form):
    """One more role for a colleague."""

    account = forms.ChoiceField(label="Colleague")
    role = forms.ChoiceField(label="Role", choices=ROLES)
    licensed = forms.BooleanField(label="Licensed to treat clients", required=False)

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **given: Any) -> None:
        super().__init__(*args, **given)
        cast(forms.ChoiceField, self.fields["account"]).choices = people


class SuccessorForm(Form):
    """Who takes over what a colleague answers for when an answer tells of danger."""

    successor = PeopleField(label="Who takes over", required=False)

    def __init__(
        self, *args: Any, duties: Sequence[str], others: Sequence[Colleague], **given: Any
    ) -> None:
        super().__init__(*args, **given)
        if not duties or not others:
            del self.fields["successor"]
            return
        field = cast(PeopleField, self.fields["successor"])
        field.help_text = f"They are {' and '.join(duties)} here. No duty is left without a person."
        field.offer(others, empty="Whoever comes next: the backup first")


class SupervisionForm(Form):
    """Who reads along with whom."""

    supervisor = PeopleField(label="Supervisor")
    supervisee = PeopleField(label="Clinician")

    def __init__(self, *args: Any, colleagues: Sequence[Colleague], **given: Any) -> None:
        super().__init__(*args, **given)
        for name, role in (("supervisor", Role.SUPERVISOR), ("supervisee", Role.CLINICIAN)):
            held = [one for one in colleagues if one.active and one.role is role]
            cast(PeopleField, self.fields[name]).offer(held)
