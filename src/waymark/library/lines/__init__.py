"""Every crisis line: one file a region, each line with where its number was seen."""

from waymark.library.line import Line
from waymark.library.shelf import Shelf

LINES = Shelf(Line, __name__)
