"""How the outbox is doing: what waits, what was given up."""

from dataclasses import dataclass
from datetime import datetime

from waymark.record.outbox.models import Message, State


@dataclass(frozen=True, slots=True)
class Standing:
    """The figures that readiness and the staff banner ask for."""

    waiting: int
    dead: int
    oldest: datetime | None


def standing() -> Standing:
    waiting = Message.objects.filter(state=State.WAITING)
    oldest = waiting.order_by("made_at").values_list("made_at", flat=True).first()
    return Standing(
        waiting=waiting.count(),
        dead=Message.objects.filter(state=State.DEAD).count(),
        oldest=oldest,
    )
