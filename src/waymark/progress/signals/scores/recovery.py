"""Recovery: a reliable improvement that also crossed the case line to its better side."""

from waymark.progress.change.reliable_change import Category
from waymark.progress.course.evidence import Evidence
from waymark.progress.course.timeline import Series
from waymark.progress.signals.signal import Finding, Signal, Tone, Verdict, Words


def judge(series: Series, evidence: Evidence) -> Finding | None:
    """Found where the change is reliable and crossed the cut-off: Jacobson and Truax (1991)."""
    if evidence.too_early or evidence.category is not Category.RECOVERED:
        return None
    return SIGNAL.found(series, evidence)


SIGNAL = Signal(
    id="recovery",
    version=1,
    title="Recovery",
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
