"""What is believed of a course, and what is expected of it, as text for the braces of words."""

from waymark.progress.change.belief import Belief
from waymark.progress.change.sudden_gains import Gain
from waymark.progress.course.expected import FEWEST_WORSE, OnTrack, Worth
from waymark.progress.course.projection import Projection
from waymark.progress.course.whole_course import WholeCourse
from waymark.progress.telling.wording import counted, day, number, on
from waymark.progress.validation.validation import wilson

SURE_AT_MOST = 19
"""Of 20: nothing is said to be certain."""


def believed(together: WholeCourse) -> dict[str, str]:
    """Size, certainty and place of a change, from all scores together."""
    judged, shift = together.judged, together.judged.shift
    last, place = judged.last, together.shifted_at
    p = max(last.p_improved, last.p_worse)
    low, high = judged.band(0.9)
    return {
        "sure": str(min(round(20 * p), SURE_AT_MOST)),
        "likely": _likely(low, high),
        "interval": f"{_signed(low)} to {_signed(high)}",
        "true_change": _signed(last.mean),
        "p": chance(p),
        **_both(last),
        "least": _points(judged.reference.smallest),
        "small": " It may be a small one." if _may_be_small(low, high) else "",
        "around": "" if place is None else f"around {day(place)}",
        "between": _between(together),
        "step": f"{shift.size or 0.0:+.1f}",
        "p_shift": chance(shift.p_shift),
        "sudden": _sudden(together),
    }


def _may_be_small(low: float, high: float) -> bool:
    """Whether the band of the move reaches down to a point or nothing."""
    return low * high <= 0 or min(abs(low), abs(high)) < 1.5


def _signed(value: float) -> str:
    """To a tenth of a point; nothing is neither more nor less."""
    return "0" if abs(value) < 0.05 else f"{value:+.1f}"


def _points(size: float) -> str:
    return counted(max(round(size), 1), "point")


def _between(together: WholeCourse) -> str:
    """Where a shift may have been: four times in five between these days."""
    span = together.judged.shift.interval
    if span is None:
        return ""
    first, last = (together.moments[min(one, len(together.moments) - 1)] for one in span)
    return f"between {day(first)} and {day(last)}" if first != last else f"around {day(first)}"


def _both(last: Belief) -> dict[str, str]:
    return {"p_improved": chance(last.p_improved), "p_worse": chance(last.p_worse)}


def _likely(low: float, high: float) -> str:
    """The size of a move, either way, in whole points."""
    ends = sorted((abs(low), abs(high))) if low * high > 0 else [0.0, max(abs(low), abs(high))]
    return f"{number(round(ends[0]))} to {number(round(ends[1]))} points"


def _sudden(together: WholeCourse) -> str:
    """The labels of Tang & DeRubeis, for a clinician."""
    named = [("gain", one) for one in together.gains] + [("loss", one) for one in together.losses]
    said = [_labelled(kind, one, together) for kind, one in named]
    return f"By the rule of Tang & DeRubeis: {'; '.join(said) or 'no sudden gain or loss'}."


def _labelled(kind: str, one: Gain, together: WholeCourse) -> str:
    place = on(together.moments[one.index + 1])
    back = ", reversed since" if one.reversed else ""
    return f"a sudden {kind} of {counted(one.size, 'point')} {place}{back}"


def looking_ahead(ahead: Projection) -> dict[str, str]:
    """Where the last answer stands, how the course may end, and what the flag is worth."""
    last, worth = ahead.last, ahead.course.worth
    here = ahead.ranges[ahead.last.session - 1]
    return {
        "week": str(ahead.last.session),
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
    """What a flag is worth, in counts, on courses that it has not seen."""
    if worth.worse < FEWEST_WORSE:
        return (
            f"Of {worth.clients} courses that it had not seen {worth.worse} ended worse: too few "
            "to say what a flag is worth, so none is shown."
        )
    low, high = (10 * one for one in wilson(worth.found, worth.flagged))
    return (
        f"Of {worth.clients} courses that it had not seen {worth.flagged} were flagged, about "
        f"{worth.flags_a_week:.1f} in a week of 20 sessions. Of 10 flagged, "
        f"{10 * worth.found / max(worth.flagged, 1):.1f} ended worse ({low:.1f} to {high:.1f}); "
        f"of the {worth.worse} that ended worse, {worth.found} were flagged."
    )


def _in_plain_words(worth: Worth) -> str:
    low, high = (10 * one for one in wilson(worth.found, worth.flagged))
    return (
        f"of 10 people of whom it says this, about {round(low)} to {max(round(high), 1)} ended "
        "clearly harder than they began."
    )


def chance(p: float) -> str:
    """Never certain, and never impossible."""
    if p > 0.99:
        return "over 0.99"
    return "under 0.01" if p < 0.01 else f"{p:.2f}"
