"""How the outbox is doing: what waits, what was given up."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Max, Q, QuerySet

from waymark.record.outbox.kind import Kind
from waymark.record.outbox.models import Message, State
from waymark.record.prepared import Prepared

TRIED_IN_VAIN = 3  # in a quarter of an hour: once can happen to any mail server


def any_given_up() -> bool:
    """Whether some message was given up; asked on every staff page."""
    return bool(_dead())


@Prepared
def _dead() -> QuerySet[Message, int]:
    return Message.objects.filter(state=State.DEAD).values_list("pk", flat=True)[:1]


def stuck_letters() -> tuple[int, int]:
    """How many were tried again and again and did not leave, and how many of them were given up."""
    tried = Message.objects.filter(state=State.WAITING, tries__gte=TRIED_IN_VAIN).count()
    dead = Message.objects.filter(state=State.DEAD).count()
    return tried + dead, dead


def given_up(clinic: UUID, accounts: Iterable[UUID]) -> list[Message]:
    """Messages that were not sent after many tries: of a clinic, or to one of these accounts."""
    mine = Q(clinic=clinic) | Q(clinic=None, account__in=list(accounts))
    return list(Message.objects.filter(mine, state=State.DEAD).order_by("made_at"))


def last_left(
    clinics: Iterable[UUID], *, kind: Kind, sent: bool = False
) -> dict[tuple[UUID, UUID], datetime]:
    """When the newest such letter of a clinic to an account was made that left, or is on its way.

    One that nobody tried yet is on its way while the worker lives; one that was tried and did not
    leave is not, however often it is tried again, and a forgotten one tells nobody. ``sent``: those
    that left alone.
    """
    rows = Message.objects.filter(kind=kind, clinic__in=list(clinics))
    left = rows.filter(state=State.SENT)
    if not sent:
        left = left | rows.filter(state=State.WAITING, trouble="")
    found = left.values_list("clinic", "account").annotate(last=Max("made_at")).order_by()
    return {(clinic, account): last for clinic, account, last in found if clinic and account}


def told_something_due(accounts: Iterable[UUID]) -> dict[UUID, datetime]:
    """When each of these accounts was last written that something is ready for them."""
    rows = Message.objects.filter(kind=Kind.SOMETHING_DUE, account__in=list(accounts))
    found = rows.values_list("account").annotate(last=Max("made_at")).order_by()
    return {account: last for account, last in found if account}
