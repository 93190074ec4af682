"""What allauth asks of the house: no public sign-up, sealed factors, mail through the outbox."""

import base64
import os
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.utils import user_pk_to_url_str
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from waymark.access.vocabulary import Event
from waymark.interfaces.accounts.known_browsers import known_browser
from waymark.interfaces.accounts.refusals import refused, refused_by_name
from waymark.interfaces.endpoint import now
from waymark.record.people.actions import factor_changed, matches
from waymark.record.vault.index import of_name
from waymark.record.vault.master import derived

NONCE = 12
OWN_TRIES = "5/300s/key"  # wrong passwords at a browser that the account knows
# What allauth would say in its own words, which name people by what stands in `index`.
SAID = {
    "account/messages/logged_out.txt": _("You are signed out."),
    "mfa/messages/totp_activated.txt": _("Your app is set up."),
    "mfa/messages/totp_deactivated.txt": _("The app is turned off."),
    "mfa/messages/webauthn_added.txt": _("Your passkey is added."),
    "mfa/messages/webauthn_removed.txt": _("The passkey is removed."),
}
PURPOSE = b"second factors"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # -- allauth ships no types
    """Accounts come from invitations alone."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": (
            _("That name and password do not match. Try again, or set a new one.")
        ),
        "incorrect_password": _("That was not your password."),
        "incorrect_code": _("That code does not fit. Wait for the next one and try again."),
        "too_many_login_attempts": _("Too many tries in a short time. Wait five minutes, please."),
        "rate_limited": _("Too many tries in a short time. Wait a minute, please."),
    }

    def is_open_for_signup(self, request: Any) -> bool:
        return False

    def send_notification_mail(self, template_prefix: str, user: Any, **given: Any) -> None:
        """A factor came, went or was renewed: told through the outbox, without content."""
        factor_changed(user, at=now())

    def add_message(
        self,
        request: Any,
        level: int,
        message_template: str | None = None,
        message_context: Any = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Only what is worth saying, in the words of the house."""
        if said := message or SAID.get(message_template or "", ""):
            messages.add_message(request, level, said)

    def reauthenticate(self, user: Any, password: str) -> bool:
        """By the account itself: allauth would look it up by its index, as if that were typed."""
        right = matches(user, password)
        if not right:
            refused(user, Event.WRONG_KEY)
        return right

    def pre_authenticate(self, request: Any, **credentials: Any) -> None:
        """Who is turned away because of too many tries stands in the log of the account."""
        try:
            if known_browser(request, of_name(str(credentials.get("username", "")))):
                self._counted_by_itself(request, **credentials)
            else:
                super().pre_authenticate(request, **credentials)
        except ValidationError:
            refused_by_name(str(credentials.get("username", "")), Event.TOO_MANY_TRIES)
            raise

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Who has a second factor confirms with it: a password alone takes none of them away."""
        methods = super().get_reauthentication_methods(user)
        return [one for one in methods if one["id"] != "reauthenticate"] or methods

    def _get_login_attempts_cache_key(self, request: Any, **credentials: Any) -> str:
        """One account, one count of wrong passwords, however its name is spelled.

        A browser that this account has signed in from is counted by itself: strangers who try
        passwords shut out strangers, and not the person at home.
        """
        name = of_name(str(credentials.get("username", "")))
        return f"{name}:{browser}" if (browser := known_browser(request, name)) else name

    def _counted_by_itself(self, request: Any, **credentials: Any) -> None:
        """At a browser that the account knows its own tries count, and nobody else's: strangers who
        share its address (a clinic, a mobile network) do not shut it out."""
        self._login_failed_rl_usage = ratelimit.consume(
            request,
            app="allauth.account",
            action="login_failed",
            key=self._get_login_attempts_cache_key(request, **credentials),
            config={"login_failed": OWN_TRIES},
        )
        if not self._login_failed_rl_usage:
            raise self.validation_error("too_many_login_attempts")


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # -- allauth ships no types
    """Second factors: their secrets are sealed, and they are shown under the sign-in name."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("That code does not fit. Wait for the next one and try again."),
    }

    def encrypt(self, text: str) -> str:
        nonce = os.urandom(NONCE)
        closed = AESGCM(derived("second factors")).encrypt(nonce, text.encode(), PURPOSE)
        return base64.b64encode(nonce + closed).decode()

    def decrypt(self, encrypted_text: str) -> str:
        held = base64.b64decode(encrypted_text)
        opened = AESGCM(derived("second factors")).decrypt(held[:NONCE], held[NONCE:], PURPOSE)
        return opened.decode()

    def get_totp_label(self, user: Any) -> str:
        return str(user.login)

    def get_totp_issuer(self) -> str:
        return str(settings.MFA_TOTP_ISSUER)

    def _get_user_identifier(self, user: Any) -> str:
        return str(user.login)

    def _get_site_name(self) -> str:
        return "Waymark"

    def get_public_key_credential_user_entity(self, user: Any) -> dict[str, Any]:
        name = str(user.login)
        return {"id": user_pk_to_url_str(user).encode(), "display_name": name, "name": name}
