"""Talk about it, the second stage of an early warning: days stood out, and then again."""

from waymark.progress.days.evidence import Days
from waymark.progress.signals.checkin_signal import About
from waymark.progress.signals.checkin_words import NO_ALARM, WARNING_HOW, WARNING_SOURCE
from waymark.progress.signals.signal import Signal, Tone, Verdict, Words


def judge(days: Days) -> bool:
    """Whether the watch reached the stage at which somebody is told: see `early_warning`."""
    return days.talk


SIGNAL = Signal(
    id="talk-about-it",
    version=1,
    title="Talk about it",
    looks=About.WARNING,
    verdict=Verdict.WORSE,
    tone=Tone.WATCH,
    judge=judge,
    to_client=Words(
        headline="Your days have been harder than your usual ones for a while now.",
        detail=(
            "Of late {yours} stood {worse} than on your usual days, and more than once. It may be "
            "the start of a harder time, or it may pass. This rests on {answers}, {span}."
        ),
        chip="Worth a talk",
        how=WARNING_HOW,
        next=(
            "Tell {person} about it before it grows. One way to begin: what has been harder, and "
            "what has helped before? {Person} can see this too."
        ),
    ),
    to_clinician=Words(
        headline="{Name}: harder than usual for this person, confirmed (second stage).",
        detail="{answers}, {span}. " + NO_ALARM,
        chip="Setback may be brewing",
        next=(
            "Ask within the week what has happened and what helped before. The client sees this "
            "too."
        ),
    ),
    source=WARNING_SOURCE,
)
