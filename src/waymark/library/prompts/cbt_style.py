"""CBT-style writing: one thought, and whether it is the whole story."""

from waymark.library.marking import gettext_noop as _
from waymark.library.prompt import Moment, Prompt, PromptFamily

CBT_STYLE = PromptFamily(
    id="cbt-style",
    title=_("Looking at a thought"),
    about=_("Take one thought and see if it is the whole story. It may be true, and that counts."),
    prompts=(
        Prompt("in-one-sentence", _("What went through your mind, in one sentence?")),
        Prompt("fact-or-guess", _("Which part of it do you know, and which part is a guess?")),
        Prompt("speaks-for-it", _("What have you seen or heard that speaks for this thought?")),
        Prompt("speaks-against-it", _("What have you seen or heard that does not fit with it?")),
        Prompt("what-it-does", _("When you believe it, what do you feel, and what do you do?")),
        Prompt("another-reading", _("What is one other way to read what happened?")),
        Prompt("to-a-friend", _("What would you say to a friend who had this thought?")),
        Prompt(
            "worst-best-likely",
            _("What is the worst that could come of it, the best, and the most likely?"),
        ),
        Prompt("which-trap", _("Does it look like a thinking trap you know? Which one?")),
        Prompt(
            "cost-and-use", _("What does it cost you to keep this thought? What is it good for?")
        ),
        Prompt("small-test", _("What small thing could you try, to find out if it holds?")),
        Prompt(
            "balanced",
            _("What would be a fair way to say it? How much do you believe each of the two?"),
        ),
        Prompt("if-it-is-true", _("If it is true: what would help, and who could help you?")),
    ),
    source=(
        "Themes: the steps of a thought record as it is used in cognitive therapy, with no single "
        "owner. The words are Waymark's own."
    ),
    moments=(Moment.HARD_DAY,),
    place=4,
    calm_only=True,
)
