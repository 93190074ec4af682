"""Cyclic sigh: a breath in, a small one on top, and a long breath out."""

from waymark.library.cautions import BREATH
from waymark.library.marking import gettext_noop as _
from waymark.library.practice import Breath, Group, Pattern, Practice

CYCLIC_SIGH = Practice(
    id="cyclic-sigh",
    title=_("Sighing, on purpose"),
    group=Group.BREATH,
    about=_("In, a little more in, and a long way out. Many people find it calming."),
    breath=Breath(
        how=_("Sit in a way that is easy. In through your nose, out through your mouth."),
        pattern=Pattern(inhale=2, top_up=1, exhale=6),
        gentler=Pattern(inhale=1.5, top_up=0.75, exhale=4.5),
        seconds=300,
    ),
    when_not=BREATH,
    source=(
        "Balban et al. 2023 (Cell Reports Medicine 4(1):100895): of about 110 people, those who "
        "sighed like this for five minutes a day over 28 days gained most in mood. One study. The "
        "words here are Waymark's own."
    ),
)
