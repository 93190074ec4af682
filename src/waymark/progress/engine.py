"""Runs every signal over a timeline."""

from waymark.progress.signal import Finding
from waymark.progress.signals import SIGNALS
from waymark.progress.timeline import Timeline


def judge(timeline: Timeline) -> tuple[Finding, ...]:
    """All findings, by instrument and scale, whatever order the series and scores came in.

    Exactly one of the change signals speaks for each series.
    """
    ordered = sorted(timeline.series, key=lambda series: (series.instrument_id, series.scale.id))
    found = (signal.judge(series) for series in ordered for signal in SIGNALS.values())
    return tuple(finding for finding in found if finding is not None)
