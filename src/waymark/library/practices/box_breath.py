"""Box breath: in, hold, out and rest, all four of one length."""

from waymark.library.cautions import HELD_BREATH
from waymark.library.marking import gettext_noop as _
from waymark.library.practice import Breath, Group, Pattern, Practice

BOX_BREATH = Practice(
    id="box-breath",
    title=_("Box breath"),
    group=Group.BREATH,
    about=_("Four parts of the same length, like the sides of a box. Some people like the count."),
    breath=Breath(
        how=_("Sit with your feet on the floor. Fill up as far as is easy, and no further."),
        pattern=Pattern(inhale=4, hold=4, exhale=4, rest=4),
        gentler=Pattern(inhale=3, hold=3, exhale=3, rest=3),
        seconds=300,
    ),
    when_not=HELD_BREATH,
    source=(
        "The even count of four is common practice, with no single owner; in Balban et al. 2023 "
        "(Cell Reports Medicine 4(1):100895, about 110 people) a form of it was one of three "
        "breath practices. The words here are Waymark's own."
    ),
    instead="long-exhale",
)
