"""Crisis lines of India."""

from waymark.library.line import By, Channel, Line

TELE_MANAS = Line(
    id="in-tele-manas",
    region="IN",
    name="Tele-MANAS",
    channels=(Channel(By.CALL, "14416"),),
    hours="",
    languages=("English", "Hindi"),
    source="Check at telemanas.mohfw.gov.in",
)
