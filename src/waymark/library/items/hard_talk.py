"""A talk that the person would rather have put off."""

from waymark.library.instrument import Better
from waymark.library.item import YES_NO, CheckInItem, Domain, Kind, When
from waymark.library.marking import gettext_noop

HARD_TALK = CheckInItem(
    id="hard-talk",
    version=1,
    words=gettext_noop("This week, did you have a talk that you would rather have put off?"),
    short=gettext_noop("Hard talks"),
    kind=Kind.YES_NO,
    when=When.WEEKLY,
    better=Better.HIGHER,
    domain=Domain.BOUNDARIES,
    steps=YES_NO,
    about=gettext_noop("A hard talk can take courage, however it went. Here it is counted as one."),
    source=(
        "Approach behavior; no scale lies near. Shown as a count of four weeks. The words are "
        "Waymark's own."
    ),
    no_occasion=gettext_noop("There was none to have"),
)
