"""Something is harder by more than the ups and downs of the measure, on any scale."""

from waymark.progress.reasons.reason import Attention, AttentionReason, Facts, said, to_raise
from waymark.progress.telling.scores import is_harder


def attention(facts: Facts) -> Attention | None:
    """Urgency 2, or 5 once it was talked about; None where nothing got harder."""
    for course in facts.courses:
        harder = next((one for one in (*course.findings, *course.further) if is_harder(one)), None)
        if harder is not None:
            return to_raise(2, said(harder), course, "Raise it", today=facts.today)
    return None


REASON = AttentionReason("harder", 20, attention)
