"""How strong an upset is: asked after what upset the person, and apart from how long."""

from waymark.library.instrument import Better
from waymark.library.item import CheckInItem, Domain, Kind, When
from waymark.library.marking import gettext_noop

REACT_INTENSITY = CheckInItem(
    id="react-intensity",
    version=1,
    words=gettext_noop("At its peak, how strong was that feeling?"),
    short=gettext_noop("Strength of upsets"),
    kind=Kind.NUMBER,
    when=When.DAILY,
    better=Better.LOWER,
    domain=Domain.RECOVERY,
    steps=(
        gettext_noop("Hardly there"),
        gettext_noop("As strong as it can get"),
    ),
    about=gettext_noop(
        "How hard it hits and how long it stays are two things. Each can change by itself."
    ),
    source=("Emotional reactivity; nearest scales DERS-16 and PANAS. The words are Waymark's own."),
    follows="react-duration",
    first=3,
)
