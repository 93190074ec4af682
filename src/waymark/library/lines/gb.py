"""Crisis lines of the United Kingdom."""

from datetime import date

from waymark.library.line import By, Channel, Line
from waymark.library.marking import gettext_noop

EMERGENCY = Line(
    id="gb-999",
    region="GB",
    name="Emergency services",
    channels=(Channel(By.CALL, "999"),),
    hours=gettext_noop("24 hours, every day"),
    languages=("English",),
    source="North West Boroughs Healthcare NHS, Help in a crisis (nwbh.nhs.uk), seen 2026-11-22",
    verified_on=date(2026, 11, 22),
    note=gettext_noop("If you or someone else is in danger right now."),
    emergency=True,
)

SAMARITANS = Line(
    id="gb-samaritans",
    region="GB",
    name="Samaritans",
    channels=(Channel(By.CALL, "116 123"),),
    hours="",
    languages=("English",),
    source="Check at samaritans.org",
)

NHS = Line(
    id="gb-nhs-111",
    region="GB",
    name="NHS 111",
    channels=(Channel(By.CALL, "111", words="then choose option 2"),),
    hours="",
    languages=("English",),
    source="Check at nhs.uk",
)

SHOUT = Line(
    id="gb-shout",
    region="GB",
    name="Shout",
    channels=(Channel(By.TEXT, "85258", words="SHOUT"),),
    hours="",
    languages=("English",),
    source="Check at giveusashout.org",
)
