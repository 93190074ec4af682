"""Coherent breath: in and out of one length, a little over five breaths a minute."""

from waymark.library.cautions import BREATH
from waymark.library.marking import gettext_noop as _
from waymark.library.practice import Breath, Group, Pattern, Practice

COHERENT_BREATH = Practice(
    id="coherent-breath",
    title=_("Even breath"),
    group=Group.BREATH,
    about=_("In and out take the same time, with no holds. Many people find it calming."),
    breath=Breath(
        how=_("Sit up, or lean back. Let the breath be soft: slow, but not deep."),
        pattern=Pattern(inhale=5.5, exhale=5.5),
        gentler=Pattern(inhale=4, exhale=4),
        seconds=300,
    ),
    when_not=BREATH,
    source=(
        "5.5 seconds in and out, 5.45 breaths a minute. Fincham et al. 2023 (Scientific Reports "
        "13:22141, 400 people, 10 minutes a day for four weeks) saw no difference from breathing "
        "12 times a minute; both groups felt better. The words here are Waymark's own."
    ),
    longest=600,
)
