"""A body scan of three minutes, feet to head."""

from waymark.library.cautions import BODY
from waymark.library.marking import gettext_noop as _
from waymark.library.practice import Group, Practice, Step

BODY_SCAN_3 = Practice(
    id="body-scan-3",
    title=_("Short body scan"),
    group=Group.BODY,
    about=_("Three minutes from your feet to your head. You look in, and change nothing."),
    steps=(
        Step(
            _("Settle"),
            _("Sit or lie down. Eyes open or closed, as you like. Let your weight be held."),
            30,
        ),
        Step(
            _("Feet and legs"),
            _(
                "Feel your feet, then your legs. Warm or cool, heavy or light, or nothing much. "
                "If something is tight, it may soften. It need not."
            ),
            40,
        ),
        Step(
            _("Belly and back"),
            _(
                "Move on to your belly and your back. Notice what moves as you breathe. You can "
                "go back to your feet at any time."
            ),
            40,
        ),
        Step(
            _("Arms and shoulders"),
            _("Feel your hands, your arms, your shoulders. Let them hang if they want to."),
            30,
        ),
        Step(_("Face"), _("Notice your jaw, your eyes, your brow. Let them be as they are."), 20),
        Step(
            _("All of you"),
            _("Feel your whole body at once. Then look around the room, and move a little."),
            20,
        ),
    ),
    when_not=BODY,
    source=(
        "The body scan is common practice in mindfulness teaching, with no single owner. Any part "
        "can be left out, and eyes can stay open, as is advised for people with trauma. The words "
        "and times here are Waymark's own."
    ),
)
