"""Sending the outbox: looks up the address, writes the content-free text, notes what became.

At least once: a mail server that took a message and fell silent before saying so is given it again.
It is the same message then, with the same Message-ID, and mailboxes show such a one once.
"""

import logging
from datetime import datetime, timedelta
from time import monotonic
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext

from waymark.access.vocabulary import Action, system
from waymark.record.checkins.reminding import link_to_stop, still_wanted
from waymark.record.outbox.actions import Letter, lease, not_sent, not_wanted, sent
from waymark.record.outbox.kind import Kind
from waymark.record.outbox.words import WORDS
from waymark.record.people.addresses import is_address
from waymark.record.people.queries import (
    address_of_account,
    address_of_invitation,
    clinic_by,
    link_of_email,
    link_of_invitation,
    link_of_reset,
    login_of_account,
)
from waymark.record.safety.queries import outside_backup
from waymark.record.tenancy.action import reading

log = logging.getLogger("waymark.worker")
NO_CLINIC = UUID(int=0)
A_ROUND = timedelta(seconds=30)  # then the worker beats again, however slow the mail server is
MOST_A_ROUND = 50


def send_waiting(*, at: datetime) -> int:
    """Send what is due; returns how many were taken by the mail server.

    Each letter is leased when its turn comes: one that waits behind a slow one stays free.
    """
    begun, taken = monotonic(), 0
    for _ in range(MOST_A_ROUND):
        gone = timedelta(seconds=monotonic() - begun)
        letters = lease(at=at + gone, most=1) if gone < A_ROUND else []
        if not letters:
            break
        taken += _send(letters[0], at=at + gone)
    return taken


def _send(letter: Letter, *, at: datetime) -> bool:
    try:
        ends = _last_line(letter, at=at)
        if ends is None:
            not_wanted(letter)
            return False
        to = _address(letter, at=at)
        if not to:
            sent(letter, at=at)  # nobody to mail: the board in the app is the truth
            return False
        _mail(letter, to, ends=ends).send(fail_silently=False)
    except Exception as error:  # an address that cannot be one, too: it must not hold up others
        not_sent(letter, at=at, trouble=type(error).__name__)
        log.error("a letter (%s) did not leave: %s", letter.kind, type(error).__name__)
        return False
    sent(letter, at=at)
    return True


def _address(letter: Letter, *, at: datetime) -> str:
    """Where it goes. What stands there has to be one address, or nothing is sent at all."""
    found = _written(letter, at=at)
    if found and not is_address(found):
        raise ValueError("this is no address, or more than one")
    return found


def _written(letter: Letter, *, at: datetime) -> str:
    by = system(letter.clinic or NO_CLINIC)
    with reading(Action.RUN_CLOCK, by=by, at=at):
        if letter.account and letter.kind == Kind.CONFIRM_EMAIL:
            return login_of_account(letter.account)
        if letter.account:
            return address_of_account(letter.account)
        if letter.kind == Kind.REVIEW_NEEDED and letter.invitation:
            return outside_backup(letter.invitation)
        return address_of_invitation(letter.invitation) if letter.invitation else ""


def _last_line(letter: Letter, *, at: datetime) -> str | None:
    """The path by which letters of this kind are stopped, empty where they are not: None says that
    this one is not wanted any more, which is decided now, when it is sent."""
    if letter.kind != Kind.CHECK_IN or not letter.account:
        return ""
    by = system(letter.clinic or NO_CLINIC)
    with reading(Action.RUN_CLOCK, by=by, at=at):
        row = still_wanted(by, letter.account, at=at)
    return link_to_stop(row.pk) if row else None


def _mail(letter: Letter, to: str, *, ends: str = "") -> EmailMessage:
    subject, text = (gettext(words) for words in WORDS[letter.kind])
    clinic = clinic_by(letter.clinic) if letter.clinic else None
    portal, sender = _address_of_portal(clinic), settings.DEFAULT_FROM_EMAIL
    body, headers = f"{text}\n\n{portal}{_path(letter)}\n", {"Message-ID": _name(letter, sender)}
    if ends:
        body += "\n" + gettext("To stop these mails:") + f"\n{portal}{ends}\n"
        headers["List-Unsubscribe"] = f"<{portal}{ends}>"  # RFC 8058: one tap in a mail program
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return EmailMessage(subject, body, sender, [to], headers=headers)


def _name(letter: Letter, sender: str) -> str:
    """The same for every try of one letter, and telling nothing: not even how many there were."""
    digest = salted_hmac("waymark.message", str(letter.id), algorithm="sha256").hexdigest()
    return f"<{digest[:32]}@{sender.rpartition('@')[2].strip('>') or 'localhost'}>"


def _address_of_portal(clinic: object) -> str:
    return str(getattr(clinic, "address", "") or settings.WAYMARK_ADDRESS)


def _path(letter: Letter) -> str:
    if letter.kind == Kind.CONFIRM_EMAIL and letter.account:
        return link_of_email(letter.account)
    if letter.kind == Kind.RESET and letter.invitation:
        return link_of_reset(letter.invitation)
    if letter.kind == Kind.INVITATION and letter.invitation:
        return link_of_invitation(letter.invitation) or "/join/"
    return "/"
