"""Somebody was invited, and has not joined yet."""

from waymark.progress.reasons.reason import Attention, AttentionReason, Facts, Helps, Kind

WHY = "Invited, has not joined yet"


def attention(facts: Facts) -> Attention | None:
    """Urgency 4; None for whoever has joined."""
    if facts.joined:
        return None
    held = facts.invited
    if held is None:
        return Attention(4, Kind.INFO, WHY, "There is no open invitation", helps=Helps.INVITATION)
    return Attention(
        4,
        Kind.INFO,
        WHY,
        "The invitation ended" if held.over else "The invitation works until",
        due_at=held.expires_at,
        helps=Helps.INVITATION,
        about=held.id,
        named="over" if held.over else "open",
    )


REASON = AttentionReason("invited", 50, attention)
