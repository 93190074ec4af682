"""Runs every signal over what is known: a timeline of scores, or one item of check-ins."""

from dataclasses import replace

from waymark.progress.course.evidence import Evidence, weigh, weigh_beyond
from waymark.progress.course.projection import Projection
from waymark.progress.course.timeline import Series, Timeline
from waymark.progress.days.evidence import Days
from waymark.progress.signals.checkin_signal import DayFinding
from waymark.progress.signals.checkins import DAY_SIGNALS
from waymark.progress.signals.score_signal import Looks, ScoreFinding
from waymark.progress.signals.scores import SIGNALS

BEYOND = (Looks.TOGETHER, Looks.MOMENT, Looks.AHEAD)


def judge(timeline: Timeline) -> tuple[ScoreFinding, ...]:
    """First against last score: all findings, by instrument and scale, whatever order the series
    and scores came in.

    Exactly one of the change signals speaks for each series.
    """
    ordered = sorted(timeline.series, key=lambda series: (series.instrument_id, series.scale.id))
    return tuple(finding for series in ordered for finding in _found(weigh(series), Looks.ENDS))


def judge_beyond(
    series: Series, *, ahead: Projection | None = None, seen: Evidence | None = None
) -> tuple[ScoreFinding, ...]:
    """All scores together, and an expected course where one is given: every further finding.

    ``seen``: the evidence that `judge` weighed, where it is at hand. What should be known of the
    scores stands with the first against the last, and is not repeated.
    """
    found = _found(weigh_beyond(series, seen or weigh(series), ahead=ahead), *BEYOND)
    return tuple(replace(one, evidence=replace(one.evidence, reasons=())) for one in found)


def _found(evidence: Evidence, *looks: Looks) -> tuple[ScoreFinding, ...]:
    chosen = (signal for signal in SIGNALS.values() if signal.looks in looks)
    return tuple(signal.found(evidence) for signal in chosen if signal.judge(evidence))


def judge_days(days: Days) -> tuple[DayFinding, ...]:
    """All that holds of one item; nothing where nothing was answered."""
    if not days.answered:
        return ()
    return tuple(one.found(days) for one in DAY_SIGNALS.values() if one.judge(days))
