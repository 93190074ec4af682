"""A second way to look at a hard moment."""

from waymark.library.instrument import Better
from waymark.library.item import YES_NO, CheckInItem, Domain, Kind, When
from waymark.library.marking import gettext_noop

REFRAME = CheckInItem(
    id="reframe",
    version=1,
    words=gettext_noop("In a hard moment, did you find one more way to look at it?"),
    short=gettext_noop("A second look"),
    kind=Kind.YES_NO,
    when=When.DAILY,
    better=Better.HIGHER,
    domain=Domain.THOUGHTS,
    steps=YES_NO,
    about=gettext_noop("Most moments can be read in more than one way. It helps to have a choice."),
    source=("Cognitive reappraisal; nearest scale ERQ (reappraisal). The words are Waymark's own."),
    no_occasion=gettext_noop("There was no hard moment"),
)
