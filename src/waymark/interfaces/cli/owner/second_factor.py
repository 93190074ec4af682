"""Enrolling the first administrator's authenticator app in the terminal."""

from typing import Any

import click
import segno
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp

from waymark.interfaces.accounts.factor import STRONG
from waymark.record.tenancy.action import Invalid

MOST_TRIES = 5


def enroll(account: Any) -> str:
    """Show the secret as a QR code, take one code to prove it, and print the recovery codes."""
    if Authenticator.objects.filter(user=account, type__in=STRONG).exists():
        return ""
    secret = totp.generate_totp_secret()
    click.echo("\nYour second factor. Scan this with an authenticator app:")
    segno.make(get_adapter().build_totp_url(account, secret)).terminal(compact=True)
    click.echo(f"  or type this into the app: {secret}")
    for _ in range(MOST_TRIES):
        if totp.validate_totp_code(secret, click.prompt("  The six digits it shows").strip()):
            break
        click.secho("  Not that one. Wait for the next code and try again.", fg="yellow")
    else:
        raise Invalid("code", "The codes did not fit. Check the clock of your phone.")
    totp.TOTP.activate(account, secret)
    codes = RecoveryCodes.activate(account).get_unused_codes()
    click.echo("  For the day the phone is gone, keep these on paper; each works once:")
    click.echo("  " + "  ".join(codes))
    return "enrolled"
