"""Stress now, beside a month ago, in the person's own view."""

from waymark.library.instrument import Better
from waymark.library.item import CheckInItem, Domain, Kind, When
from waymark.library.marking import gettext_noop

HANDLED_VS_MONTH = CheckInItem(
    id="handled-vs-month",
    version=1,
    words=gettext_noop("Think back one month. How hard does that kind of stress hit you now?"),
    short=gettext_noop("Stress beside last month"),
    kind=Kind.COMPARED,
    when=When.WEEKLY,
    better=Better.LOWER,
    domain=Domain.RECOVERY,
    steps=(
        gettext_noop("Much less than then"),
        gettext_noop("A bit less"),
        gettext_noop("About the same"),
        gettext_noop("Harder"),
        gettext_noop("Much harder than then"),
    ),
    about=gettext_noop("Your own view counts beside the numbers. The two do not have to agree."),
    source=(
        "Global change; nearest scale PGI-C. Looking back, and marked so: it is shown as it was "
        "given. The words are Waymark's own."
    ),
)
