"""What is believed of a course, and what is expected of it, as text for the braces of words."""

from waymark.progress.ahead import Ahead
from waymark.progress.belief import Belief
from waymark.progress.expected import OnTrack, Worth
from waymark.progress.sudden_gains import Gain
from waymark.progress.together import Together
from waymark.progress.wording import counted, day, number, on

SURE_AT_MOST = 19
"""Of 20: nothing is said to be certain."""


def believed(together: Together) -> dict[str, str]:
    """Size, certainty and place of a change, from all scores together."""
    judged, shift = together.judged, together.judged.shift
    last, place = judged.last, together.shifted_at
    p = max(last.p_improved, last.p_worse)
    low, high = judged.band(0.9)
    return {
        "sure": str(min(round(20 * p), SURE_AT_MOST)),
        "likely": _likely(low, high),
        "interval": f"{low:+.1f} to {high:+.1f}",
        "true_change": f"{last.mean:+.1f}",
        "p": chance(p),
        **_both(last),
        "around": "" if place is None else f"around {day(place)}",
        "step": f"{shift.size or 0.0:+.1f}",
        "p_shift": chance(shift.p_shift),
        "sudden": _sudden(together),
    }


def _both(last: Belief) -> dict[str, str]:
    return {"p_improved": chance(last.p_improved), "p_worse": chance(last.p_worse)}


def _likely(low: float, high: float) -> str:
    """The size of a move, either way, in whole points."""
    ends = sorted((abs(low), abs(high))) if low * high > 0 else [0.0, max(abs(low), abs(high))]
    return f"{number(round(ends[0]))} to {number(round(ends[1]))} points"


def _sudden(together: Together) -> str:
    """The labels of Tang & DeRubeis, for a clinician."""
    named = [("gain", one) for one in together.gains] + [("loss", one) for one in together.losses]
    said = [_labelled(kind, one, together) for kind, one in named]
    return f"Tang & DeRubeis: {'; '.join(said) or 'no sudden gain or loss'}."


def _labelled(kind: str, one: Gain, together: Together) -> str:
    place = on(together.moments[one.index + 1])
    back = ", reversed since" if one.reversed else ""
    return f"a sudden {kind} of {counted(one.size, 'point')} {place}{back}"


def looking_ahead(ahead: Ahead) -> dict[str, str]:
    """Where the last answer stands, how the course may end, and what the flag is worth."""
    last, worth = ahead.last, ahead.course.worth
    here = ahead.ranges[ahead.weeks[-1] - 1]
    return {
        "week": str(ahead.weeks[-1]),
        "range": f"{number(round(here.low))} to {number(round(here.high))}",
        "p_ends_worse": chance(last.p_deterioration),
        "p_ends_better": chance(last.p_reliable_improvement),
        "of20_worse": str(min(max(round(20 * last.p_deterioration), 1), SURE_AT_MOST)),
        "ends": " to ".join(number(round(one)) for one in last.band80),
        "late": _late(last),
        "course_source": ahead.course.source,
        "worth": worth_of(worth) if worth else "",
        "worth_plain": _in_plain_words(worth) if worth else "",
    }


def _late(last: OnTrack) -> str:
    """Slow starts are no failures: some people respond late."""
    if not last.late:
        return ""
    return (
        "Nothing reliable yet, and a reliable improvement is still well possible "
        f"({chance(last.p_reliable_improvement)}): some people respond late. "
    )


def worth_of(worth: Worth) -> str:
    """What a flag is worth, on courses that it has not seen."""
    of_ten = worth.worse_of_10_flagged
    told = "too few to say" if of_ten is None else f"{of_ten:.0f} ended worse"
    found = round((worth.sensitivity or 0.0) * worth.worse)
    return (
        f"On {worth.clients} courses that it had not seen, {worth.flagged_of_100:.0f} of 100 were "
        f"flagged; of 10 flagged, {told}. It found {found} of the {worth.worse} that ended worse."
    )


def _in_plain_words(worth: Worth) -> str:
    of_ten = worth.worse_of_10_flagged
    if of_ten is None:
        return "too few courses went this way to say how often."
    return f"of 10 people of whom it says this, about {of_ten:.0f} ended with a harder time."


def chance(p: float) -> str:
    """Never certain, and never impossible."""
    if p > 0.99:
        return "over 0.99"
    return "under 0.01" if p < 0.01 else f"{p:.2f}"
