"""Crisis lines of Ireland."""

from datetime import date

from waymark.library.line import By, Channel, Line
from waymark.library.marking import gettext_noop

EMERGENCY = Line(
    id="ie-112",
    region="IE",
    name="Emergency services",
    channels=(Channel(By.CALL, "112"), Channel(By.CALL, "999")),
    hours=gettext_noop("24 hours, every day"),
    languages=("English", "Irish"),
    source="Written answer of 25 November 2025 (kildarestreet.com), seen 2026-11-22",
    verified_on=date(2026, 11, 22),
    note=gettext_noop("If you or someone else is in danger right now."),
    emergency=True,
)

SAMARITANS = Line(
    id="ie-samaritans",
    region="IE",
    name="Samaritans Ireland",
    channels=(Channel(By.CALL, "116 123"),),
    hours="",
    languages=("English",),
    source="Check at samaritans.org",
)

TEXT = Line(
    id="ie-text",
    region="IE",
    name="Text About It",
    channels=(Channel(By.TEXT, "50808"),),
    hours="",
    languages=("English",),
    source="Check at textaboutit.ie",
)
