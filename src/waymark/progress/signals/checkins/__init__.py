"""Every signal of check-ins: one file each, with its condition, its words and its source."""

from waymark.library.shelf import Shelf
from waymark.progress.signals.checkin_signal import DaySignal
from waymark.progress.signals.signal import Signal

DAY_SIGNALS: Shelf[DaySignal] = Shelf(Signal, __name__)
