"""Mood of the day, as one number."""

from waymark.library.instrument import Better
from waymark.library.item import CheckInItem, Domain, Kind, When
from waymark.library.marking import gettext_noop

MOOD = CheckInItem(
    id="mood",
    version=1,
    words=gettext_noop("All in all, how was your mood?"),
    short=gettext_noop("Mood"),
    kind=Kind.NUMBER,
    when=When.DAILY,
    better=Better.HIGHER,
    domain=Domain.MOOD,
    steps=(
        gettext_noop("Very low"),
        gettext_noop("Very good"),
    ),
    about=gettext_noop("Moods go up and down. Your own line shows what is usual for you."),
    source=(
        "Affect; nearest scale PANAS. Not comparable with the PHQ-2. The words are Waymark's own."
    ),
)
