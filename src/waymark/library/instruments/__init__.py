"""Every instrument: one file each, with its wording, scoring, sources and licence."""

from waymark.library.instrument import Instrument
from waymark.library.shelf import Shelf

INSTRUMENTS = Shelf(Instrument, __name__)
