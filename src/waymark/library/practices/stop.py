"""STOP: a minute between what happens and what you do next."""

from waymark.library.marking import gettext_noop as _
from waymark.library.practice import Group, Practice, Step

STOP = Practice(
    id="stop",
    title=_("STOP"),
    group=Group.NOW,
    about=_("A short pause for when something has just set you off."),
    steps=(
        Step(_("Stop"), _("Stop what you are doing. Let your hands rest."), 5, least=5),
        Step(
            _("Take a breath"),
            _("Breathe in as far as is easy, and let it go slowly. Once more if you like."),
            20,
            least=15,
        ),
        Step(
            _("Observe"),
            _(
                "Look at what is here: in your body, in your feelings, in your thoughts, in the "
                "room. Nothing has to change."
            ),
            35,
            least=25,
        ),
        Step(_("Proceed"), _("Choose one next thing to do, and do just that."), 15, least=15),
    ),
    when_not=_(
        "Not while driving or in water. If watching your breath makes you uneasy, look around the "
        "room instead. If you are in danger, get help first."
    ),
    source=(
        "The four letters are common practice in mindfulness teaching, with no single owner. "
        "The words and times here are Waymark's own."
    ),
)
