"""Harder days: the last two weeks moved toward worse, by enough and likely enough."""

from waymark.progress.days.evidence import Days
from waymark.progress.signals.checkin_signal import About
from waymark.progress.signals.checkin_words import LEVEL_FIGURES, LEVEL_HOW, LEVEL_SOURCE
from waymark.progress.signals.signal import Signal, Tone, Verdict, Words


def judge(days: Days) -> bool:
    """Whether the usual level moved toward the worse end of the item by the rule of `daily`."""
    return days.moved(better=False)


SIGNAL = Signal(
    id="harder-days",
    version=1,
    title="Harder days",
    looks=About.LEVEL,
    verdict=Verdict.WORSE,
    tone=Tone.WATCH,
    judge=judge,
    to_client=Words(
        headline="{Yours} have {clearly} moved toward a harder time.",
        detail=(
            "Your last two weeks stand {moved} than the two that we began with. We would be "
            "right about {sure_moved} times in 20. This rests on {answers}, {span}. Many people "
            "have a stretch like this on the way. Sometimes it also means that the therapy needs "
            "to change."
        ),
        chip="Harder days",
        how=LEVEL_HOW,
    ),
    to_clinician=Words(
        headline="{Name}: {Clear} change toward worse in daily answers.",
        detail=LEVEL_FIGURES,
        chip="Daily answers: worse",
    ),
    source=LEVEL_SOURCE,
)
