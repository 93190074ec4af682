"""Reliable deterioration: the answers moved toward worse by more than their usual ups and downs."""

from waymark.progress.change.reliable_change import Category
from waymark.progress.course.evidence import Evidence
from waymark.progress.signals.score_signal import Looks
from waymark.progress.signals.signal import Signal, Tone, Verdict, Words

WORSE = frozenset({Category.DETERIORATED, Category.HARMED})


def judge(evidence: Evidence) -> bool:
    """Holds where the change is reliably for the worse, whether or not it crossed the cut-off."""
    return not evidence.too_early and evidence.category in WORSE


SIGNAL = Signal(
    id="reliable-deterioration",
    version=1,
    title="Reliable deterioration",
    looks=Looks.ENDS,
    verdict=Verdict.WORSE,
    tone=Tone.WATCH,
    judge=judge,
    to_client=Words(
        headline="{Yours} are clearly {way} than {than}: {first} then, {last} now.",
        detail=(
            "{Better} is better here, so by your own answers this is a harder time. Moves {noise} "
            "can come from the usual ups and downs, and this is more. It rests on {answers}, "
            "{span}. Many people have a stretch like this on the way. Sometimes it also means "
            "that the therapy needs to change."
        ),
        chip="Clearly {way} than before",
    ),
    to_clinician=Words(
        headline="{Name}: reliable deterioration, {first} to {last} ({change}).",
        detail="{figures} {basis}",
        chip="Reliable deterioration",
    ),
    source="Jacobson & Truax 1991; published thresholds as each instrument names them",
)
