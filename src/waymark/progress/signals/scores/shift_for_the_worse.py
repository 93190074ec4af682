"""Shift for the worse: much of a harder time began at one point."""

from waymark.progress.change.belief import BeliefVerdict
from waymark.progress.course.evidence import Evidence
from waymark.progress.course.whole_course import EVEN, HOW
from waymark.progress.signals.score_signal import Looks
from waymark.progress.signals.signal import Signal, Tone, Verdict, Words


def judge(evidence: Evidence) -> bool:
    """Holds where the belief says worse and a sudden shift is more likely than none."""
    held = evidence.together
    if held is None or held.judged.last.verdict is not BeliefVerdict.WORSE:
        return False
    return held.judged.shift.found and held.judged.shift.p_shift >= EVEN


SIGNAL = Signal(
    id="shift-for-the-worse",
    version=1,
    title="Shift for the worse",
    looks=Looks.MOMENT,
    verdict=Verdict.WORSE,
    tone=Tone.WATCH,
    judge=judge,
    to_client=Words(
        headline="Much of the harder time in {yours} seems to have begun at one point, {around}.",
        detail=(
            "It was likely {between}. We cannot tell what brought it. It may help to say what was "
            "going on then. It rests on {answers}, {span}. Many people have a stretch like this on "
            "the way. Sometimes it also means that the therapy needs to change."
        ),
        chip="A harder time since {around}",
        how=HOW,
    ),
    to_clinician=Words(
        headline="{Name}: a shift of {step} points {around}, probability {p_shift}.",
        detail="Four times in five {between}. Ask what happened then. {sudden}",
        chip="Shift {around}",
    ),
    source="Waymark: exact mixture of course shapes; docs/explanation/how-change-is-judged.md",
)
