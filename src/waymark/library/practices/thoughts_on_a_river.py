"""Thoughts on a river: each thought is put on a leaf and left to the water."""

from waymark.library.cautions import RIVER
from waymark.library.marking import gettext_noop as _
from waymark.library.practice import Group, Practice, Step

THOUGHTS_ON_A_RIVER = Practice(
    id="thoughts-on-a-river",
    title=_("Leaves on a river"),
    group=Group.MIND,
    about=_("You watch your thoughts go by and do not go with them. They may keep coming."),
    steps=(
        Step(
            _("Settle"),
            _("Sit in a way that is easy to keep. Let your eyes close, or rest on one spot."),
            60,
            least=40,
        ),
        Step(
            _("The water"),
            _(
                "Think of a slow river, and leaves that drift by. If no picture comes, the words "
                "are enough."
            ),
            45,
            least=30,
        ),
        Step(
            _("One leaf, one thought"),
            _(
                "When a thought comes, put it on a leaf. It floats off in its own time. Then wait "
                "for the next one. No picture? Say to yourself: I am having the thought that …"
            ),
            240,
            least=150,
        ),
        Step(
            _("These, too"),
            _("“This does nothing for me.” “I am bored.” Those are thoughts as well. A leaf each."),
            30,
            least=20,
        ),
        Step(
            _("Back to the bank"),
            _("You drifted off with one? Everybody does. Notice it, and step back on land."),
            30,
            least=20,
        ),
        Step(
            _("No hurry"),
            _("Let the river set the pace. A leaf that stays in view may stay."),
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
)
