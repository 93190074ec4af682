"""The emergency number of the European Union."""

from datetime import date

from waymark.library.line import By, Channel, Line
from waymark.library.marking import gettext_noop

EMERGENCY = Line(
    id="eu-112",
    region="EU",
    name="Emergency services",
    channels=(Channel(By.CALL, "112"),),
    hours=gettext_noop("24 hours, every day"),
    languages=("the local language",),
    source="Malta Police, Emergency services 112 (pulizija.gov.mt), seen 2026-11-22",
    verified_on=date(2026, 11, 22),
    note=gettext_noop(
        "If you or someone else is in danger right now. Free from any phone in the Union."
    ),
    emergency=True,
)
