"""No reliable change: the answers stayed within their usual ups and downs."""

from waymark.progress.change.reliable_change import Category
from waymark.progress.course.evidence import Evidence
from waymark.progress.signals.score_signal import Looks
from waymark.progress.signals.signal import Signal, Tone, Verdict, Words


def judge(evidence: Evidence) -> bool:
    """Holds where the change is smaller than the reliable one: Jacobson and Truax (1991)."""
    return not evidence.too_early and evidence.category is Category.UNCHANGED


SIGNAL = Signal(
    id="no-reliable-change",
    version=1,
    title="No reliable change",
    looks=Looks.ENDS,
    verdict=Verdict.SAME,
    tone=Tone.PLAIN,
    judge=judge,
    to_client=Words(
        headline=(
            "{Yours} are within their usual ups and downs since {since}: {first} then, {last} now."
        ),
        detail=(
            "Moves {noise} can come from those ups and downs, so there is no clear change either "
            "way. It rests on {answers}, {span}. It does not mean that nothing is going on for you."
        ),
        chip="Usual ups and downs",
    ),
    to_clinician=Words(
        headline="{Name}: no reliable change, {first} to {last} ({change}).",
        detail="{figures} {basis}",
        chip="No reliable change",
    ),
    source="Jacobson & Truax 1991; published thresholds as each instrument names them",
)
