"""Putting a message into the outbox, and taking it out again by lease."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from waymark.record.outbox.models import Kind, Message, State

LEASE = timedelta(minutes=2)
MOST_TRIES = 10
LONGEST_WAIT = timedelta(hours=6)


def put(
    kind: Kind,
    *,
    at: datetime,
    clinic: UUID | None = None,
    account: UUID | None = None,
    invitation: UUID | None = None,
) -> Message:
    """Write a message in the caller's transaction: it goes out if, and only if, that commits."""
    return Message.objects.create(
        kind=kind,
        clinic=clinic,
        account=account,
        invitation=invitation,
        made_at=at,
        next_try_at=at,
    )


def lease(*, at: datetime, most: int = 20) -> list[Message]:
    """Take up to ``most`` messages that are due; nobody else gets them while the lease runs."""
    free = Q(leased_until=None) | Q(leased_until__lte=at)
    with transaction.atomic():
        due = Message.objects.filter(free, state=State.WAITING, next_try_at__lte=at)
        taken = list(due.select_for_update().order_by("pk")[:most])
        Message.objects.filter(pk__in=[message.pk for message in taken]).update(
            leased_until=at + LEASE
        )
    return taken


def sent(message: Message, *, at: datetime) -> None:
    """The provider took it; that is not delivery, and the board in the app stays the truth."""
    Message.objects.filter(pk=message.pk).update(
        state=State.SENT, sent_at=at, leased_until=None, trouble=""
    )


def not_sent(message: Message, *, at: datetime, trouble: str) -> None:
    """Try again later, each time twice as long; after the last try it is dead and shown."""
    tries = message.tries + 1
    wait = min(timedelta(minutes=2**tries), LONGEST_WAIT)
    Message.objects.filter(pk=message.pk).update(
        tries=tries,
        state=State.DEAD if tries >= MOST_TRIES else State.WAITING,
        next_try_at=at + wait,
        leased_until=None,
        trouble=trouble[:60],
    )
