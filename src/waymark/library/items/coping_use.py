"""Which skills were used, and how much each helped."""

from waymark.library.instrument import Better
from waymark.library.item import CheckInItem, Domain, Kind, When
from waymark.library.marking import gettext_noop

COPING_USE = CheckInItem(
    id="coping-use",
    version=1,
    words=gettext_noop("What did you try that helped a bit? How much did each one help?"),
    short=gettext_noop("What helped"),
    kind=Kind.SKILLS,
    when=When.DAILY,
    better=Better.HIGHER,
    domain=Domain.COPING,
    steps=(
        gettext_noop("Nothing this time"),
        gettext_noop("These"),
    ),
    about=gettext_noop("This makes a list of what works for you. It is there when a day is hard."),
    source=(
        "Use of coping skills and self-efficacy; nearest scales CSES and Brief COPE. Shown as "
        "days and mean help, and not judged: who needs fewer skills may be well. The words are "
        "Waymark's own."
    ),
    first=5,
)
