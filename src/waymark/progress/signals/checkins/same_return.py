"""Same return: the two half-lives are alike."""

from waymark.progress.days.evidence import Days
from waymark.progress.days.half_life import ReturnVerdict
from waymark.progress.signals.checkin_signal import About
from waymark.progress.signals.checkin_words import RETURN_FIGURES, RETURN_HOW, RETURN_SOURCE
from waymark.progress.signals.signal import Signal, Tone, Verdict, Words


def judge(days: Days) -> bool:
    """Whether the half-life of setbacks is the same in both periods: `ReturnVerdict.NO_CHANGE`."""
    return days.recovery is not None and days.recovery.verdict is ReturnVerdict.NO_CHANGE


SIGNAL = Signal(
    id="same-return",
    version=1,
    title="Same return from setbacks",
    looks=About.RETURN,
    verdict=Verdict.SAME,
    tone=Tone.PLAIN,
    judge=judge,
    to_client=Words(
        headline="You come back from hard days about as fast as before.",
        detail=(
            "Half of what a hard day does to {yours} is gone after {after}; it was {before}. This "
            "rests on {answers}, {span}."
        ),
        chip="Back as before",
        how=RETURN_HOW,
    ),
    to_clinician=Words(
        headline="{Name}: no change in the return from setbacks.",
        detail=RETURN_FIGURES,
        chip="Return unchanged",
    ),
    source=RETURN_SOURCE,
)
