"""Crisis lines of Australia."""

from datetime import date

from waymark.library.line import By, Channel, Line
from waymark.library.marking import gettext_noop

EMERGENCY = Line(
    id="au-000",
    region="AU",
    name="Emergency services (Triple Zero)",
    channels=(Channel(By.CALL, "000"),),
    hours=gettext_noop("24 hours, every day"),
    languages=("English",),
    source="healthdirect.gov.au/calling-triple-zero, seen 2026-11-22",
    verified_on=date(2026, 11, 22),
    note=gettext_noop("If you or someone else is in danger right now."),
    emergency=True,
)

LIFELINE = Line(
    id="au-lifeline",
    region="AU",
    name="Lifeline",
    channels=(Channel(By.CALL, "13 11 14"),),
    hours="",
    languages=("English",),
    source="Check at lifeline.org.au",
)
