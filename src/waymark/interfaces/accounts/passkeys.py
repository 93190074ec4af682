"""Answers of passkeys, taken apart with care: whoever sends one may send anything at all."""

import struct
from collections.abc import Callable
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from allauth.mfa.webauthn.internal import auth as webauthn
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

BROKEN = (AttributeError, LookupError, TypeError, ValueError, RecursionError, struct.error)
NO_ANSWER = _("That was no answer of a passkey. Please try once more.")


class Credential(forms.JSONField):
    """The answer as it comes: of brackets within brackets without end, nothing is read."""

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except RecursionError as error:
            raise ValidationError(NO_ANSWER) from error

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What stands in the form again: an answer is good once, and never handed back."""
        return initial


def _answer() -> Credential:
    return Credential(required=True, widget=forms.HiddenInput)


def _taken_apart(parse: Callable[[Any], Any], answer: Any) -> Any:
    """The answer as fido2 reads it. Raises ValidationError where there is nothing to read."""
    try:
        found = parse(answer)
    except BROKEN as error:
        raise ValidationError(NO_ANSWER) from error
    if found is None:
        raise ValidationError(NO_ANSWER)
    return found


def asked_its_owner(answer: Any) -> bool:
    """Whether the passkey saw a finger, a face or a PIN. Raises ValidationError."""
    found = _taken_apart(webauthn.parse_authentication_response, answer)
    return bool(found.response.authenticator_data.is_user_verified())


class StepForm(AuthenticateWebAuthnForm):  # type: ignore[misc]  # -- allauth ships no types
    """A passkey as the second step: a touch is enough, for the password came before."""

    credential = _answer()

    def clean_credential(self) -> Any:
        _taken_apart(webauthn.parse_authentication_response, self.cleaned_data["credential"])
        return super().clean_credential()


class ConfirmForm(ReauthenticateWebAuthnForm):  # type: ignore[misc]  # -- allauth ships no types
    """A passkey to confirm that it is still the same person."""

    credential = _answer()

    def clean_credential(self) -> Any:
        _taken_apart(webauthn.parse_authentication_response, self.cleaned_data["credential"])
        return super().clean_credential()


class PasskeyForm(LoginWebAuthnForm):  # type: ignore[misc]  # -- allauth ships no types
    """A passkey in place of a password: it must have asked its owner, whatever it was asked.

    The challenge of a second step, where a touch is enough, waits in the same session.
    """

    credential = _answer()

    def clean_credential(self) -> Any:
        if not asked_its_owner(self.cleaned_data["credential"]):
            raise ValidationError(_("This key did not ask for your finger, face or PIN."))
        found = super().clean_credential()
        if not found.user.is_active:  # told like a key that nobody has
            raise get_adapter().validation_error("incorrect_code")
        return found


class AddForm(AddWebAuthnForm):  # type: ignore[misc]  # -- allauth ships no types
    """A new passkey."""

    credential = _answer()

    def clean(self) -> Any:
        if answer := self.cleaned_data.get("credential"):
            _taken_apart(webauthn.parse_registration_response, answer)
        return super().clean()
