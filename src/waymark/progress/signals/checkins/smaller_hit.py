"""Smaller hit: a setback lifts the answers less than it did, however fast they come back."""

from waymark.progress.days.evidence import Days
from waymark.progress.days.half_life import SURE
from waymark.progress.signals.checkin_signal import About
from waymark.progress.signals.checkin_words import HIT_FIGURES, HIT_HOW, RETURN_SOURCE
from waymark.progress.signals.signal import Signal, Tone, Verdict, Words


def judge(days: Days) -> bool:
    """Whether setbacks start smaller than in the first period, at ``SURE`` or more."""
    found = days.recovery
    return found is not None and found.p_smaller is not None and found.p_smaller >= SURE


SIGNAL = Signal(
    id="smaller-hit",
    version=1,
    title="Setbacks hit less",
    looks=About.HIT,
    verdict=Verdict.BETTER,
    tone=Tone.GOOD,
    judge=judge,
    to_client=Words(
        headline="A hard day seems to hit you less than before.",
        detail=(
            "A hard day used to move {yours} by {lift_before}. Now it is {lift_after}. We would be "
            "right about {sure_hit} times in 20. This rests on {answers}, {span}."
        ),
        chip="Hard days hit less",
        how=HIT_HOW,
    ),
    to_clinician=Words(
        headline="{Name}: setbacks hit less, probability {p_smaller}.",
        detail=HIT_FIGURES,
        chip="Smaller hit",
    ),
    source=RETURN_SOURCE,
)
