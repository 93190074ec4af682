"""Daily reflection: a few lines about the day that has just been."""

from waymark.library.marking import gettext_noop as _
from waymark.library.prompt import Moment, Prompt, PromptFamily

DAILY_REFLECTION = PromptFamily(
    id="daily-reflection",
    title=_("Looking back on today"),
    about=_("A few lines about your day. There is no right length, and one word is fine."),
    prompts=(
        Prompt("value-honored", _("What did you do today that matters to you, however small?")),
        Prompt(
            "pulled-away",
            _("Was there a moment when you were pulled off course? What pulled?"),
        ),
        Prompt("learned-self", _("What did today show you about yourself?")),
        Prompt("gave-energy", _("What gave you a little energy today?")),
        Prompt("drained", _("What took energy from you today?")),
        Prompt("do-again", _("Which choice of today would you make again?")),
        Prompt("first-noticed", _("What did you notice today for the first time?")),
        Prompt("carried", _("What are you still carrying as the day ends?")),
        Prompt("learned-other", _("What did you see in somebody else today that was new to you?")),
        Prompt("learned-world", _("What did today teach you about how things work?")),
        Prompt("for-tomorrow", _("What did you do today that tomorrow's you will be glad of?")),
        Prompt("helped", _("Who helped you today, or whom did you help?")),
        Prompt("one-moment", _("If you kept one moment of today, which would it be?")),
    ),
    source=(
        "Themes: writing about the day in positive affect journaling (Smyth et al. 2018, "
        "JMIR Mental Health 5(4):e11290; a first, small trial). The words are Waymark's own."
    ),
    moments=(Moment.DAILY,),
    place=1,
)
