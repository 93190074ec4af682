"""Ending sessions: of one account, one of them, or all that are over."""

from datetime import datetime
from uuid import UUID

from waymark.record.sessions.models import SignedIn

A_SWEEP = 500  # rows at once: SQLite has one writer


def sessions_of(account: UUID) -> list[SignedIn]:
    """Every session of the account, found by an index."""
    return list(SignedIn.objects.filter(account=account))


def end_all(account: UUID) -> int:
    """Sign the account out everywhere; returns how many sessions there were."""
    gone, _ = SignedIn.objects.filter(account=account).delete()
    return gone


def sweep(*, at: datetime) -> int:
    """Remove some of those that are over; returns how many."""
    over = SignedIn.objects.filter(expire_date__lt=at).order_by("expire_date")
    gone, _ = SignedIn.objects.filter(
        pk__in=list(over.values_list("pk", flat=True)[:A_SWEEP])
    ).delete()
    return gone
