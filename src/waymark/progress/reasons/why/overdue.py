"""Something has waited for answers for a week or more."""

from waymark.library.instruments import INSTRUMENTS
from waymark.progress.reasons.reason import Attention, AttentionReason, Facts, Helps, Kind, by_then


def attention(facts: Facts) -> Attention | None:
    """Urgency 4; None where nothing has waited for a week."""
    held = facts.waiting
    if held is None or not held.overdue:
        return None
    title = INSTRUMENTS[held.instrument].title
    # Begun by oneself, and asked for by a rule since then: it waits without an end.
    latest = held.lapses_on or facts.today
    return Attention(
        4,
        Kind.INFO,
        f"{title} has waited since {held.since:%b} {held.since.day}",
        f"Ask about it: {by_then(latest, today=facts.today)}",
        due_at=held.lapses_at,
        helps=Helps.REMINDER,
    )


REASON = AttentionReason("overdue", 80, attention)
