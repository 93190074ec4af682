"""After a session: a quarter of an hour to come down and to keep what counted."""

from waymark.library.marking import gettext_noop as _
from waymark.library.practice import Group, Practice, Step

AFTER_SESSION = Practice(
    id="after-session",
    title=_("After a session"),
    group=Group.SESSION,
    about=_("A little time before the day goes on. A session can leave you tired or raw."),
    steps=(
        Step(
            _("Sit for a moment"),
            _("You do not need to make sense of it yet. Feel your feet and breathe out."),
            60,
            least=30,
        ),
        Step(
            _("Water and a few steps"),
            _("Drink something. If you can, walk a little, or stand by a window and look far."),
            360,
            least=60,
        ),
        Step(
            _("Three lines"),
            _(
                "Write one line each. What do you want to keep? What is not finished? What do you "
                "want to say next time?"
            ),
            300,
            least=120,
        ),
        Step(
            _("How stirred up?"),
            _("From 0 to 10, how stirred up are you now? Ask again tomorrow morning."),
            30,
            least=20,
        ),
        Step(
            _("Tonight"),
            _("What would make tonight a little easier? Plan one thing, and let one thing wait."),
            90,
            least=40,
        ),
        Step(
            _("Somebody"),
            _("Who could you call, if you wanted to? You do not have to talk about it."),
            60,
            least=30,
        ),
    ),
    when_not=_(
        "It should ease within a day or two. If you are still very stirred up on the second day, "
        "if you cannot sleep, or if hope is gone, tell your clinic. If you think of hurting "
        "yourself, open Help now."
    ),
    source=(
        "Time to come down after a session, and lines to keep, are common practice, with no single "
        "owner. The words and times here are Waymark's own."
    ),
)
