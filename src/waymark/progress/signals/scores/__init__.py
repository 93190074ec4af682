"""Every signal: one file each, with its condition, its words and its source."""

from waymark.library.shelf import Shelf
from waymark.progress.signals.signal import Signal

SIGNALS = Shelf(Signal, __name__)
