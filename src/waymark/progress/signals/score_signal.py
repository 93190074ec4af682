"""Signals of scores: they read what one series amounts to, by its ends, together, or ahead."""

from enum import StrEnum

from waymark.progress.course.evidence import Evidence
from waymark.progress.signals.signal import Finding, Signal


class Looks(StrEnum):
    """What a signal of scores reads."""

    ENDS = "ends"  # the first score against the last
    TOGETHER = "together"  # all scores: exactly one of these says what they come to
    MOMENT = "moment"  # all scores: that something happened at one point
    AHEAD = "ahead"  # the expected course


ScoreSignal = Signal[Evidence]
ScoreFinding = Finding[Evidence]
