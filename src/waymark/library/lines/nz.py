"""Crisis lines of New Zealand."""

from datetime import date

from waymark.library.line import By, Channel, Line
from waymark.library.marking import gettext_noop

EMERGENCY = Line(
    id="nz-111",
    region="NZ",
    name="Emergency services",
    channels=(Channel(By.CALL, "111"),),
    hours=gettext_noop("24 hours, every day"),
    languages=("English",),
    source="Plunket with St John, Emergency (plunket.org.nz), seen 2026-11-22",
    verified_on=date(2026, 11, 22),
    note=gettext_noop("If you or someone else is in danger right now."),
    emergency=True,
)

NEED_TO_TALK = Line(
    id="nz-1737",
    region="NZ",
    name="1737, need to talk?",
    channels=(Channel(By.CALL, "1737"), Channel(By.TEXT, "1737")),
    hours="",
    languages=("English",),
    source="Check at 1737.org.nz",
)
