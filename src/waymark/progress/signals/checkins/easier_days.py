"""Easier days: the last two weeks moved toward better, by enough and likely enough."""

from waymark.progress.days.evidence import Days
from waymark.progress.signals.checkin_signal import About
from waymark.progress.signals.checkin_words import LEVEL_FIGURES, LEVEL_HOW, LEVEL_SOURCE
from waymark.progress.signals.signal import Signal, Tone, Verdict, Words


def judge(days: Days) -> bool:
    """Whether the usual level moved toward the better end of the item by the rule of `daily`."""
    return days.moved(better=True)


SIGNAL = Signal(
    id="easier-days",
    version=1,
    title="Easier days",
    looks=About.LEVEL,
    verdict=Verdict.BETTER,
    tone=Tone.GOOD,
    judge=judge,
    to_client=Words(
        headline="{Yours} have {clearly} moved toward better.",
        detail=(
            "Your last two weeks stand {moved} than the two that we began with. We would be "
            "right about {sure_moved} times in 20. This rests on {answers}, {span}."
        ),
        chip="Easier days",
        how=LEVEL_HOW,
    ),
    to_clinician=Words(
        headline="{Name}: {Clear} change toward better in daily answers.",
        detail=LEVEL_FIGURES,
        chip="Daily answers: better",
    ),
    source=LEVEL_SOURCE,
)
