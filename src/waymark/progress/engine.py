"""Runs every signal over a timeline."""

from waymark.progress.evidence import weigh
from waymark.progress.signal import Finding
from waymark.progress.signals import SIGNALS
from waymark.progress.timeline import Timeline


def judge(timeline: Timeline) -> tuple[Finding, ...]:
    """All findings, by instrument and scale, whatever order the series and scores came in.

    Exactly one of the change signals speaks for each series.
    """
    ordered = sorted(timeline.series, key=lambda series: (series.instrument_id, series.scale.id))
    weighed = [(series, weigh(series)) for series in ordered]
    found = (signal.judge(*pair) for pair in weighed for signal in SIGNALS.values())
    return tuple(finding for finding in found if finding is not None)
