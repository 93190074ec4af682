"""What allauth asks of the house: no public sign-up, sealed factors, mail through the outbox."""

import base64
import os
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from waymark.interfaces.endpoint import now
from waymark.record.people.actions import factor_changed
from waymark.record.vault.master import derived

NONCE = 12
PURPOSE = b"second factors"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # -- allauth ships no types
    """Accounts come from invitations alone."""

    def is_open_for_signup(self, request: Any) -> bool:
        return False

    def send_notification_mail(self, *args: Any, **given: Any) -> None:
        """Told through the outbox instead (`FactorAdapter`), without content."""

    def get_client_ip(self, request: Any) -> str:
        return str(request.META.get("REMOTE_ADDR", ""))


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # -- allauth ships no types
    """Second factors: their secrets are sealed, and every change is told to the owner."""

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

    def send_notification_mail(self, template_prefix: str, user: Any, **given: Any) -> None:
        factor_changed(user, at=now())

    def _get_user_identifier(self, user: Any) -> str:
        return str(user.login)

    def _get_site_name(self) -> str:
        return "Waymark"

    def get_public_key_credential_user_entity(self, user: Any) -> dict[str, Any]:
        name = str(user.login)
        return {"id": user_pk_to_url_str(user).encode(), "display_name": name, "name": name}
