"""A need that was said, or a no."""

from waymark.library.instrument import Better
from waymark.library.item import YES_NO, CheckInItem, Domain, Kind, When
from waymark.library.marking import gettext_noop

BOUNDARY = CheckInItem(
    id="boundary",
    version=1,
    words=gettext_noop("When it mattered, did you say what you need, or say no?"),
    short=gettext_noop("Speaking up"),
    kind=Kind.YES_NO,
    when=When.DAILY,
    better=Better.HIGHER,
    domain=Domain.BOUNDARIES,
    steps=YES_NO,
    about=gettext_noop("Saying what you need can be hard. Here you can see where it works."),
    source=(
        "Assertiveness; nearest scales: Rathus (short form) and IIP. May also be asked once a "
        "week. The words are Waymark's own."
    ),
    no_occasion=gettext_noop("It did not come up"),
)
