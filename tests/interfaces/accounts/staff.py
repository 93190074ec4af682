"""Ben, outside the demo: he signs in with a password and an app, a passkey, or a recovery code."""

import json
from dataclasses import dataclass, field
from typing import Any

from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp

from tests.interfaces.accounts.doing import Browser
from tests.interfaces.accounts.keys import STEP, SoftKey, app_code, challenge_in

BEN = "ben@clinic.example"
SECOND_STEP = "/account/second-step/"
PASSKEY_IN = "/account/passkeys/sign-in/"
NOON_SECOND = 1_772_550_000 // STEP * STEP + 10  # ten seconds into a step


@dataclass
class StoppedTime:
    """What the authenticator app and the portal take for the time of day, in seconds."""

    second: float = NOON_SECOND

    def time(self) -> float:
        return self.second


@dataclass
class Owner:
    """An account with everything that can be a second factor."""

    account: Any
    watch: StoppedTime
    secret: str = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    key: SoftKey = field(default_factory=SoftKey)
    codes: list[str] = field(default_factory=list)

    def enrolls(self, *, resident: bool = True) -> "Owner":
        """As the pages do it, but for the typing."""
        totp.TOTP.activate(self.account, self.secret)
        self.codes = RecoveryCodes.activate(self.account).get_unused_codes()
        add_key(self.account, self.key, resident=resident)
        return self

    @property
    def code(self) -> str:
        return app_code(self.secret, self.watch.second)

    @property
    def handle(self) -> str:
        return str(user_pk_to_url_str(self.account))

    def passes_both(self, browser: Browser) -> Browser:
        """Signs in properly: password, then the app."""
        browser.signs_in(BEN)
        browser.sends(SECOND_STEP, code=self.code)
        return browser


def add_key(account: Any, key: SoftKey, *, resident: bool = True) -> Authenticator:
    """Put a passkey into the table, as adding it on the page does."""
    options = {"challenge": "AAAA"}
    return Authenticator.objects.create(
        user=account,
        type=Authenticator.Type.WEBAUTHN,
        data={"name": "key", "credential": json.loads(key.is_added(options, resident=resident))},
    )


def key_challenge(browser: Browser) -> dict[str, Any]:
    """What the sign-in page asks of a passkey."""
    asked = browser.opens(PASSKEY_IN, HTTP_X_REQUESTED_WITH="XMLHttpRequest").json()
    return dict(asked["request_options"]["publicKey"])


def step_challenge(browser: Browser) -> dict[str, Any]:
    """What the second step asks of a passkey."""
    return challenge_in(browser.opens(SECOND_STEP).content.decode())
