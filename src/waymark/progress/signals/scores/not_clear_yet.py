"""Not clear yet: all answers together do not say which way things go, or it is too soon."""

from waymark.progress.change.belief import BeliefVerdict
from waymark.progress.course.evidence import Evidence
from waymark.progress.course.whole_course import FIGURES, HOW
from waymark.progress.signals.score_signal import Looks
from waymark.progress.signals.signal import Signal, Tone, Verdict, Words


def judge(evidence: Evidence) -> bool:
    """Holds where the belief leaves it open, or it is too early and nothing speaks for worse."""
    held = evidence.together
    if held is None:
        return False
    unclear = held.judged.last.verdict is BeliefVerdict.TOO_EARLY
    waiting = evidence.too_early and held.judged.last.verdict is not BeliefVerdict.WORSE
    return unclear or waiting


SIGNAL = Signal(
    id="not-clear-yet",
    version=1,
    title="Not clear yet",
    looks=Looks.TOGETHER,
    verdict=Verdict.TOO_EARLY,
    tone=Tone.INFO,
    judge=judge,
    to_client=Words(
        headline="Taken together, {yours} do not say yet which way things go.",
        detail=(
            "One answer can stand far out by chance. This looks at all of them: {answers}, {span}."
        ),
        chip="All answers together: not clear yet",
        how=HOW,
    ),
    to_clinician=Words(
        headline="{Name}: too early to say by all scores together.",
        detail=FIGURES,
        chip="All scores: too early to say",
    ),
    source="Waymark: exact mixture of course shapes; docs/explanation/how-change-is-judged.md",
)
