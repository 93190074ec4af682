"""4-7-8: a long hold and a longer breath out, for a few cycles."""

from waymark.library.cautions import HELD_BREATH
from waymark.library.marking import gettext_noop as _
from waymark.library.practice import Breath, Group, Pattern, Practice

FOUR_SEVEN_EIGHT = Practice(
    id="four-seven-eight",
    title=_("Four, seven, eight"),
    group=Group.BREATH,
    about=_("Four rounds of in, hold and a slow way out. Many people use it before sleep."),
    breath=Breath(
        how=_(
            "Sit or lean back. Four rounds are enough at first. It is the shape that counts, not "
            "the seconds: half the time works too."
        ),
        pattern=Pattern(inhale=4, hold=7, exhale=8),
        gentler=Pattern(inhale=2, hold=3.5, exhale=4),
        cycles=4,
    ),
    when_not=HELD_BREATH,
    source=(
        "The count was made known by Andrew Weil and comes from yoga; four cycles at first is his "
        "usual advice. No trial is leaned on here. The words here are Waymark's own."
    ),
    instead="long-exhale",
)
