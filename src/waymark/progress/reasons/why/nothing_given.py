"""Somebody is in care, and there is nothing that they could answer."""

from waymark.progress.reasons.reason import (
    WEEK,
    Attention,
    AttentionReason,
    Facts,
    Helps,
    Kind,
    by_then,
)


def attention(facts: Facts) -> Attention | None:
    """Urgency 4; None where something was answered, waits or is given."""
    if facts.courses or facts.waiting is not None or facts.given:
        return None
    latest = facts.invited_on + WEEK
    what = f"Give a first measure: {by_then(latest, today=facts.today)}"
    return Attention(4, Kind.INFO, "Nothing is given yet", what, due_on=latest, helps=Helps.MEASURE)


REASON = AttentionReason("nothing-given", 70, attention)
