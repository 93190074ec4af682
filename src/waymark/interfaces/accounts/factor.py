"""Staff come in with a second factor, without exception outside the demo."""

from collections.abc import Callable

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from waymark.interfaces.accounts.expiry import STAFF, open_addresses

STRONG = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]  # recovery codes alone are none


class FactorMiddleware:
    """Sends staff without a second factor to the page that sets one up, and nowhere else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(_allowed()) and needs_factor(request):
            return redirect("factors")
        return self.get_response(request)


def needs_factor(request: HttpRequest) -> bool:
    """Whether this session belongs to staff and has no second factor yet."""
    if settings.WAYMARK_DEMO or not request.user.is_authenticated:
        return False
    return bool(request.session.get(STAFF, True)) and not is_mfa_enabled(request.user, STRONG)


def _allowed() -> tuple[str, ...]:
    names = (
        "factors",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_view_recovery_codes",
        "account_reauthenticate",
    )
    return (*open_addresses(), *(reverse(name) for name in names))
