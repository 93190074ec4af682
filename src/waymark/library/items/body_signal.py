"""Tension that was noticed early."""

from waymark.library.instrument import Better
from waymark.library.item import YES_NO, CheckInItem, Domain, Kind, When
from waymark.library.marking import gettext_noop

BODY_SIGNAL = CheckInItem(
    id="body-signal",
    version=1,
    words=gettext_noop("Did you notice early on that your body was getting tense?"),
    short=gettext_noop("Early notice"),
    kind=Kind.YES_NO,
    when=When.DAILY,
    better=Better.HIGHER,
    domain=Domain.BODY,
    steps=YES_NO,
    about=gettext_noop(
        "The body often knows first. If you notice early, you have more room to act."
    ),
    source=("Interoception; nearest scale MAIA-2 (noticing). The words are Waymark's own."),
    no_occasion=gettext_noop("There was no tension"),
)
