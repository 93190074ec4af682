"""Crisis lines of Spain."""

from waymark.library.line import By, Channel, Line

ATTENTION = Line(
    id="es-024",
    region="ES",
    name="Línea 024",
    channels=(Channel(By.CALL, "024"),),
    hours="",
    languages=("Spanish",),
    source="Check at sanidad.gob.es",
)
