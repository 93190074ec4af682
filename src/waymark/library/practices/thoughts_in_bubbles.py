"""Thoughts in bubbles: the river again, for those who like air better than water."""

from waymark.library.cautions import RIVER
from waymark.library.marking import gettext_noop as _
from waymark.library.practice import Group, Practice, Step

THOUGHTS_IN_BUBBLES = Practice(
    id="thoughts-in-bubbles",
    title=_("Bubbles in the air"),
    group=Group.MIND,
    about=_("You watch your thoughts float off and do not go with them. They may keep coming."),
    steps=(
        Step(
            _("Settle"),
            _("Sit in a way that is easy to keep. Let your eyes close, or rest on one spot."),
            60,
            least=40,
        ),
        Step(
            _("The air"),
            _(
                "Think of a wide sky and soap bubbles that rise. If no picture comes, the words "
                "are enough."
            ),
            45,
            least=30,
        ),
        Step(
            _("One bubble, one thought"),
            _(
                "When a thought comes, put it in a bubble. It rises in its own time. Then wait "
                "for the next one. No picture? Say to yourself: I am having the thought that …"
            ),
            240,
            least=150,
        ),
        Step(
            _("These, too"),
            _("“It is not helping.” “What is for dinner?” Those are thoughts too. A bubble each."),
            30,
            least=20,
        ),
        Step(
            _("Back to the ground"),
            _("You floated off with one? Everybody does. Notice it, and feel your feet again."),
            30,
            least=20,
        ),
        Step(
            _("No hurry"),
            _("There is no need to blow. A bubble that hangs in the air may hang there."),
            30,
            least=20,
        ),
        Step(
            _("Come back"),
            _("Look around the room. Which thought came back most? One line about it is plenty."),
            45,
            least=20,
        ),
    ),
    when_not=RIVER,
    source=(
        "Watching thoughts pass by is a common exercise in acceptance and commitment therapy. Its "
        "aim is some distance, not an empty mind. The words and times here are Waymark's own."
    ),
    form_of="thoughts-on-a-river",
)
