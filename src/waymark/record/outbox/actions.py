"""Putting a message into the outbox, and taking it out again by lease."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from waymark.record.outbox.kind import Kind
from waymark.record.outbox.models import Beat, Message, State
from waymark.record.prepared import Prepared

LEASE = timedelta(minutes=2)
JUMP = timedelta(days=7)  # a machine that is switched off for a weekend is late, and not wrong
# A mail server may be away for a weekend and a holiday: two minutes, doubling up to six hours,
# are 8.5 hours after eight waits; eleven more keep a letter for 74 and a half.
MOST_TRIES = 20
LONGEST_WAIT = timedelta(hours=6)
KEPT_FOR = timedelta(days=180)  # a sent letter: who was told that something is ready, and when
A_SWEEP = 500  # rows at once: SQLite has one writer
# No letter is made to wait longer than that, and no lease runs longer than LEASE: a time beyond is
# not a fact but a clock that ran ahead, and binds nobody.


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


@dataclass(frozen=True, slots=True)
class Letter:
    """A message that was taken out to be sent: whom it is for, by id, and what kind it is."""

    id: int
    kind: Kind
    clinic: UUID | None
    account: UUID | None
    invitation: UUID | None
    tries: int
    leased_until: datetime | None = None


def lease(*, at: datetime, most: int = 20) -> list[Letter]:
    """Take up to ``most`` messages that are due; nobody else gets them while the lease runs."""
    free = Q(leased_until=None) | Q(leased_until__lte=at) | Q(leased_until__gt=at + LEASE)
    ripe = Q(next_try_at__lte=at) | Q(next_try_at__gt=at + LONGEST_WAIT)
    with transaction.atomic():
        due = Message.objects.filter(free, ripe, state=State.WAITING)
        taken = list(due.select_for_update().order_by("pk")[:most])
        Message.objects.filter(pk__in=[message.pk for message in taken]).update(
            leased_until=at + LEASE
        )
    return [_letter(message, at + LEASE) for message in taken]


def _letter(row: Message, until: datetime) -> Letter:
    kind = Kind(row.kind)
    return Letter(row.pk, kind, row.clinic, row.account, row.invitation, row.tries, until)


def sent(letter: Letter, *, at: datetime) -> None:
    """The provider took it; that is not delivery, and the board in the app stays the truth."""
    Message.objects.filter(pk=letter.id).update(
        state=State.SENT, sent_at=at, leased_until=None, trouble=""
    )


def not_wanted(letter: Letter) -> None:
    """What it was to say is over, or nobody asks for it any more: it is as if it was never put."""
    Message.objects.filter(pk=letter.id).delete()


def not_sent(letter: Letter, *, at: datetime, trouble: str) -> None:
    """Try again later, each time twice as long; after the last try it is dead and shown.

    Not if the lease went to somebody else meanwhile: what became of it is theirs to say.
    """
    tries = letter.tries + 1
    wait = min(timedelta(minutes=2**tries), LONGEST_WAIT)
    held = Message.objects.filter(pk=letter.id, state=State.WAITING)
    held.filter(leased_until=letter.leased_until).update(
        tries=tries,
        state=State.DEAD if tries >= MOST_TRIES else State.WAITING,
        next_try_at=at + wait,
        leased_until=None,
        trouble=trouble[:60],
    )


def sweep_letters(*, at: datetime) -> int:
    """Remove some of those that were sent long ago; returns how many."""
    old = Message.objects.filter(state=State.SENT, next_try_at__lt=at - KEPT_FOR)
    some = list(old.order_by("next_try_at").values_list("pk", flat=True)[:A_SWEEP])
    gone, _ = Message.objects.filter(pk__in=some).delete()
    return gone


def try_again(ids: Iterable[int], *, at: datetime) -> int:
    """Put given-up messages back, as if they were new; returns how many."""
    dead = Message.objects.filter(pk__in=list(ids), state=State.DEAD)
    return dead.update(state=State.WAITING, tries=0, next_try_at=at, trouble="", leased_until=None)


def let_be(ids: Iterable[int]) -> int:
    """Forget given-up messages that nobody will miss; returns how many."""
    gone, _ = Message.objects.filter(pk__in=list(ids), state=State.DEAD).delete()
    return gone


def beat(holder: str, *, at: datetime, lease: timedelta = LEASE) -> bool:
    """Take, or keep, the one place of the worker; False while another one holds it."""
    with transaction.atomic():
        row, made = Beat.objects.select_for_update().get_or_create(
            name="worker", defaults={"holder": holder, "beat_at": at}
        )
        if made:
            return True
        if row.holder != holder and abs(at - row.beat_at) < lease:
            return False
        row.holder, row.beat_at = holder, at
        row.save(update_fields=["holder", "beat_at"])
        return True


def let_go(holder: str) -> None:
    """The worker stops: the next one need not wait for the lease."""
    Beat.objects.filter(name="worker", holder=holder).delete()


def last_beat() -> datetime | None:
    """When the worker was last seen."""
    return next(iter(_beat(name="worker")), None)


@Prepared
def _beat(*, name: str) -> QuerySet[Beat, datetime]:
    return Beat.objects.filter(name=name).values_list("beat_at", flat=True)


def believe(*, at: datetime) -> None:
    """This moment is a fact from now on: the worker was there, or the owner says it is right."""
    known = _believed()
    if known is None or not timedelta() <= at - known < LEASE:  # not a write in every round
        Beat.objects.update_or_create(name="clock", defaults={"holder": "", "beat_at": at})


def clock_jumped(*, at: datetime) -> bool:
    """Whether the time is so far past what was last believed that nobody can know it is right.

    One machine has no other clock: it was away that long, or its time is wrong. The row outlives
    the worker, so that a restart in a wrong year is no new beginning.
    """
    known = _believed()
    return known is not None and at - known >= JUMP


def _believed() -> datetime | None:
    return next(iter(_beat(name="clock")), None)


def probe(*, at: datetime) -> None:
    """Write and remove one row: whether the database takes writes at all."""
    with transaction.atomic():
        Beat.objects.update_or_create(name="probe", defaults={"holder": "", "beat_at": at})
        Beat.objects.filter(name="probe").delete()


def worker_is_silent(*, at: datetime) -> bool:
    """Whether the worker has not been seen for longer than its lease, or is seen in the future."""
    seen = last_beat()
    return seen is None or abs(at - seen) > LEASE


def clock_ran_ahead(*, at: datetime) -> bool:
    """Whether the last beat lies in the future: the clock was ahead then, or is behind now."""
    seen = last_beat()
    return seen is not None and seen - at > LEASE
