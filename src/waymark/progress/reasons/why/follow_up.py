"""A concern was closed, and what was agreed then is to come within a week."""

from waymark.progress.reasons.reason import WEEK, Attention, AttentionReason, Facts, to_follow_up


def attention(facts: Facts) -> Attention | None:
    """Urgency 3; None where nothing is agreed, or not for this week."""
    held = facts.follow_up
    if held is None or held.on > facts.today + WEEK:
        return None
    return to_follow_up(3, held)


REASON = AttentionReason("follow-up", 15, attention)
