"""Days not clear: too little was answered, or the answers fit a change as well as none."""

from waymark.progress.days.daily import DailyVerdict
from waymark.progress.days.evidence import Days
from waymark.progress.signals.checkin_signal import About
from waymark.progress.signals.checkin_words import LEVEL_HOW, LEVEL_SOURCE
from waymark.progress.signals.signal import Signal, Tone, Verdict, Words


def judge(days: Days) -> bool:
    """Whether there is a window, and too little in it to tell: `daily.Changed.TOO_EARLY`."""
    return days.look is not None and days.look.verdict is DailyVerdict.TOO_EARLY


SIGNAL = Signal(
    id="days-not-clear",
    version=1,
    title="Daily answers not clear yet",
    looks=About.LEVEL,
    verdict=Verdict.TOO_EARLY,
    tone=Tone.INFO,
    judge=judge,
    to_client=Words(
        headline="It is too early to say whether {yours} have moved.",
        detail="{waits} So far: {answers}, {span}.",
        chip="Too early to say",
        how=LEVEL_HOW,
    ),
    to_clinician=Words(
        headline="{Name}: too early to say whether daily answers changed.",
        detail="{waits} {figures}{answers}, {span}.",
        chip="Daily answers: too early",
    ),
    source=LEVEL_SOURCE,
)
