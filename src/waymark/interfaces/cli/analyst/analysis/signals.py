"""What `--signals` adds for each client and measure: change, on-track, shift, sudden gains."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from waymark.interfaces.cli.analyst.analysis.judging import Result
from waymark.library.instrument import Better
from waymark.progress.change.belief import LONGEST, Belief, BeliefVerdict, Judged, believe
from waymark.progress.change.reference import reference_for
from waymark.progress.change.sudden_gains import GainCriteria, can_be_asked, sudden_by_session
from waymark.progress.course.expected import ExpectedCourse, OnTrack, cold_phq9, follow
from waymark.progress.course.projection import LONGEST as LONGEST_CARE
from waymark.progress.course.projection import by_week, week_of
from waymark.progress.course.timeline import At, Point, as_sessions, settled

Value = object
Record = dict[str, Value]

WEEK = 7.0
LEAST = 2
NO_INTERVAL = "no interval can be asked: it needs two scores within three sessions on either side"


@dataclass(frozen=True, slots=True)
class Steps:
    """One course by its moments: what each is called, when it was, and the mean score there.
    ``sessions`` are those of the file from 1 on; else moments are numbered."""

    names: tuple[At, ...]
    when: tuple[float, ...]
    sessions: tuple[int, ...]
    scores: tuple[float, ...]


def steps_of(points: Iterable[Point]) -> Steps:
    """Moments in order. Days count as weeks since the first; sessions as they are numbered."""
    one_each = settled(sorted(points, key=lambda point: (point.at,)))
    names = tuple(point.at for point in one_each)
    sessions = as_sessions(names)
    if sessions and sessions[0] < 1:
        sessions = tuple(one + 1 - sessions[0] for one in sessions)
    return Steps(
        names=names,
        when=tuple(_when(name, names[0]) for name in names),
        sessions=sessions,
        scores=tuple(point.measured for point in one_each),
    )


def _when(at: At, first: At) -> float:
    if isinstance(at, int) and isinstance(first, int):
        return float(at - first)
    if isinstance(at, datetime) and isinstance(first, datetime):
        return (at - first).total_seconds() / (WEEK * 86_400)
    if isinstance(at, date) and isinstance(first, date):
        return (at - first).days / WEEK
    raise ValueError("moments of one course are all days, all times or all sessions")


def signals_of(result: Result, courses: Mapping[str, ExpectedCourse]) -> Record:
    """All of them; ``cannot_judge`` says of a part why it is null, or holds nothing."""
    steps, course = steps_of(result.series.current), courses.get(result.measure.id)
    why: Why = {}
    return {
        **_change(steps, result, why),
        "on_track": _on_tracks(steps, course, courses, why),
        "course": course.source if course else None,
        "sudden_gains": _gains(steps, result, why),
        "cannot_judge": why,
    }


Why = dict[str, str]


def _change(steps: Steps, result: Result, why: Why) -> Record:
    """The belief after each score, and the shift."""
    reference = reference_for(result.measure.id, result.measure.scale)
    found: dict[str, Any] = {"change": None, "change_by_session": None, "shift": None}
    if reference is None:
        why["change"] = "no measurement error is known"
        return found
    observed = steps.scores[-1] - steps.scores[0] if len(steps.scores) >= LEAST else None
    if observed is not None and len(steps.scores) <= LONGEST:
        judged = believe(steps.when, steps.scores, reference=reference)
        return _beliefs(steps, judged, observed=observed)
    why["change"] = (
        "a change needs two scores at different moments"
        if observed is None
        else f"more than {LONGEST} scores: judge the scores of one time in care"
    )
    found["change"] = dict.fromkeys(("mean", "sd", "p_improved", "p_worse"))
    found["change"] |= {"observed": observed, "verdict": str(BeliefVerdict.TOO_EARLY)}
    return found


def _on_tracks(
    steps: Steps, course: ExpectedCourse | None, courses: Mapping[str, ExpectedCourse], why: Why
) -> list[Record] | None:
    """By session, as far as anything is expected."""
    if course is None:
        why["on_track"] = _without_course(courses)
        return None
    longest, unit = LONGEST_CARE, "week"
    reached = week_of(steps.names[-1], steps.names[0]) if _weeks(steps) else steps.sessions[-1]
    if not _weeks(steps):
        longest, unit = max(LONGEST_CARE, course.stopping.longest), "session"
    if reached > longest:
        why["on_track"] = f"beyond {unit} {longest} nothing is expected"
    return _followed(steps, course, longest=longest)


def _without_course(courses: Mapping[str, ExpectedCourse]) -> str:
    fitted = [one.instrument for one in courses.values() if one.calibrated]
    if fitted:
        return f"the course that was given is for {', '.join(fitted)}"
    return "no expected course: make one with `waymark fit-course`, give --course"


def courses_with(given: ExpectedCourse | None) -> dict[str, ExpectedCourse]:
    """The course that was given, and the cold start of the PHQ-9 where it is not that one."""
    cold = cold_phq9()
    return {cold.instrument: cold, **({given.instrument: given} if given else {})}


def _beliefs(steps: Steps, judged: Judged, *, observed: float) -> Record:
    shift = judged.shift
    place = None if shift.when is None else steps.names[shift.when]
    span = None
    if shift.interval is not None:
        span = [_named(steps.names[one]) for one in shift.interval]
    return {
        "change": {**_belief(judged.last), "observed": observed},
        "change_by_session": [
            {"session": _named(steps.names[one.index]), **_belief(one)} for one in judged.beliefs
        ],
        "shift": {
            "p_shift": round(shift.p_shift, 4),
            "when": None if place is None else _named(place),
            "interval": span,
            "size": None if shift.size is None else round(shift.size, 3),
            "found": shift.found,
        },
    }


def _belief(one: Belief) -> Record:
    return {
        "mean": round(one.mean, 3),
        "sd": round(one.sd, 3),
        "p_improved": round(one.p_improved, 4),
        "p_worse": round(one.p_worse, 4),
        "verdict": str(one.verdict),
    }


def _named(at: At) -> str | int:
    return at if isinstance(at, int) else at.isoformat()


def _weeks(steps: Steps) -> bool:
    """Whether the file has days: then weeks of care stand for sessions, as on the pages."""
    return not isinstance(steps.names[0], int)


def _followed(steps: Steps, course: ExpectedCourse, *, longest: int) -> list[Record]:
    """``session`` as the file numbers it; with days, the week of care."""
    if _weeks(steps):
        points = [Point(at, score) for at, score in zip(steps.names, steps.scores, strict=True)]
        sessions, scores = by_week(points)
        names: Sequence[At] = sessions
    else:
        sessions, scores, names = steps.sessions, steps.scores, steps.names
    known = sum(session <= longest for session in sessions)
    lines = follow(sessions[:known], scores[:known], course=course)
    return [_on_track(one, course, name) for one, name in zip(lines, names, strict=False)]


def _on_track(one: OnTrack, course: ExpectedCourse, name: At) -> Record:
    return {
        "session": name,
        "calibrated": course.calibrated,
        "p_deterioration": round(one.p_deterioration, 4),
        "p_reliable_improvement": round(one.p_reliable_improvement, 4),
        "band80": [round(end, 2) for end in one.band80],
        "band90": [round(end, 2) for end in one.band90],
        "off_track": one.off_track,
        "late_responder": one.late,
    }


def _gains(steps: Steps, result: Result, why: Why) -> list[Record] | None:
    """A missed session is a gap: nothing is compared across it."""
    yardstick = result.evidence.yardstick
    if yardstick is None:
        why["sudden_gains"] = "no reliable change is known"
        return None
    if not can_be_asked(steps.sessions):
        why["sudden_gains"] = NO_INTERVAL
    lower = result.measure.scale.better is Better.LOWER
    rule = GainCriteria(yardstick.threshold)
    found = sudden_by_session(steps.sessions, steps.scores, rule=rule, better_is_lower=lower)
    return [
        {
            "session": _named(steps.names[one.index]),
            "size": round(one.size, 3),
            "reversed": one.reversed,
        }
        for one in found
    ]
