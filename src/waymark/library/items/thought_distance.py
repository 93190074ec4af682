"""A harsh thought seen as a thought."""

from waymark.library.instrument import Better
from waymark.library.item import YES_NO, CheckInItem, Domain, Kind, When
from waymark.library.marking import gettext_noop

THOUGHT_DISTANCE = CheckInItem(
    id="thought-distance",
    version=1,
    words=gettext_noop("Did you catch a harsh thought and see it as a thought, not as the truth?"),
    short=gettext_noop("Stepping back"),
    kind=Kind.YES_NO,
    when=When.DAILY,
    better=Better.HIGHER,
    domain=Domain.THOUGHTS,
    steps=YES_NO,
    about=gettext_noop(
        "A thought can be loud and still not be true. Seeing that takes some of its weight."
    ),
    source=(
        "Decentering and defusion; nearest scales EQ (decentering) and CFQ. The words are "
        "Waymark's own."
    ),
    no_occasion=gettext_noop("No harsh thought came up"),
)
