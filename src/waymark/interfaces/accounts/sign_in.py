"""allauth's views of signing in and of second factors, in the house's own templates."""

import json
from hashlib import sha256
from typing import Any

from allauth.account.forms import LoginForm, ReauthenticateForm
from allauth.account.views import LoginView, LogoutView, ReauthenticateView
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as CodeReauthenticateForm
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.base.views import IndexView as FactorsView
from allauth.mfa.base.views import ReauthenticateView as FactorReauthenticateView
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.utils import decrypt, encrypt
from allauth.mfa.webauthn.internal.auth import STATE_SESSION_KEY
from allauth.mfa.webauthn.views import (
    AddWebAuthnView,
    ListWebAuthnView,
    LoginWebAuthnView,
    ReauthenticateWebAuthnView,
    RemoveWebAuthnView,
)
from django import forms
from django.conf import settings
from django.core.cache import cache
from django.core.validators import MaxLengthValidator
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _

from waymark.interfaces.accounts.expiry import STAFF
from waymark.interfaces.accounts.passkeys import AddForm, ConfirmForm, PasskeyForm, StepForm
from waymark.interfaces.endpoint import public
from waymark.interfaces.ui.forms import Plain
from waymark.record.people.passwords import LONGEST

CHALLENGE = "challenge"  # of a passkey, before anybody is known
CHALLENGE_FOR = 300  # seconds


class PasskeySignIn(LoginWebAuthnView):  # type: ignore[misc]  # -- allauth ships no types
    """Asking for a challenge is open to anybody, so it makes no row: it waits in a signed cookie.

    A challenge is good for five minutes and opens once.
    """

    def get(self, request: HttpRequest, *args: Any, **given: Any) -> HttpResponse:
        response: HttpResponse = super().get(request, *args, **given)
        state = request.session.pop(STATE_SESSION_KEY, None)
        if state is not None:
            response.set_signed_cookie(
                CHALLENGE,
                json.dumps(state),
                salt=CHALLENGE,
                max_age=CHALLENGE_FOR,
                secure=bool(settings.SESSION_COOKIE_SECURE),
                httponly=True,
                samesite="Lax",
            )
        return response

    def post(self, request: HttpRequest, *args: Any, **given: Any) -> HttpResponse:
        held = request.get_signed_cookie(
            CHALLENGE, default="", salt=CHALLENGE, max_age=CHALLENGE_FOR
        )
        if held and cache.add(f"{CHALLENGE}:{sha256(held.encode()).hexdigest()}", 1, CHALLENGE_FOR):
            request.session[STATE_SESSION_KEY] = json.loads(held)
        response: HttpResponse = super().post(request, *args, **given)
        request.session.pop(STATE_SESSION_KEY, None)
        response.delete_cookie(CHALLENGE)
        return response


class Short(Plain):
    """Of what is typed at the doors nothing is looked at before its length is known.

    allauth's own fields take any length.
    """

    def full_clean(self) -> None:
        for field in self.fields.values():
            if isinstance(field, forms.CharField) and field.max_length is None:
                field.max_length = LONGEST
                field.validators.append(MaxLengthValidator(LONGEST))
        super().full_clean()


class NameForm(Short, LoginForm):  # type: ignore[misc]  # -- allauth ships no types
    """A chosen name or an e-mail: as long as one may be; the stored index is no measure of it."""

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        looks = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        name = forms.CharField(
            label=_("Your sign-in name or e-mail"),
            max_length=120,
            widget=forms.TextInput(attrs=looks),
        )
        self.fields["login"] = name  # at the place of allauth's own
        self.fields["password"].widget.attrs.pop("placeholder", None)

    def _login_with_password(self, request: Any, redirect_url: Any, given: dict[str, Any]) -> Any:
        """The session notes that a password was given, and not the name that came with it."""
        nameless = {"password": given["password"]}
        return super()._login_with_password(request, redirect_url, nameless)


class CodeForm(Short, AuthenticateForm):  # type: ignore[misc]  # -- allauth ships no types
    """A code as the second step."""


class PasswordAgain(Short, ReauthenticateForm):  # type: ignore[misc]  # -- allauth ships no types
    """One's password, to confirm that it is still the same person."""


class CodeAgain(Short, CodeReauthenticateForm):  # type: ignore[misc]  # -- allauth ships no types
    """A code, to confirm that it is still the same person."""


class AppForm(Short, ActivateTOTPForm):  # type: ignore[misc]  # -- allauth ships no types
    """Setting up an app: until it is proven the secret waits in the session, sealed there too."""

    def __init__(self, *args: Any, **given: Any) -> None:
        session = context.request.session
        if waiting := session.get(SECRET_SESSION_KEY):
            session[SECRET_SESSION_KEY] = decrypt(waiting)
        super().__init__(*args, **given)
        session[SECRET_SESSION_KEY] = encrypt(self.secret)


class Factors(FactorsView):  # type: ignore[misc]  # -- allauth ships no types
    """The second factors of an account; the page tells staff why they need one."""

    def get_context_data(self, **given: Any) -> dict[str, Any]:
        staff = self.request.session.get(STAFF, True)
        return {**super().get_context_data(**given), "viewer_is_staff": staff}


def _view(kind: Any, template: str = "", **given: Any) -> Any:
    extra = {"template_name": f"accounts/{template}.html"} if template else {}
    return public(kind.as_view(**extra, **given))


urlpatterns = [
    path("sign-in/", _view(LoginView, "sign_in", form_class=NameForm), name="account_login"),
    path("sign-out/", _view(LogoutView, "sign_out"), name="account_logout"),
    path(
        "confirm/",
        _view(ReauthenticateView, "confirm", form_class=PasswordAgain),
        name="account_reauthenticate",
    ),
    path(
        "second-step/",
        _view(AuthenticateView, "second_step", form_class=CodeForm, webauthn_form_class=StepForm),
        name="mfa_authenticate",
    ),
    path(
        "confirm/code/",
        _view(FactorReauthenticateView, "confirm", form_class=CodeAgain),
        name="mfa_reauthenticate",
    ),
    path(
        "confirm/passkey/",
        _view(ReauthenticateWebAuthnView, "confirm_passkey", form_class=ConfirmForm),
        name="mfa_reauthenticate_webauthn",
    ),
    path("factors/", _view(Factors, "factors"), name="factors"),
    path("factors/all/", _view(Factors, "factors"), name="mfa_index"),
    path(
        "factors/app/",
        _view(ActivateTOTPView, "app_on", form_class=AppForm),
        name="mfa_activate_totp",
    ),
    path("factors/app/off/", _view(DeactivateTOTPView, "app_off"), name="mfa_deactivate_totp"),
    path("factors/codes/", _view(ViewRecoveryCodesView, "codes"), name="mfa_view_recovery_codes"),
    path(
        "factors/codes/new/",
        _view(GenerateRecoveryCodesView, "codes_new"),
        name="mfa_generate_recovery_codes",
    ),
    path("passkeys/", _view(ListWebAuthnView, "passkeys"), name="mfa_list_webauthn"),
    path(
        "passkeys/add/",
        _view(AddWebAuthnView, "passkey_add", form_class=AddForm),
        name="mfa_add_webauthn",
    ),
    path(
        "passkeys/<int:pk>/remove/",
        _view(RemoveWebAuthnView, "passkey_remove"),
        name="mfa_remove_webauthn",
    ),
    path(
        "passkeys/sign-in/",
        _view(PasskeySignIn, form_class=PasskeyForm),
        name="mfa_login_webauthn",
    ),
]
