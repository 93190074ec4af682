"""Six a minute: five seconds in and five out."""

from waymark.library.cautions import BREATH
from waymark.library.marking import gettext_noop as _
from waymark.library.practice import Breath, Group, Pattern, Practice

SIX_A_MINUTE = Practice(
    id="six-a-minute",
    title=_("Six breaths a minute"),
    group=Group.BREATH,
    about=_("Five seconds in and five seconds out. A slow pace that is easy to learn."),
    breath=Breath(
        how=_("Sit in a way that leaves your belly free. Breathe less deep than you think."),
        pattern=Pattern(inhale=5, exhale=5),
        gentler=Pattern(inhale=4, exhale=4),
        seconds=300,
    ),
    when_not=BREATH,
    source=(
        "Six breaths a minute is the usual pace of slow breathing in studies and in biofeedback, "
        "with no single owner. The words here are Waymark's own."
    ),
    longest=600,
)
