"""Closeness to somebody in the week."""

from waymark.library.instrument import Better
from waymark.library.item import DEGREES, CheckInItem, Domain, Kind, When
from waymark.library.marking import gettext_noop

CONNECTED = CheckInItem(
    id="connected",
    version=1,
    words=gettext_noop("This week, how close did you feel to someone?"),
    short=gettext_noop("Closeness"),
    kind=Kind.DEGREE,
    when=When.WEEKLY,
    better=Better.HIGHER,
    domain=Domain.CONNECTION,
    steps=DEGREES,
    about=gettext_noop(
        "One person can be enough. This shows how close you felt, not how many you met."
    ),
    source=("Belonging; nearest scale UCLA-3. The words are Waymark's own."),
)
