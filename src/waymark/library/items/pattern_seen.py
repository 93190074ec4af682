"""An old pattern that was seen while it ran."""

from waymark.library.instrument import Better
from waymark.library.item import YES_NO, CheckInItem, Domain, Kind, When
from waymark.library.marking import gettext_noop

PATTERN_SEEN = CheckInItem(
    id="pattern-seen",
    version=1,
    words=gettext_noop("This week, did you spot an old pattern while it was going on?"),
    short=gettext_noop("Patterns seen"),
    kind=Kind.YES_NO,
    when=When.WEEKLY,
    better=Better.HIGHER,
    domain=Domain.INSIGHT,
    steps=YES_NO,
    about=gettext_noop("Seeing a pattern as it runs is the step before you can change it."),
    source=(
        "Insight and metacognition; nearest scale SRIS (insight). The words are Waymark's own."
    ),
    no_occasion=gettext_noop("No old pattern came up"),
)
