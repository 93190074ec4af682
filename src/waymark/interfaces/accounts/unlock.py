"""Opening a locked page where one stands: by password or passkey, with what was typed kept."""

import json
from typing import Any

from allauth.mfa.webauthn.internal import auth as webauthn
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from fido2.webauthn import UserVerificationRequirement

from waymark.interfaces import resubmission
from waymark.interfaces.accounts.passkeys import asked_its_owner
from waymark.record.people import actions

PASSWORD, CREDENTIAL, REPLAY = resubmission.UNLOCKING


def tried(request: HttpRequest) -> bool:
    """Whether the request brings a key to the lock."""
    return bool(request.POST.get(PASSWORD) or request.POST.get(CREDENTIAL))


def opens(request: HttpRequest) -> bool:
    """Whether the key is right: the account's own password, or one of its passkeys."""
    user: Any = request.user
    if request.POST.get(CREDENTIAL):
        return _passkey_opens(user, request.POST[CREDENTIAL])
    return actions.matches(user, request.POST[PASSWORD])


def _passkey_opens(user: Any, credential: str) -> bool:
    try:
        answer = json.loads(credential)
        if not asked_its_owner(answer):
            return False
        webauthn.complete_authentication(user, answer)
    except (ValueError, RecursionError, ValidationError):
        return False
    return True


def strip(request: HttpRequest) -> None:
    """Take the key out of the form, so that the view sees what was typed and nothing else."""
    resubmission.without(request, *resubmission.UNLOCKING, resubmission.FILE)


def offer(request: HttpRequest) -> dict[str, Any]:
    """What the lock page needs: the held fields, and a passkey challenge if there are passkeys."""
    options = _challenge(request.user) if webauthn.get_credentials(request.user) else None
    return {
        "held": resubmission.carried(request),
        "file": resubmission.had_file(request),
        "replay": "post" if request.method == "POST" else "get",
        "js_data": {"request_options": options} if options else None,
    }


def _challenge(user: Any) -> dict[str, Any]:
    options, state = webauthn.get_server().authenticate_begin(
        credentials=webauthn.get_credentials(user),
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    webauthn.set_state(state)
    return dict(options)
