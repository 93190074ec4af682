"""How rested a person wakes up."""

from waymark.library.instrument import Better
from waymark.library.item import DEGREES, CheckInItem, Domain, Kind, When
from waymark.library.marking import gettext_noop

SLEEP_REST = CheckInItem(
    id="sleep-rest",
    version=1,
    words=gettext_noop("How rested did you feel when you woke up?"),
    short=gettext_noop("Waking rested"),
    kind=Kind.DEGREE,
    when=When.MORNING,
    better=Better.HIGHER,
    domain=Domain.SLEEP,
    steps=DEGREES,
    about=gettext_noop("Rest changes how hard a day is. It helps to see the two side by side."),
    source=(
        "Sleep quality; nearest: Consensus Sleep Diary. Hours of sleep are not asked here. The "
        "words are Waymark's own."
    ),
)
