"""The tone in which a person talks to themselves."""

from waymark.library.instrument import Better
from waymark.library.item import DEGREES, CheckInItem, Domain, Kind, When
from waymark.library.marking import gettext_noop

SELF_KIND = CheckInItem(
    id="self-kind",
    version=1,
    words=gettext_noop(
        "How much did you talk to yourself the way you would talk to a good friend?"
    ),
    short=gettext_noop("Self-kindness"),
    kind=Kind.DEGREE,
    when=When.DAILY,
    better=Better.HIGHER,
    domain=Domain.KINDNESS,
    steps=DEGREES,
    about=gettext_noop(
        "Many people are harder on themselves than on anyone else. The tone can soften."
    ),
    source=(
        "Self-compassion (state); nearest scales SSCS-S and SCS-SF. The words are Waymark's own."
    ),
)
