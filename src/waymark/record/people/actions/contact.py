"""Contact details, preferences, consents and the welcome."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import available_timezones

from django.utils.translation import gettext as _

from waymark.access.vocabulary import Action, Viewer
from waymark.record.people.models import Consent, Contact
from waymark.record.people.newcomers import Newcomer, Roll, check_email, check_phone
from waymark.record.people.roster import known_already
from waymark.record.tenancy.action import Invalid, action
from waymark.record.tenancy.models import Patient

WAYS = ("call", "voicemail", "text", "post")
ONE_AT_A_TIME = ("", "always", "never")


@action(Action.MANAGE_CONTACT)
def set_contact(
    patient: Patient,
    *,
    values: Mapping[str, Any],
    number: str | None = None,
    by: Viewer,
    at: datetime,
) -> Contact:
    """What staff write down: e-mail, phone, emergency contact, usual location, what is safe.

    ``number`` is the clinic's own number for the patient, by which imports find them; None leaves
    it as it is.
    """
    allowed = {"email", "phone", "safe", "emergency", "location"}
    contact = _changed(patient, {k: v for k, v in values.items() if k in allowed}, at=at)
    if number is not None:
        _check_free(patient, number, by=by)
        patient.number = number.strip() or None
        patient.save(update_fields=["number"])
    return contact


def _check_free(patient: Patient, number: str, *, by: Viewer) -> None:
    """Imports find a client by the clinic's own number: two never have the same."""
    others = [one for one in known_already(by) if one.id != patient.pk]
    Roll(others).check(Newcomer(patient.name, adult=True, number=" ".join(number.split())))


@action(Action.SET_PREFERENCES)
def set_preferences(  # noqa: PLR0913 -- one form is one act, and one line of the log
    patient: Patient,
    *,
    zone: str,
    phone: str,
    safe: Mapping[str, bool],
    sex: str | None = None,
    one_at_a_time: str | None = None,
    by: Viewer,
    at: datetime,
) -> Patient:
    """The client's own zone, number, which ways of reaching them are safe, and how they are asked.

    ``one_at_a_time`` is one of `ONE_AT_A_TIME`, empty for as the screen is wide; None leaves it.
    """
    if one_at_a_time not in {None, *ONE_AT_A_TIME}:
        raise Invalid("one_at_a_time", _("Choose one of the three."))
    if zone not in available_timezones():
        raise Invalid("zone", _("Choose a time zone from the list."))
    contact = _changed(patient, {"phone": phone.strip(), "safe": dict(safe)}, at=at)
    if one_at_a_time is not None:
        contact.one_at_a_time = one_at_a_time
        contact.save(update_fields=["one_at_a_time"])
    patient.zone, patient.sex = zone, sex
    patient.save(update_fields=["zone", "sex"])
    return patient


def _changed(patient: Patient, values: Mapping[str, Any], *, at: datetime) -> Contact:
    check_email(str(values.get("email") or ""))
    check_phone(str(values.get("phone") or ""))
    contact = Contact.objects.filter(patient=patient).first()
    contact = contact or Contact(patient=patient, clinic_id=patient.clinic_id)
    for name, value in values.items():
        setattr(contact, name, value or None)
    contact.changed_at = at
    contact.save()
    return contact


@action(Action.SET_PREFERENCES)
def welcomed(patient: Patient, *, screen: int, by: Viewer, at: datetime) -> Patient:
    """How far the welcome was seen; it can stop and go on later."""
    if screen > patient.welcomed:
        patient.welcomed = min(screen, 4)
        patient.save(update_fields=["welcomed"])
    return patient


@action(Action.GIVE_CONSENT)
def consent(patient: Patient, *, about: str, version: int, by: Viewer, at: datetime) -> Consent:
    """Write down what was agreed to, in which wording."""
    held = Consent.objects.filter(about=about, version=version, withdrawn_at=None).first()
    return held or Consent.objects.create(
        patient=patient, clinic_id=patient.clinic_id, about=about, version=version, given_at=at
    )


@action(Action.GIVE_CONSENT)
def withdraw_consent(patient: Patient, *, about: str, by: Viewer, at: datetime) -> int:
    """Take it back; returns how many were open."""
    return Consent.objects.filter(about=about, withdrawn_at=None).update(withdrawn_at=at)
