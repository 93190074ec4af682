"""Long exhale: a breath out that takes longer than the breath in."""

from waymark.library.cautions import BREATH
from waymark.library.marking import gettext_noop as _
from waymark.library.practice import Breath, Group, Pattern, Practice

LONG_EXHALE = Practice(
    id="long-exhale",
    title=_("Long exhale"),
    group=Group.NOW,
    about=_("The way out takes longer than the way in. Many people find it calming."),
    breath=Breath(
        how=_("Let your shoulders drop. In through your nose if you can, and out as you like."),
        pattern=Pattern(inhale=4, exhale=6),
        gentler=Pattern(inhale=3, exhale=4.5),
        seconds=180,
    ),
    when_not=BREATH,
    source=(
        "Breathing out for longer than in is common practice, with no single owner. The words "
        "here are Waymark's own."
    ),
    longest=300,
    first=True,
)
