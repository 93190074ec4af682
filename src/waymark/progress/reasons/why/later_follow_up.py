"""A concern was closed, and what was agreed then is more than a week ahead: no reason to wait
with what presses now."""

from waymark.progress.reasons.reason import Attention, AttentionReason, Facts, to_follow_up


def attention(facts: Facts) -> Attention | None:
    """Urgency 4; None where nothing is agreed."""
    return to_follow_up(4, facts.follow_up) if facts.follow_up else None


REASON = AttentionReason("later-follow-up", 85, attention)
