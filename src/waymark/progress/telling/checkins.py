"""How check-ins are told: which findings silence others, and their words for both audiences.

Client and clinician are told the same findings, and where anything got harder nothing is cheered
or played down.
"""

from collections.abc import Iterable

from waymark.progress.signals.checkin_signal import About, DayFinding
from waymark.progress.signals.checkins import DAY_SIGNALS, unusual_days
from waymark.progress.signals.signal import Verdict
from waymark.progress.telling.checkin_slots import facts_of_days
from waymark.progress.telling.strand import Strand
from waymark.progress.telling.told import Audience, Told

SOFT = unusual_days.SIGNAL.id

CHECKINS = Strand(signals=DAY_SIGNALS, place=lambda one: (one.evidence.item, one.signal))
"""Check-ins, as they are told."""


def told_of_days(findings: Iterable[DayFinding]) -> tuple[DayFinding, ...]:
    """What may be told of one person, the hardest first.

    Beside a worsening, good news stays a plain fact, and what would play it down is silent: "no
    change", "too early", and the first stage of a warning, which asks for nothing but patience.
    """
    found = sorted(findings, key=CHECKINS.rank)
    harder = any(one.verdict is Verdict.WORSE and one.signal != SOFT for one in found)
    soft = any(one.signal == SOFT for one in found)
    told = {Verdict.WORSE, Verdict.BETTER} if harder or soft else set(Verdict)
    return tuple(
        one for one in found if one.verdict in told and not (harder and one.signal == SOFT)
    )


def tell_day(
    finding: DayFinding,
    *,
    to: Audience,
    called: str,
    person: str = "your therapist",
    harder: bool = False,
) -> Told:
    """One finding in the words of one audience. ``called`` names the item; ``harder``: a worsening
    is told beside it, so that good news has no color."""
    warned = DAY_SIGNALS[finding.signal].looks is About.WARNING
    return CHECKINS.tell(
        [finding],
        to=to,
        slots=lambda one: facts_of_days(one.evidence, called=called, person=person),
        plain=harder,
        help_now=warned and to is Audience.CLIENT,
    )
