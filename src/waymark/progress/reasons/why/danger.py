"""An answer told of danger: nobody has it yet, or somebody does."""

from waymark.progress.reasons.reason import Attention, AttentionReason, Danger, Facts, Helps, Kind


def attention(facts: Facts) -> Attention | None:
    """Urgency 0 without an owner, 1 with one; None where no concern is open."""
    held = facts.danger
    if held is None:
        return None
    why = held.said + (f", and {held.others} more" if held.others else "")
    why += ", said to be a slip" if held.slip else ""
    if not held.owner:
        due = "No owner yet, due"
        return Attention(0, Kind.RISK, why, due, held.due_at, helps=Helps.OWNER, about=held.id)
    return _taken(held, why)


def _taken(held: Danger, why: str) -> Attention:
    taken = "You have taken it" if held.own else f"{held.owner} has taken it"
    by_day = held.follow_up_on if held.next_step_at is None else None
    return Attention(
        1,
        Kind.RISK,
        why,
        f"{taken}, follow-up on" if by_day else f"{taken}, next step",
        due_at=None if by_day else held.next_step_at or held.due_at,
        due_on=by_day,
        helps=Helps.ACCEPTING if held.offered else Helps.NOTHING,
        about=held.id,
    )


REASON = AttentionReason("danger", 10, attention)
