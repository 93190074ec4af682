"""Many answers, and no change beyond the ups and downs of the measure: the plan is looked at."""

from waymark.progress.reasons.reason import Attention, AttentionReason, Facts, said, to_raise
from waymark.progress.signals.signal import Verdict

MANY = 8
"""Answers after which a plan that moves nothing is looked at: two months of weekly ones."""


def attention(facts: Facts) -> Attention | None:
    """Urgency 3, or 5 once it was talked about; None where something moved, or is early."""
    for course in facts.courses:
        first = course.findings[0]
        if first.verdict is Verdict.SAME and first.evidence.n >= MANY:
            what = "Look at the plan together"
            return to_raise(3, said(first), course, what, today=facts.today)
    return None


REASON = AttentionReason("no-change", 40, attention)
