"""allauth's views of signing in and of second factors, in the house's own templates."""

from typing import Any

from allauth.account.views import LoginView, LogoutView, ReauthenticateView
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.base.views import IndexView as FactorsView
from allauth.mfa.base.views import ReauthenticateView as FactorReauthenticateView
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import (
    AddWebAuthnView,
    ListWebAuthnView,
    LoginWebAuthnView,
    ReauthenticateWebAuthnView,
    RemoveWebAuthnView,
)
from django.urls import path

from waymark.interfaces.endpoint import public


def _view(kind: Any, template: str = "", **given: Any) -> Any:
    extra = {"template_name": f"accounts/{template}.html"} if template else {}
    return public(kind.as_view(**extra, **given))


urlpatterns = [
    path("sign-in/", _view(LoginView, "sign_in"), name="account_login"),
    path("sign-out/", _view(LogoutView, "sign_out"), name="account_logout"),
    path("confirm/", _view(ReauthenticateView, "confirm"), name="account_reauthenticate"),
    path("second-step/", _view(AuthenticateView, "second_step"), name="mfa_authenticate"),
    path("confirm/code/", _view(FactorReauthenticateView, "confirm"), name="mfa_reauthenticate"),
    path(
        "confirm/passkey/",
        _view(ReauthenticateWebAuthnView, "confirm_passkey"),
        name="mfa_reauthenticate_webauthn",
    ),
    path("factors/", _view(FactorsView, "factors"), name="factors"),
    path("factors/all/", _view(FactorsView, "factors"), name="mfa_index"),
    path("factors/app/", _view(ActivateTOTPView, "app_on"), name="mfa_activate_totp"),
    path("factors/app/off/", _view(DeactivateTOTPView, "app_off"), name="mfa_deactivate_totp"),
    path("factors/codes/", _view(ViewRecoveryCodesView, "codes"), name="mfa_view_recovery_codes"),
    path(
        "factors/codes/new/",
        _view(GenerateRecoveryCodesView, "codes_new"),
        name="mfa_generate_recovery_codes",
    ),
    path("passkeys/", _view(ListWebAuthnView, "passkeys"), name="mfa_list_webauthn"),
    path("passkeys/add/", _view(AddWebAuthnView, "passkey_add"), name="mfa_add_webauthn"),
    path(
        "passkeys/<int:pk>/remove/",
        _view(RemoveWebAuthnView, "passkey_remove"),
        name="mfa_remove_webauthn",
    ),
    path("passkeys/sign-in/", _view(LoginWebAuthnView), name="mfa_login_webauthn"),
]
