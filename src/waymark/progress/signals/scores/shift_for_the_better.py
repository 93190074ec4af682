"""Shift for the better: much of a move toward better came at one point."""

from waymark.progress.change.belief import BeliefVerdict
from waymark.progress.course.evidence import Evidence
from waymark.progress.course.whole_course import EVEN, HOW
from waymark.progress.signals.score_signal import Looks
from waymark.progress.signals.signal import Signal, Tone, Verdict, Words


def judge(evidence: Evidence) -> bool:
    """Holds where the belief says improved and a sudden shift is more likely than none."""
    held = evidence.together
    if held is None or evidence.too_early or held.judged.last.verdict is not BeliefVerdict.IMPROVED:
        return False
    return held.judged.shift.found and held.judged.shift.p_shift >= EVEN


SIGNAL = Signal(
    id="shift-for-the-better",
    version=1,
    title="Shift for the better",
    looks=Looks.MOMENT,
    verdict=Verdict.BETTER,
    tone=Tone.GOOD,
    judge=judge,
    to_client=Words(
        headline="Much of the move in {yours} seems to have come at one point, {around}.",
        detail=(
            "It was likely {between}. We cannot tell what brought it. If you know what was "
            "different then, it may be worth keeping. It rests on {answers}, {span}."
        ),
        chip="A shift {around}",
        how=HOW,
    ),
    to_clinician=Words(
        headline="{Name}: a shift of {step} points {around}, probability {p_shift}.",
        detail="Four times in five {between}. It is no proof of a cause. {sudden}",
        chip="Shift {around}",
    ),
    source="Waymark: exact mixture of course shapes; docs/explanation/how-change-is-judged.md",
)
