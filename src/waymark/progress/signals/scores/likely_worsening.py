"""Likely worsening: all answers together point to a harder time; named even in the first month."""

from waymark.progress.change.belief import BeliefVerdict
from waymark.progress.course.evidence import Evidence
from waymark.progress.course.whole_course import FIGURES, HOW
from waymark.progress.signals.score_signal import Looks
from waymark.progress.signals.signal import Signal, Tone, Verdict, Words


def judge(evidence: Evidence) -> bool:
    """Holds where the belief in all scores says worse, however early."""
    held = evidence.together
    return held is not None and held.judged.last.verdict is BeliefVerdict.WORSE


SIGNAL = Signal(
    id="likely-worsening",
    version=1,
    title="Likely worsening",
    looks=Looks.TOGETHER,
    verdict=Verdict.WORSE,
    tone=Tone.WATCH,
    judge=judge,
    to_client=Words(
        headline="Taken together, {yours} point to a harder time.",
        detail=(
            "We would be right about {sure} times in 20. The move is likely {likely}.{small} This "
            "looks at all of them: {answers}, {span}. Many people have a stretch like this on the "
            "way. Sometimes it also means that the therapy needs to change."
        ),
        chip="All answers together: harder",
        how=HOW,
    ),
    to_clinician=Words(
        headline="{Name}: worse by all scores together, probability {p}.",
        detail=FIGURES,
        chip="All scores: worse",
    ),
    source="Waymark: exact mixture of course shapes; docs/explanation/how-change-is-judged.md",
)
