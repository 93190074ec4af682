"""Somebody has joined, and no time in care has begun."""

from waymark.progress.reasons.reason import Attention, AttentionReason, Facts, Helps, Kind


def attention(facts: Facts) -> Attention | None:
    """Urgency 4; None for whoever is in care."""
    if facts.in_care:
        return None
    begin = "Begin care on the day it begins"
    return Attention(4, Kind.INFO, "Not in care at present", begin, helps=Helps.CARE)


REASON = AttentionReason("not-in-care", 60, attention)
