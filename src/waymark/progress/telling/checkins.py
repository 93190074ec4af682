"""Which findings of check-ins are told, and their words for both audiences.

The rules are those of `telling`: client and clinician are told the same findings, the hardest news
leads, and where anything got harder nothing is cheered or played down.
"""

from collections.abc import Iterable

from waymark.progress.days.evidence import Days
from waymark.progress.signals.checkin_signal import About, DayFinding
from waymark.progress.signals.checkins import DAY_SIGNALS, unusual_days
from waymark.progress.signals.signal import Tone, Verdict
from waymark.progress.telling.checkin_slots import facts_of_days
from waymark.progress.telling.scores import HELP_NOW, NEXT_STEP, Audience, Chip, Told

SOFT = unusual_days.SIGNAL.id
_LEADS = (Verdict.WORSE, Verdict.BETTER, Verdict.SAME, Verdict.TOO_EARLY)


def judge_days(days: Days) -> tuple[DayFinding, ...]:
    """All that holds of one item; nothing where nothing was answered."""
    if not days.answered:
        return ()
    return tuple(one.found(days) for one in DAY_SIGNALS.values() if one.judge(days))


def told_of_days(findings: Iterable[DayFinding]) -> tuple[DayFinding, ...]:
    """What may be told of one person, the hardest first.

    Beside a worsening, good news stays a plain fact, and what would play it down is silent: "no
    change", "too early", and the first stage of a warning, which asks for nothing but patience.
    """
    found = sorted(findings, key=lambda one: (_LEADS.index(one.verdict), one.days.item, one.signal))
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
    signal, client = DAY_SIGNALS[finding.signal], to is Audience.CLIENT
    words = signal.to_client if client else signal.to_clinician
    facts = facts_of_days(finding.days, called=called, person=person)
    tone = Tone.PLAIN if harder and signal.tone is Tone.GOOD else signal.tone
    step = ""
    if finding.verdict is Verdict.WORSE:
        step = words.next or NEXT_STEP[to]
    if client and signal.about is About.WARNING:
        step = f"{step} {HELP_NOW[to]}"
    method = f"Signal {signal.id}, version {finding.version} ({signal.source})."
    return Told(
        headline=words.headline.format_map(facts),
        detail=words.detail.format_map(facts),
        chips=(Chip(words.chip.format_map(facts), tone),),
        next_step=step.format_map(facts),
        how_we_know=words.how.format_map(facts) if client else method,
    )
