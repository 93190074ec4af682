"""What is believed of a course, in words: for the client and the clinician at the same moment.

It looks at all answers together, where the rules compare the first with the last. In the first
month it claims no change for the better; a worsening is named at once, with whom to talk to.
"""

from collections.abc import Sequence
from statistics import fmean

from waymark.progress.belief import Judged, Verdict, believe
from waymark.progress.evidence import Evidence
from waymark.progress.reference import reference_for
from waymark.progress.telling import Audience
from waymark.progress.timeline import At, Point, Series, calendar_day
from waymark.progress.wording import counted, number, on

WEEK = 7.0

CLIENT = {
    Verdict.IMPROVED: (
        "Taken together, your {answers} point to a real move toward better: we would be right "
        "about {sure} times in 20. Its size is likely {size} points."
    ),
    Verdict.WORSE: (
        "Taken together, your {answers} point to a harder time: we would be right about {sure} "
        "times in 20. Bring this to {person} when you next meet, or get in touch before then if "
        "it cannot wait. {Person} can see this too."
    ),
    Verdict.NO_CHANGE: (
        "Taken together, your {answers} speak against a large move either way so far. A small one "
        "may be there."
    ),
    Verdict.TOO_EARLY: "Taken together, your {answers} do not say yet which way things go.",
}
CLINICIAN = {
    Verdict.IMPROVED: "All scores together: improved, probability {p}.",
    Verdict.WORSE: "All scores together: worse, probability {p}. The client reads this too.",
    Verdict.NO_CHANGE: "All scores together: no meaningful change.",
    Verdict.TOO_EARLY: "All scores together: too early to say.",
}
FIGURES = (
    " True change {mean} points, 90% interval {band}. Probability of an improvement {better}, of a "
    "worsening {worse}."
)
SHIFTED = {
    Audience.CLIENT: " Most of it seems to have come at one point, {around}.",
    Audience.CLINICIAN: " A shift of {step} points {around}, probability {p_shift}.",
}
SURE_AT_MOST = 19


def judged_of(series: Series) -> Judged | None:
    """The belief about a series of the current episode; None where it cannot be held."""
    reference = reference_for(series.instrument_id, series.scale)
    if reference is None or not series.current:
        return None
    moments: dict[At, list[Point]] = {}
    for point in series.current:
        moments.setdefault(point.at, []).append(point)
    names = list(moments)
    scores = [fmean(point.measured for point in held) for held in moments.values()]
    return believe([_when(name, names[0]) for name in names], scores, reference=reference)


def _when(at: At, first: At) -> float:
    """Weeks, or sessions, since the first."""
    day, begun = calendar_day(at), calendar_day(first)
    if day is not None and begun is not None:
        return (day - begun).days / WEEK
    return float(at - first) if isinstance(at, int) and isinstance(first, int) else 0.0


def believed(
    series: Series, evidence: Evidence, *, to: Audience, person: str = "your therapist"
) -> str:
    """A few sentences; empty where no error is known or nothing was answered."""
    judged = judged_of(series)
    if judged is None:
        return ""
    verdict = _told(judged.last.verdict, evidence)
    names = list(dict.fromkeys(point.at for point in series.current))
    said = (CLIENT if to is Audience.CLIENT else CLINICIAN)[verdict]
    if to is Audience.CLINICIAN:
        said += FIGURES
    if judged.shift.found and verdict is judged.last.verdict and verdict in _MOVED:
        said += SHIFTED[to]
    return said.format(**_filled(judged, verdict, names, len(series.current), person))


_MOVED = (Verdict.IMPROVED, Verdict.WORSE)


def _told(verdict: Verdict, evidence: Evidence) -> Verdict:
    """Too early is too early: only a worsening is named before the first month is over."""
    if evidence.too_early and verdict is not Verdict.WORSE:
        return Verdict.TOO_EARLY
    return verdict


def _filled(
    judged: Judged, verdict: Verdict, names: Sequence[At], answers: int, person: str
) -> dict[str, str]:
    last, shift = judged.last, judged.shift
    p = last.p_worse if verdict is Verdict.WORSE else last.p_improved
    low, high = judged.band(0.9)
    ends = sorted((abs(low), abs(high))) if low * high > 0 else [0.0, max(abs(low), abs(high))]
    place = names[shift.when] if shift.when is not None and shift.when < len(names) else names[-1]
    return {
        "answers": counted(answers, "answer"),
        "sure": str(min(round(20 * p), SURE_AT_MOST)),
        "size": f"{number(round(ends[0]))} to {number(round(ends[1]))}",
        "band": f"{low:+.1f} to {high:+.1f}",
        "person": person,
        "Person": person[:1].upper() + person[1:],
        "p": _chance(p),
        "mean": f"{last.mean:+.1f}",
        "better": _chance(last.p_improved),
        "worse": _chance(last.p_worse),
        "around": f"around {on(place)}".replace("around on", "around").replace("around at", "at"),
        "step": f"{shift.size or 0.0:+.1f}",
        "p_shift": _chance(shift.p_shift),
    }


def _chance(p: float) -> str:
    """Never certain, and never impossible."""
    if p > 0.99:
        return "over 0.99"
    return "under 0.01" if p < 0.01 else f"{p:.2f}"
