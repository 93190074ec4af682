"""Crisis lines of Canada."""

from datetime import date

from waymark.library.line import By, Channel, Line
from waymark.library.marking import gettext_noop

EMERGENCY = Line(
    id="ca-911",
    region="CA",
    name="Emergency services",
    channels=(Channel(By.CALL, "911"),),
    hours=gettext_noop("24 hours, every day"),
    languages=("English", "French"),
    source="City of Brampton, About 911 (brampton.ca), seen 2026-11-22",
    verified_on=date(2026, 11, 22),
    note=gettext_noop("If you or someone else is in danger right now."),
    emergency=True,
)

SUICIDE_CRISIS = Line(
    id="ca-988",
    region="CA",
    name="9-8-8 Suicide Crisis Helpline",
    channels=(Channel(By.CALL, "988"), Channel(By.TEXT, "988")),
    hours="",
    languages=("English", "French"),
    source="Check at 988.ca",
)

CRISIS_TEXT = Line(
    id="ca-crisis-text-line",
    region="CA",
    name="Crisis Text Line in Canada",
    channels=(Channel(By.TEXT, "686868"),),
    hours="",
    languages=("English", "French"),
    source="Check at kidshelpphone.ca",
)
