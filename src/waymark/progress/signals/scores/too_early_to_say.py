"""Too early to say: fewer than two moments, or the first month is not over."""

from waymark.progress.change.reliable_change import Reason
from waymark.progress.course.evidence import Evidence
from waymark.progress.signals.score_signal import Looks
from waymark.progress.signals.signal import Signal, Tone, Verdict, Words


def judge(evidence: Evidence) -> bool:
    """Holds where there is a yardstick and too few scores, or too few days between them."""
    return evidence.yardstick is not None and evidence.too_early


IT_TAKES = "It takes {least} before anything can be said."

SIGNAL = Signal(
    id="too-early-to-say",
    version=1,
    title="Too early to say",
    looks=Looks.ENDS,
    verdict=Verdict.TOO_EARLY,
    tone=Tone.INFO,
    judge=judge,
    to_client=Words(
        headline="It is too early to say how {yours} are changing.",
        detail="{course}",
        chip="Too early to say",
        when={
            Reason.NO_SCORE: IT_TAKES,
            Reason.ONE_SCORE: IT_TAKES,
            Reason.ONE_MOMENT: IT_TAKES,
            Reason.FIRST_MONTH: (
                "The first four weeks hold too many ups and downs to go by. "
                "More can be said from {ready}."
            ),
            Reason.WORSE_SO_FAR: (
                "So far they are {way} by {size}, and {better} is better here. "
                "You need not wait four weeks to talk about that."
            ),
        },
    ),
    to_clinician=Words(
        headline="{Name}: too early to say{so_far}.",
        detail="{figures} {basis}",
        chip="Too early to say",
        when={
            Reason.FIRST_MONTH: (
                "No change is claimed in the first 28 days; by the rule alone the figures read: "
                "{category}."
            ),
        },
    ),
    source="Waymark: no claim of change in the first month, none from fewer than two moments",
)
