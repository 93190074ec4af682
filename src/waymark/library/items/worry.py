"""How far worry got in the way."""

from waymark.library.instrument import Better
from waymark.library.item import CheckInItem, Domain, Kind, When
from waymark.library.marking import gettext_noop

WORRY = CheckInItem(
    id="worry",
    version=1,
    words=gettext_noop("How much did worry get in your way?"),
    short=gettext_noop("Worry"),
    kind=Kind.NUMBER,
    when=When.DAILY,
    better=Better.LOWER,
    domain=Domain.WORRY,
    steps=(
        gettext_noop("Not at all"),
        gettext_noop("It stopped me all day"),
    ),
    about=gettext_noop(
        "Worry takes more room on some days. This shows how much it takes from you."
    ),
    source=("Anxiety; nearest scale GAD-7, not comparable. The words are Waymark's own."),
)
