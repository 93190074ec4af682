"""A hard feeling that was let be."""

from waymark.library.instrument import Better
from waymark.library.item import DEGREES, CheckInItem, Domain, Kind, When
from waymark.library.marking import gettext_noop

ALLOW_FEELING = CheckInItem(
    id="allow-feeling",
    version=1,
    words=gettext_noop("How far could you let a hard feeling be there and not fight it?"),
    short=gettext_noop("Making room"),
    kind=Kind.DEGREE,
    when=When.DAILY,
    better=Better.HIGHER,
    domain=Domain.FEELINGS,
    steps=DEGREES,
    about=gettext_noop("Fighting a feeling can make it louder. Letting it be can be learned."),
    source=(
        "Acceptance; nearest scales AAQ-II and DERS (non-acceptance). The words are Waymark's own."
    ),
    no_occasion=gettext_noop("No hard feeling came up"),
    first=4,
)
