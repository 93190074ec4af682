"""Reliable improvement: the answers moved toward better by more than their usual ups and downs."""

from waymark.progress.change.reliable_change import Category
from waymark.progress.course.evidence import Evidence
from waymark.progress.signals.score_signal import Looks
from waymark.progress.signals.signal import Signal, Tone, Verdict, Words


def judge(evidence: Evidence) -> bool:
    """Holds where the change is reliably for the better, short of the cut-off."""
    return not evidence.too_early and evidence.category is Category.IMPROVED


SIGNAL = Signal(
    id="reliable-improvement",
    version=1,
    title="Reliable improvement",
    looks=Looks.ENDS,
    verdict=Verdict.BETTER,
    tone=Tone.GOOD,
    judge=judge,
    to_client=Words(
        headline="{Yours} are clearly {way} than {than}: {first} then, {last} now.",
        detail=(
            "{Better} is better here. They have moved by {size}. Moves {noise} can come from the "
            "usual ups and downs, and this is more. It rests on {answers}, {span}."
        ),
        chip="Clear change",
    ),
    to_clinician=Words(
        headline="{Name}: reliable improvement, {first} to {last} ({change}).",
        detail="{figures} {basis}",
        chip="Reliable improvement",
    ),
    source="Jacobson & Truax 1991; published thresholds as each instrument names them",
)
