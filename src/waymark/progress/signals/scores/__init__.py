"""Every signal: one file each, with its condition, its words and its source."""

from waymark.library.shelf import Shelf
from waymark.progress.signals.score_signal import ScoreSignal
from waymark.progress.signals.signal import Signal

SIGNALS: Shelf[ScoreSignal] = Shelf(Signal, __name__)
