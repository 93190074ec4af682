"""Signals of check-ins: they read what the answers to one item come to, day by day."""

from enum import StrEnum

from waymark.progress.days.evidence import Days
from waymark.progress.signals.signal import Finding, Signal


class About(StrEnum):
    """What a signal of check-ins looks at; of each kind at most one is told of an item."""

    RETURN = "return"  # how fast the person comes back from setbacks
    HIT = "hit"  # how hard a setback hits
    LEVEL = "level"  # the last two weeks beside the first two
    WARNING = "warning"  # days that drift away from the usual


DaySignal = Signal[Days]
DayFinding = Finding[Days]
