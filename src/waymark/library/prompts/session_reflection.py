"""Session reflection: what a session left behind, and what belongs in the next one."""

from waymark.library.marking import gettext_noop as _
from waymark.library.prompt import Moment, Prompt, PromptFamily

SESSION_REFLECTION = PromptFamily(
    id="session-reflection",
    title=_("After a session"),
    about=_("A few lines while it is fresh. What did not fit may stand here as well."),
    prompts=(
        Prompt("surprised", _("What surprised you today?")),
        Prompt("left-unsaid", _("What do you wish you had said?")),
        Prompt("before-during-after", _("How did you feel before, while you talked, and after?")),
        Prompt("idea-to-keep", _("Which one idea would you like to keep?")),
        Prompt("did-not-fit", _("What was said that did not fit for you?")),
        Prompt("went-around", _("What did you talk around, and what made it hard to touch?")),
        Prompt("understood-or-not", _("When did you feel understood, and when less so?")),
        Prompt("to-try", _("What will you try until next time, and what could get in the way?")),
        Prompt("next-question", _("What would you like to ask next time?")),
        Prompt("pace", _("Was it too fast, too slow or about right? What would you change?")),
        Prompt("body-after", _("How does your body feel now that you are out of there?")),
        Prompt("tonight", _("What do you need tonight?")),
        Prompt("who-to-tell", _("Is there anybody you would like to tell about it?")),
    ),
    source=(
        "Themes: feedback on the session and what to carry on, common practice in psychotherapy, "
        "with no single owner. The words are Waymark's own."
    ),
    moments=(Moment.AFTER_SESSION,),
    place=5,
)
