"""Runs every signal over a timeline."""

from dataclasses import replace

from waymark.progress.course.evidence import Evidence, weigh, weigh_beyond
from waymark.progress.course.projection import Ahead
from waymark.progress.course.timeline import Series, Timeline
from waymark.progress.signals.scores import SIGNALS
from waymark.progress.signals.signal import Finding, Looks

BEYOND = (Looks.TOGETHER, Looks.MOMENT, Looks.AHEAD)


def judge(timeline: Timeline) -> tuple[Finding, ...]:
    """First against last score: all findings, by instrument and scale, whatever order the series
    and scores came in.

    Exactly one of the change signals speaks for each series.
    """
    ordered = sorted(timeline.series, key=lambda series: (series.instrument_id, series.scale.id))
    return tuple(
        finding for series in ordered for finding in _found(series, weigh(series), Looks.ENDS)
    )


def judge_beyond(
    series: Series, *, ahead: Ahead | None = None, seen: Evidence | None = None
) -> tuple[Finding, ...]:
    """All scores together, and an expected course where one is given: every further finding.

    ``seen``: the evidence that `judge` weighed, where it is at hand. What should be known of the
    scores stands with the first against the last, and is not repeated.
    """
    found = _found(series, weigh_beyond(series, seen or weigh(series), ahead=ahead), *BEYOND)
    return tuple(replace(one, evidence=replace(one.evidence, reasons=())) for one in found)


def _found(series: Series, evidence: Evidence, *looks: Looks) -> tuple[Finding, ...]:
    chosen = [signal for signal in SIGNALS.values() if signal.looks in looks]
    found = (signal.judge(series, evidence) for signal in chosen)
    return tuple(finding for finding in found if finding is not None)
