"""How long an upset stays: the pace at which a person settles."""

from waymark.library.instrument import Better
from waymark.library.item import CheckInItem, Domain, Kind, When
from waymark.library.marking import gettext_noop

REACT_DURATION = CheckInItem(
    id="react-duration",
    version=1,
    words=gettext_noop("Think of what upset you most. How long did it stay with you?"),
    short=gettext_noop("Time to settle"),
    kind=Kind.DURATION,
    when=When.DAILY,
    better=Better.LOWER,
    domain=Domain.RECOVERY,
    steps=(
        gettext_noop("A few minutes"),
        gettext_noop("Under an hour"),
        gettext_noop("One to three hours"),
        gettext_noop("About half the day"),
        gettext_noop("Most of the day"),
        gettext_noop("It is still with me"),
    ),
    about=gettext_noop("Upsets come to all of us. How soon they let go can change."),
    source=("Emotional recovery; nearest scales DERS-16 and BRS. The words are Waymark's own."),
    no_occasion=gettext_noop("Nothing upset me"),
    first=2,
)
