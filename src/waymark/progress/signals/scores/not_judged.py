"""Not judged: nothing is known of the scale's error, so real change cannot be told from noise."""

from waymark.progress.course.evidence import Evidence
from waymark.progress.course.timeline import Series
from waymark.progress.signals.signal import Finding, Signal, Tone, Verdict, Words


def judge(series: Series, evidence: Evidence) -> Finding | None:
    """Found where the instrument has no published yardstick of change."""
    return None if evidence.yardstick else SIGNAL.found(series, evidence)


SIGNAL = Signal(
    id="not-judged",
    version=1,
    title="Shown, not judged",
    verdict=Verdict.NOT_JUDGED,
    tone=Tone.PLAIN,
    judge=judge,
    to_client=Words(
        headline="Here are {yours} as they are, with nothing read into them.",
        detail=(
            "{course} We know of no figure for how much these questions move by themselves. So we "
            "cannot tell a real change from the usual ups and downs."
        ),
        chip="Shown as it is",
    ),
    to_clinician=Words(
        headline="{Name}: not judged, no measurement error is known.",
        detail="{figures} {basis}",
        chip="Not judged",
    ),
    source="Waymark: no verdict without a published threshold, or a reliability and an SD",
)
