"""Faster return: what a setback lifted is gone sooner than it was."""

from waymark.progress.days.evidence import Days
from waymark.progress.days.half_life import ReturnVerdict
from waymark.progress.signals.checkin_signal import About
from waymark.progress.signals.checkin_words import RETURN_FIGURES, RETURN_HOW, RETURN_SOURCE
from waymark.progress.signals.signal import Signal, Tone, Verdict, Words


def judge(days: Days) -> bool:
    """Whether the half-life of setbacks is shorter than in the first period (FASTER)."""
    return days.recovery is not None and days.recovery.verdict is ReturnVerdict.FASTER


SIGNAL = Signal(
    id="faster-return",
    version=1,
    title="Faster return from setbacks",
    looks=About.RETURN,
    verdict=Verdict.BETTER,
    tone=Tone.GOOD,
    judge=judge,
    to_client=Words(
        headline="Hard days seem to let go of you sooner than before.",
        detail=(
            "Half of what a hard day did to {yours} was gone after {before}. Now it is gone after "
            "{after}. We would be right about {sure_return} times in 20. This rests on {answers}, "
            "{span}."
        ),
        chip="Back sooner",
        how=RETURN_HOW,
    ),
    to_clinician=Words(
        headline="{Name}: faster return from setbacks, probability {p_faster}.",
        detail=RETURN_FIGURES,
        chip="Faster return",
    ),
    source=RETURN_SOURCE,
)
