"""Nothing presses: what the scores say, or that there are none yet. It always holds."""

from waymark.progress.reasons.reason import Attention, AttentionReason, Facts, Kind, said
from waymark.progress.signals.signal import Verdict


def attention(facts: Facts) -> Attention:
    """Urgency 5, or 6 where the first course is better; never None."""
    if not facts.courses:
        until = facts.waiting.lapses_at if facts.waiting else None
        by_when = "The first answers can come until" if until else ""
        return Attention(5, Kind.INFO, "Nothing answered yet", by_when, due_at=until)
    first = facts.courses[0].findings[0]
    good = first.verdict is Verdict.BETTER
    return Attention(6 if good else 5, Kind.GOOD if good else Kind.NONE, said(first))


REASON = AttentionReason("nothing-pressing", 90, attention)
