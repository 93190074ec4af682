"""Directories of crisis lines anywhere in the world."""

from waymark.library.line import By, Channel, Line
from waymark.library.marking import gettext_noop

FIND_A_HELPLINE = Line(
    id="world-findahelpline",
    region="ANY",
    name="Find a Helpline",
    channels=(Channel(By.CHAT, "findahelpline.com"),),
    hours=gettext_noop("A directory, not a line"),
    languages=("English",),
    source="Check at findahelpline.com",
)

BEFRIENDERS = Line(
    id="world-befrienders",
    region="ANY",
    name="Befrienders Worldwide",
    channels=(Channel(By.CHAT, "befrienders.org"),),
    hours=gettext_noop("A directory, not a line"),
    languages=("English",),
    source="Check at befrienders.org",
)
