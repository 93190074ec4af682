"""Return not clear: too little was answered or noted to say how fast the person comes back."""

from waymark.progress.days.evidence import Days
from waymark.progress.days.half_life import ReturnVerdict
from waymark.progress.signals.checkin_signal import About
from waymark.progress.signals.checkin_words import RETURN_HOW, RETURN_SOURCE
from waymark.progress.signals.signal import Signal, Tone, Verdict, Words


def judge(days: Days) -> bool:
    """Whether the two periods are compared, and too little is known: `ReturnVerdict.TOO_EARLY`."""
    return days.recovery is not None and days.recovery.verdict is ReturnVerdict.TOO_EARLY


SIGNAL = Signal(
    id="return-not-clear",
    version=1,
    title="Return from setbacks not clear yet",
    looks=About.RETURN,
    verdict=Verdict.TOO_EARLY,
    tone=Tone.INFO,
    judge=judge,
    to_client=Words(
        headline="It is too early to say how fast you come back from hard days.",
        detail=(
            "Two stretches of time are set side by side. This cannot be judged yet, because "
            "{because}. So far: {answers}, {span}."
        ),
        chip="Too early to say",
        how=RETURN_HOW,
    ),
    to_clinician=Words(
        headline="{Name}: return from setbacks not judged.",
        detail="Not judged, because {because}. {setbacks}; {answers}, {span}.",
        chip="Return: too early",
    ),
    source=RETURN_SOURCE,
)
