"""What words about check-ins may use: everything that their evidence says, as text."""

from waymark.library.instrument import Better
from waymark.progress.course.timeline import At, calendar_day
from waymark.progress.days.daily import DailyVerdict, Look
from waymark.progress.days.early_warning import BUDGET, LEVEL_ALARM, MONITORED
from waymark.progress.days.evidence import Days
from waymark.progress.days.half_life import Estimate, Recovery
from waymark.progress.telling import wording
from waymark.progress.telling.belief_words import SURE_AT_MOST, chance
from waymark.progress.telling.score_slots import names_of

HALF = 0.5


def facts_of_days(days: Days, *, called: str, person: str) -> dict[str, str]:
    """The text for each brace; what is not known is left empty. ``called`` names the item,
    ``person`` is who the client can turn to."""
    return {
        **names_of(called),
        "person": person,
        "Person": person[:1].upper() + person[1:],
        "answers": wording.counted(days.answered, "answer"),
        "span": _span(days),
        "worse": "higher" if days.better is Better.LOWER else "lower",
        "apart": _apart(days),
        "false_alarms": str(round(100 * BUDGET)),
        "months": wording.number(round(MONITORED / 30.4 * 2) / 2),
        **(_returning(days.recovery) if days.recovery else {}),
        **(_moved(days.look) if days.look else {}),
    }


def _apart(days: Days) -> str:
    """How the last days stand against the usual ones."""
    last = days.watch.days[-1] if days.watch.days else None
    if last is None or (last.level or 0.0) <= LEVEL_ALARM:
        return "go up and down more than on your usual days"
    way = "higher" if days.better is Better.LOWER else "lower"
    return f"stand {way} than on your usual days"


def _span(days: Days) -> str:
    if days.first is None or days.last is None:
        return ""
    if calendar_day(days.first) is None:
        return f"from {_day(days.first)} to {_day(days.last)}"
    return wording.span(days.first, days.last)


def _day(at: At) -> str:
    return f"day {at}" if calendar_day(at) is None else wording.day(at)


def _returning(found: Recovery) -> dict[str, str]:
    """How fast the person comes back, and how hard a setback hits, in both periods."""
    first, second = found.first, found.second
    sure = max(found.p_faster or 0.0, 1 - (found.p_faster or 0.0))
    hit = max(found.p_smaller or 0.0, 1 - (found.p_smaller or 0.0))
    return {
        **_pair("before", "after", first.half_life, second.half_life, "day"),
        "half_lives": f"{_days(first.half_life)} and {_days(second.half_life)} days",
        "ratio": _range(found.ratio),
        "p_faster": chance(found.p_faster or 0.0),
        "p_slower": chance(1 - (found.p_faster or 0.0)),
        "p_smaller": chance(found.p_smaller or 0.0),
        "p_larger": chance(1 - (found.p_smaller or 0.0)),
        "sure_return": _of_twenty(sure),
        "sure_hit": _of_twenty(hit),
        **_pair("lift_before", "lift_after", first.reactivity, second.reactivity, "point"),
        "hit": _range(found.hit),
        "setbacks": f"{first.setbacks} and {second.setbacks} setbacks",
        "because": found.because or "",
    }


def _of_twenty(p: float) -> str:
    """Rounded down, and never all of them: nothing is more certain than it is."""
    return str(min(int(20 * p), SURE_AT_MOST))


def _pair(
    before: str, after: str, first: Estimate | None, second: Estimate | None, unit: str
) -> dict[str, str]:
    """Two sizes as one says them: in whole units, or in tenths where those would be the same."""
    if first is None or second is None:
        return {before: "", after: ""}
    digits = (
        0
        if round(first.median) != round(second.median) and min(first.median, second.median) >= 1
        else 1
    )
    sizes = (abs(round(one.median, digits)) for one in (first, second))
    one, two = (f"about {wording.counted(size, unit)}" for size in sizes)
    return {before: one, after: two}


def _days(one: Estimate | None) -> str:
    return "" if one is None else f"{one.median:.1f} ({one.low:.1f} to {one.high:.1f})"


def _range(one: Estimate | None) -> str:
    return "" if one is None else f"{one.low:.2f} to {one.high:.2f}"


def _moved(found: Look) -> dict[str, str]:
    """The last two weeks beside the first two."""
    early, late = found.answered
    size = found.size or 0.0
    return {
        "clearly": "clearly" if found.verdict is DailyVerdict.CLEAR else "probably",
        "Clear": "clear" if found.verdict is DailyVerdict.CLEAR else "probably real",
        "moved": f"{wording.counted(round(abs(size), 1), 'point')} {wording.way(size)}",
        "windows": f"{early} answers then, {late} now",
        "sure_moved": _of_twenty(max(found.p_better or 0.0, found.p_worse or 0.0)),
        "p_better": chance(found.p_better or 0.0),
        "p_worse": chance(found.p_worse or 0.0),
        "p_same": chance(found.p_same or 0.0),
        "waits": _waits(found),
        "figures": _figures(found),
    }


def _waits(found: Look) -> str:
    """What an answer to come may settle."""
    if found.size is None:
        return (
            "Two weeks at the start are set beside the last two. That needs "
            f"{found.needed} answers in each, and four weeks in all."
        )
    better, worse = found.p_better or 0.0, found.p_worse or 0.0
    if max(better, worse) < HALF:
        return "The answers so far fit a move as well as none."
    way = "better" if better > worse else "a harder time"
    return f"The answers so far lean toward {way}, and do not say so clearly."


def _figures(found: Look) -> str:
    """The chances behind a look; empty where too little was answered."""
    if found.size is None:
        return ""
    return (
        f"Moved {found.size:+.1f} points. Probability of a change toward better "
        f"{chance(found.p_better or 0.0)}, toward worse {chance(found.p_worse or 0.0)}. "
    )
