"""A self-compassion break: it is hard, others know this too, and a kind wish."""

from waymark.library.marking import gettext_noop as _
from waymark.library.practice import Group, Practice, Step

SELF_COMPASSION_BREAK = Practice(
    id="self-compassion-break",
    title=_("On your own side"),
    group=Group.KINDNESS,
    about=_(
        "Three plain sentences for a hard moment. Call it being fair to yourself, if you like."
    ),
    steps=(
        Step(
            _("Pause"),
            _("Think of what is hard right now. Pick something small to begin with."),
            40,
        ),
        Step(
            _("It is hard"),
            _("Say it as it is: this hurts, or this is a lot. Where do you feel it?"),
            75,
        ),
        Step(
            _("You are not the only one"),
            _(
                "Somewhere, other people know this too. Being human is hard at times. It does not "
                "mean that you are doing it wrong."
            ),
            75,
        ),
        Step(
            _("A kind wish"),
            _(
                "What would you wish a friend? Wish it to yourself, in your own words. A hand on "
                "your chest or your arm can help, if that is all right for you."
            ),
            80,
        ),
        Step(
            _("Go on gently"),
            _("Let it go. Look around, and take the next thing slowly."),
            30,
        ),
    ),
    when_not=_(
        "Kind words can bring up grief or shame at first. If that gets strong, stop, press your "
        "feet into the floor and name five things you see. Keep the hardest things for a session."
    ),
    source=(
        "The three parts follow Neff's account of self-compassion (2003, Self and Identity 2(2)): "
        "noticing pain, sharing it with others, being kind. The words and times are Waymark's own."
    ),
)
