"""The client's own preferences: zone, number, and which ways of reaching them are safe."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from waymark.access.vocabulary import Action, Viewer
from waymark.interfaces.ui.forms import Form
from waymark.interfaces.ui.zones import ZoneField
from waymark.record.people import actions
from waymark.record.people.queries import contact_of
from waymark.record.tenancy.action import Invalid

if TYPE_CHECKING:
    from waymark.record.tenancy.named import Patient

WAYS = [
    ("call", _("Calling me")),
    ("voicemail", _("Leaving a voice message")),
    ("text", _("Sending a text")),
    ("post", _("Sending a letter")),
]
ONE_AT_A_TIME = [
    ("", _("Automatic: one at a time on a phone, all on a wide screen")),
    ("always", _("Always one at a time")),
    ("never", _("Always all on one page")),
]
SEXES = [("", _("Not said")), ("female", _("Female")), ("male", _("Male"))]


class PreferencesForm(Form):
    """Zone, number, safe ways; asked on the third welcome screen and under More."""

    zone = ZoneField(label=_("Your time zone"))
    phone = forms.CharField(label=_("Your phone number"), max_length=40, required=False)
    safe = forms.MultipleChoiceField(
        label=_("What is safe for you?"),
        help_text=_("Leave out what others at home might hear or see."),
        choices=WAYS,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    sex = forms.ChoiceField(
        label=_("Sex"),
        help_text=_("One questionnaire, about drinking, has different lines. You need not say."),
        choices=SEXES,
        required=False,
    )
    one_at_a_time = forms.ChoiceField(
        label=_("Show one question at a time"),
        choices=ONE_AT_A_TIME,
        widget=forms.RadioSelect,
        required=False,
    )


def preferences_of(viewer: Viewer, patient: "Patient") -> dict[str, Any]:
    """What is known now."""
    contact = contact_of(viewer, Action.SET_PREFERENCES, patient)
    safe = (contact and contact.safe) or {}
    return {
        "zone": patient.zone,
        "phone": (contact and contact.phone) or "",
        "safe": [way for way, allowed in safe.items() if allowed],
        "sex": patient.sex or "",
        "one_at_a_time": (contact and contact.one_at_a_time) or "",
    }


def saved(form: PreferencesForm, patient: "Patient", *, viewer: Viewer, at: datetime) -> bool:
    """Keep the preferences; False with the reason beside its field."""
    if not form.is_valid():
        return False
    given = form.cleaned_data
    try:
        actions.set_preferences(
            patient,
            zone=given["zone"],
            phone=given["phone"],
            safe={way: way in given["safe"] for way, _ in WAYS},
            sex=given["sex"] or None,
            one_at_a_time=given["one_at_a_time"] if "one_at_a_time" in form.data else None,
            by=viewer,
            at=at,
        )
    except Invalid as error:
        form.add_error(error.field, error.message)
        return False
    return True
