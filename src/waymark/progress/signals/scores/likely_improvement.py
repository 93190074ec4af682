"""Likely improvement: all answers together point to a real move toward better."""

from waymark.progress.change.belief import BeliefVerdict
from waymark.progress.course.evidence import Evidence
from waymark.progress.course.whole_course import FIGURES, HOW
from waymark.progress.signals.score_signal import Looks
from waymark.progress.signals.signal import Signal, Tone, Verdict, Words


def judge(evidence: Evidence) -> bool:
    """Holds where the belief in all scores says improved and the rule is not too early."""
    held = evidence.together
    if held is None or evidence.too_early:
        return False
    return held.judged.last.verdict is BeliefVerdict.IMPROVED


SIGNAL = Signal(
    id="likely-improvement",
    version=1,
    title="Likely improvement",
    looks=Looks.TOGETHER,
    verdict=Verdict.BETTER,
    tone=Tone.GOOD,
    judge=judge,
    to_client=Words(
        headline="Taken together, {yours} point to a real move toward better.",
        detail=(
            "We would be right about {sure} times in 20. The move is likely {likely}.{small} This "
            "looks at all of them, not just the first and the last: {answers}, {span}."
        ),
        chip="All answers together: better",
        how=HOW,
    ),
    to_clinician=Words(
        headline="{Name}: improved by all scores together, probability {p}.",
        detail=FIGURES,
        chip="All scores: improved",
    ),
    source="Waymark: exact mixture of course shapes; docs/explanation/how-change-is-judged.md",
)
