"""Larger hit: a setback lifts the answers more than it did, however fast they come back."""

from waymark.progress.days.evidence import Days
from waymark.progress.days.half_life import SURE
from waymark.progress.signals.checkin_signal import About
from waymark.progress.signals.checkin_words import HIT_FIGURES, HIT_HOW, RETURN_SOURCE
from waymark.progress.signals.signal import Signal, Tone, Verdict, Words


def judge(days: Days) -> bool:
    """Whether setbacks start larger than in the first period, at ``SURE`` or more."""
    found = days.recovery
    return found is not None and found.p_smaller is not None and found.p_smaller <= 1 - SURE


SIGNAL = Signal(
    id="larger-hit",
    version=1,
    title="Setbacks hit harder",
    looks=About.HIT,
    verdict=Verdict.WORSE,
    tone=Tone.WATCH,
    judge=judge,
    to_client=Words(
        headline="A hard day seems to hit you harder than before.",
        detail=(
            "A hard day used to move {yours} by {lift_before}. Now it is {lift_after}. We would be "
            "right about {sure_hit} times in 20. This rests on {answers}, {span}. It is nobody's "
            "fault, and it is worth a talk."
        ),
        chip="Hard days hit harder",
        how=HIT_HOW,
    ),
    to_clinician=Words(
        headline="{Name}: setbacks hit harder, probability {p_larger}.",
        detail=HIT_FIGURES,
        chip="Larger hit",
    ),
    source=RETURN_SOURCE,
)
