"""Natural breath: the breath is watched and left as it is; nothing is counted, nothing is held."""

from waymark.library.marking import gettext_noop as _
from waymark.library.practice import Group, Practice, Step

NATURAL_BREATH = Practice(
    id="natural-breath",
    title=_("Your own breath"),
    group=Group.BREATH,
    about=_("Nothing to count and nothing to hold. You watch your breath and leave it as it is."),
    steps=(
        Step(
            _("Sit"),
            _("Sit in a way that is easy to keep. Your eyes can stay open."),
            40,
            least=10,
        ),
        Step(
            _("Find it"),
            _("Where do you feel your breath most? It may be your nose, your chest or your belly."),
            50,
            least=10,
        ),
        Step(
            _("Stay with it"),
            _("Feel one breath come in and go out. Then the next. It can be short or long."),
            130,
            least=20,
        ),
        Step(
            _("Begin again"),
            _("Your mind has gone somewhere? Minds do that. Come back with the next breath."),
            50,
            least=10,
        ),
        Step(
            _("Look up"),
            _("Look around you. Feel what holds you up: the chair, the floor."),
            30,
            least=10,
        ),
    ),
    when_not=_(
        "Not while driving or in water. If watching your breath makes you uneasy, listen to the "
        "sounds in the room instead, or look at one thing that does not move."
    ),
    source=(
        "Watching the breath without changing it is common practice, with no single owner. It is "
        "the first choice for people whose panic comes with their breath. The words and times "
        "here are Waymark's own."
    ),
)
