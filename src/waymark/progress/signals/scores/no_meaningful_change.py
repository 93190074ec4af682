"""No meaningful change: all answers together speak against a large move either way."""

from waymark.progress.change.belief import BeliefVerdict
from waymark.progress.course.evidence import Evidence
from waymark.progress.course.whole_course import FIGURES, HOW
from waymark.progress.signals.score_signal import Looks
from waymark.progress.signals.signal import Signal, Tone, Verdict, Words


def judge(evidence: Evidence) -> bool:
    """Holds where the belief in all scores says no change and the rule is not too early."""
    held = evidence.together
    if held is None or evidence.too_early:
        return False
    return held.judged.last.verdict is BeliefVerdict.NO_CHANGE


SIGNAL = Signal(
    id="no-meaningful-change",
    version=1,
    title="No meaningful change",
    looks=Looks.TOGETHER,
    verdict=Verdict.SAME,
    tone=Tone.PLAIN,
    judge=judge,
    to_client=Words(
        headline="Taken together, {yours} speak against a large move either way so far.",
        detail=(
            "A small one may be there. This looks at all of them, not just the first and the last: "
            "{answers}, {span}."
        ),
        chip="All answers together: no large move",
        how=HOW,
    ),
    to_clinician=Words(
        headline="{Name}: no meaningful change by all scores together.",
        detail=FIGURES,
        chip="All scores: no meaningful change",
    ),
    source="Waymark: exact mixture of course shapes; docs/explanation/how-change-is-judged.md",
)
