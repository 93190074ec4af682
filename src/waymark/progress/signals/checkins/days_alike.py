"""Days alike: the answers speak against a change as large as the least that counts."""

from waymark.progress.days.daily import DailyVerdict
from waymark.progress.days.evidence import Days
from waymark.progress.signals.checkin_signal import About
from waymark.progress.signals.checkin_words import LEVEL_FIGURES, LEVEL_HOW, LEVEL_SOURCE
from waymark.progress.signals.signal import Signal, Tone, Verdict, Words


def judge(days: Days) -> bool:
    """Whether the window holds a usual level that did not change: `daily.Changed.NO_CHANGE`."""
    return days.look is not None and days.look.verdict is DailyVerdict.NO_CHANGE


SIGNAL = Signal(
    id="days-alike",
    version=1,
    title="No change seen in daily answers",
    looks=About.LEVEL,
    verdict=Verdict.SAME,
    tone=Tone.PLAIN,
    judge=judge,
    to_client=Words(
        headline="{Yours} show no large move so far.",
        detail=(
            "Your last two weeks look much like the two that we began with. Small moves may hide "
            "in the ups and downs of days. This rests on {answers}, {span}."
        ),
        chip="No large move",
        how=LEVEL_HOW,
    ),
    to_clinician=Words(
        headline="{Name}: no change seen in daily answers.",
        detail=LEVEL_FIGURES,
        chip="Daily answers: no change",
    ),
    source=LEVEL_SOURCE,
)
