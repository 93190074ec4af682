"""A score stands off the expected course, and nobody noted what they do about it."""

from waymark.progress.reasons.reason import WEEK, Attention, AttentionReason, Facts, Kind, by_then


def attention(facts: Facts) -> Attention | None:
    """Urgency 3: a flag says what it is worth, and waits until it is answered; else None."""
    for course in facts.courses:
        if course.ahead is None or course.ahead.flag is None:
            continue
        worth, latest = course.ahead.course.worth, course.last_day + WEEK
        known = f" ({worth.found} of {worth.flagged} flagged ended worse)" if worth else ""
        why = f"{course.title}: off the expected course{known}."
        what = f"Note what you do about it: {by_then(latest, today=facts.today)}"
        return Attention(3, Kind.WATCH, why, what, due_on=latest)
    return None


REASON = AttentionReason("off-course", 30, attention)
