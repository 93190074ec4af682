"""Before a session: five minutes to arrive and to choose what matters."""

from waymark.library.marking import gettext_noop as _
from waymark.library.practice import Group, Practice, Step

BEFORE_SESSION = Practice(
    id="before-session",
    title=_("Before a session"),
    group=Group.SESSION,
    about=_("Arrive, look around, and choose what you would like to talk about."),
    steps=(
        Step(
            _("A few breaths"),
            _("Sit down. Let your breath go out slowly, a few times. You are here now."),
            60,
        ),
        Step(
            _("Look around"),
            _(
                "Name five things you can see. Four you can feel. Three you can hear. Two you can "
                "smell. One you can taste. Three, two, one will do as well."
            ),
            90,
        ),
        Step(
            _("What matters"),
            _(
                "What would you most like to talk about? Find one moment of this week that shows "
                "it: when, where, who. What would you like to ask for?"
            ),
            120,
            least=90,
        ),
        Step(
            _("Your goals"),
            _("How near do your goals feel today? Your first thought is fine."),
            30,
            least=15,
        ),
    ),
    when_not=_(
        "Not while driving to it. If something cannot wait, say that first when you meet. If you "
        "are in danger now, do not wait for the session: open Help now."
    ),
    source=(
        "Agreeing on an agenda and naming what the senses meet are common practice, with no single "
        "owner. The words and times here are Waymark's own."
    ),
)
