"""Slower return: what a setback lifted stays longer than it did."""

from waymark.progress.days.evidence import Days
from waymark.progress.days.half_life import ReturnVerdict
from waymark.progress.signals.checkin_signal import About
from waymark.progress.signals.checkin_words import RETURN_FIGURES, RETURN_HOW, RETURN_SOURCE
from waymark.progress.signals.signal import Signal, Tone, Verdict, Words


def judge(days: Days) -> bool:
    """Whether the half-life of setbacks is longer than in the first period (SLOWER)."""
    return days.recovery is not None and days.recovery.verdict is ReturnVerdict.SLOWER


SIGNAL = Signal(
    id="slower-return",
    version=1,
    title="Slower return from setbacks",
    looks=About.RETURN,
    verdict=Verdict.WORSE,
    tone=Tone.WATCH,
    judge=judge,
    to_client=Words(
        headline="Hard days seem to stay with you longer than before.",
        detail=(
            "Half of what a hard day did to {yours} was gone after {before}. Now it takes {after}. "
            "We would be right about {sure_return} times in 20. This rests on {answers}, {span}. "
            "It is nobody's fault, and it is worth a talk."
        ),
        chip="Back later",
        how=RETURN_HOW,
    ),
    to_clinician=Words(
        headline="{Name}: slower return from setbacks, probability {p_slower}.",
        detail=RETURN_FIGURES,
        chip="Slower return",
    ),
    source=RETURN_SOURCE,
)
