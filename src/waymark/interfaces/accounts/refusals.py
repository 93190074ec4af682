"""Failed ways in, each a line of the log: one place, and bounded, so that nobody floods the log."""

from typing import Any

from allauth.mfa.signals import authentication_failed
from django.core.cache import cache

from waymark.access.vocabulary import Event
from waymark.interfaces.endpoint import now
from waymark.record.audit.actions import OWN_WAY_IN
from waymark.record.outbox.actions import probe
from waymark.record.people import actions
from waymark.record.people.queries import account_by_login

MOST_A_MINUTE = 10  # lines for one account and one kind, each try its own
ROUND = frozenset({100, 1_000, 10_000, 100_000})  # beyond, a line that says how many it were


def refused(account: Any, event: Event) -> None:
    """Write it down, if it is somebody's; else a write for a write, for time tells no names."""
    if account is None:
        probe(at=now())
    else:
        _write(account, event)


def refused_by_name(login: str, event: Event) -> None:
    """The same, for whoever signs in by this name."""
    refused(account_by_login(login), event)


def refused_nobody(event: Event) -> None:
    """The same for a way in that leads to no account: a line of the installation's own."""
    _write(None, event)


def _write(account: Any, event: Event) -> None:
    at = now()
    tries = _tries(f"refused:{account.pk if account else None}:{event}:{int(at.timestamp()) // 60}")
    if tries <= MOST_A_MINUTE:
        actions.way_in_refused(account, event, reason=OWN_WAY_IN, at=at)
    elif tries in ROUND:
        actions.way_in_refused(account, event, reason=f"{tries} tries within a minute", at=at)


def _tries(key: str) -> int:
    if cache.add(key, 1, 120):
        return 1
    try:
        return int(cache.incr(key))
    except ValueError:  # it went just now
        return 1


def _wrong_step(sender: Any, user: Any, **_: Any) -> None:
    refused(user, Event.WRONG_STEP)


authentication_failed.connect(_wrong_step, dispatch_uid="note-wrong-step")
