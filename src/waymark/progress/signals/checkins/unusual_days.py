"""Unusual days, the first stage of an early warning: the last day stands out, nothing more."""

from waymark.progress.days.early_warning import Stage
from waymark.progress.days.evidence import Days
from waymark.progress.signals.checkin_signal import About
from waymark.progress.signals.checkin_words import NO_ALARM, WARNING_HOW, WARNING_SOURCE
from waymark.progress.signals.signal import Signal, Tone, Verdict, Words


def judge(days: Days) -> bool:
    """Whether the watch calls the newest days unusual, and not yet for talking about."""
    return days.watch.stage is Stage.UNUSUAL and not days.talk


SIGNAL = Signal(
    id="unusual-days",
    version=1,
    title="Unusual for you",
    looks=About.WARNING,
    verdict=Verdict.WORSE,
    tone=Tone.INFO,
    judge=judge,
    to_client=Words(
        headline="Your last days are unusual for you.",
        detail=(
            "Of late {yours} {apart}. That can pass by itself. This rests on {answers}, {span}."
        ),
        chip="Unusual for you",
        how=WARNING_HOW,
        next="You need not do anything. If it lasts, tell {person}. {Person} can see this too.",
    ),
    to_clinician=Words(
        headline="{Name}: unusual for this person of late (first stage).",
        detail="{answers}, {span}. " + NO_ALARM,
        chip="Unusual days",
        next="Wait for the second stage, or ask at the next contact. The client sees this too.",
    ),
    source=WARNING_SOURCE,
)
