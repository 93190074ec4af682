"""A compassionate letter: to yourself, from a wise and kind friend."""

from waymark.library.marking import gettext_noop as _
from waymark.library.practice import Group, Practice, Step

COMPASSIONATE_LETTER = Practice(
    id="compassionate-letter",
    title=_("A letter from a kind friend"),
    group=Group.KINDNESS,
    about=_("You write to yourself as somebody would who knows you well and likes you."),
    steps=(
        Step(
            _("Choose one thing"),
            _("What do you judge yourself for? Choose one thing, and not the hardest one."),
            90,
        ),
        Step(
            _("The friend"),
            _("Think of a wise, kind friend, real or made up. They have seen it all, and stayed."),
            60,
        ),
        Step(
            _("What hurts"),
            _("Write as this friend. Begin with what hurts about it. They can see that it does."),
            150,
        ),
        Step(
            _("What is human in it"),
            _("Who else might feel or do this? What would the friend say about being human?"),
            150,
        ),
        Step(
            _("Where it comes from"),
            _(
                "What has played a part: your past, your body, your work, other people? The friend "
                "knows that nobody chooses all of that."
            ),
            180,
        ),
        Step(
            _("One caring idea"),
            _("What one thing would this friend suggest, because they want you to be well?"),
            150,
        ),
        Step(
            _("Read it"),
            _("Read it once, slowly, as if it had come in the mail. Change what sounds cold."),
            90,
        ),
        Step(_("Put it away"), _("Keep it. You can open it again in a week."), 30),
    ),
    when_not=_(
        "Kind words can bring up grief or shame at first. If that gets strong, stop at any line, "
        "press your feet into the floor and name five things you see. Keep the hardest things for "
        "a session."
    ),
    source=(
        "Letters to oneself are common practice in compassion-focused therapy and self-compassion "
        "training. The words and times here are Waymark's own."
    ),
)
