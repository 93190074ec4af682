"""A pause between what happens and what is done."""

from waymark.library.instrument import Better
from waymark.library.item import YES_NO, CheckInItem, Domain, Kind, When
from waymark.library.marking import gettext_noop

PAUSE = CheckInItem(
    id="pause",
    version=1,
    words=gettext_noop("Did you find a moment to pause before you spoke or acted?"),
    short=gettext_noop("Pausing"),
    kind=Kind.YES_NO,
    when=When.DAILY,
    better=Better.HIGHER,
    domain=Domain.PAUSING,
    steps=YES_NO,
    about=gettext_noop("A short pause gives you a choice. This shows how often you find one."),
    source=(
        "Response inhibition and mindful action; nearest scales DERS (impulse) and FFMQ (non- "
        "reacting). The words are Waymark's own."
    ),
    no_occasion=gettext_noop("No moment called for it"),
    first=1,
)
