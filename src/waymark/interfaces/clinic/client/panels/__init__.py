"""The panels of a client's page: one file each, beside its template."""

from waymark.interfaces.clinic.client.panel import Panel
from waymark.library.shelf import Shelf

PANELS = Shelf(Panel, __name__)
