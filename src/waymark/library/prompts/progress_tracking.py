"""Progress tracking: what has moved, over a week, a month, or since the start."""

from waymark.library.marking import gettext_noop as _
from waymark.library.prompt import Moment, Prompt, PromptFamily

PROGRESS_TRACKING = PromptFamily(
    id="progress-tracking",
    title=_("What has moved"),
    about=_("Small changes are easy to miss from close by. Hard weeks may stand here too."),
    prompts=(
        Prompt("one-step", _("What is one step you took this week that was good for you?")),
        Prompt("grown-this-month", _("What is different for you now than a month ago?")),
        Prompt("handled-anew", _("What did you handle in another way than you used to?")),
        Prompt("skill-that-worked", _("Which skill helped you, and where were you when it did?")),
        Prompt("friend-would-notice", _("What might a friend notice about you these days?")),
        Prompt("no-longer", _("What do you no longer do, or do less than before?")),
        Prompt(
            "time-to-come-back",
            _("After the last upset, how long did it take to feel like you again? And before?"),
        ),
        Prompt("boundary-kept", _("Where did you keep a boundary, even partly?")),
        Prompt("unseen-effort", _("What effort did you make that nobody saw?")),
        Prompt("first-session-self", _("What would you tell the you of your first session?")),
        Prompt("goal-and-next", _("How near is your goal, and what would be one next step?")),
        Prompt("setback", _("What was hard, and what did it show you about what you need?")),
        Prompt("not-moved", _("What has not moved yet? Who could you talk to about that?")),
    ),
    source=(
        "Themes: looking back over a stretch of therapy, with setbacks in the picture; common "
        "practice, with no single owner. The words are Waymark's own."
    ),
    moments=(Moment.WEEKLY, Moment.MONTHLY),
    place=3,
)
