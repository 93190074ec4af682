"""Recovery: a reliable improvement that also crossed the case line to its better side."""

from waymark.progress.change.reliable_change import Category
from waymark.progress.course.evidence import Evidence
from waymark.progress.signals.score_signal import Looks
from waymark.progress.signals.signal import Signal, Tone, Verdict, Words


def judge(evidence: Evidence) -> bool:
    """Holds where the change is reliable and crossed the cut-off: Jacobson and Truax (1991)."""
    return not evidence.too_early and evidence.category is Category.RECOVERED


SIGNAL = Signal(
    id="recovery",
    version=1,
    title="Recovery",
    looks=Looks.ENDS,
    verdict=Verdict.BETTER,
    tone=Tone.GOOD,
    judge=judge,
    to_client=Words(
        headline="{Yours} are clearly {way} than {than}: {first} then, {last} now.",
        detail=(
            "{Better} is better here. They have moved by {size}. Moves {noise} can come from the "
            "usual ups and downs, and this is more. The last one is {beyond}, a line many "
            "services use. It rests on {answers}, {span}."
        ),
        chip="Clear change, now {beyond}",
    ),
    to_clinician=Words(
        headline="{Name}: recovered, {first} to {last} ({change}), across the cut-off of {cutoff}.",
        detail="{figures} {basis}",
        chip="Recovered",
    ),
    source="Jacobson & Truax 1991; published thresholds as each instrument names them",
)
