"""Not judged: nothing is known of the scale's error, so real change cannot be told from noise."""

from waymark.progress.course.evidence import Evidence
from waymark.progress.signals.score_signal import Looks
from waymark.progress.signals.signal import Signal, Tone, Verdict, Words


def judge(evidence: Evidence) -> bool:
    """Holds where the instrument has no published yardstick of change."""
    return not evidence.yardstick


SIGNAL = Signal(
    id="not-judged",
    version=1,
    title="Shown, not judged",
    looks=Looks.ENDS,
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
