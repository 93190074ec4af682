"""The parts of Progress: one file each, beside its template."""

from waymark.interfaces.portal.progress.part import Part
from waymark.library.shelf import Shelf

PARTS = Shelf(Part, __name__)
