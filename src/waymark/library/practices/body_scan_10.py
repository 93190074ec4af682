"""A body scan of ten minutes, feet to head."""

from waymark.library.cautions import BODY
from waymark.library.marking import gettext_noop as _
from waymark.library.practice import Group, Practice, Step

BODY_SCAN_10 = Practice(
    id="body-scan-10",
    title=_("Body scan"),
    group=Group.BODY,
    about=_("A slow walk through your body. There is nothing to get right."),
    steps=(
        Step(
            _("Settle"),
            _(
                "Sit or lie down so that you are held. Eyes open or closed. You can stop at any "
                "time, and leave out any part: your hands or feet will do instead."
            ),
            60,
        ),
        Step(
            _("Feet"),
            _("Feel both feet. Where do they touch something? Warm or cool, both are fine."),
            60,
        ),
        Step(
            _("Lower legs"),
            _("Move up to your shins and calves. Notice what is there, and let it be."),
            45,
        ),
        Step(
            _("Thighs and hips"),
            _(
                "Feel how your thighs and hips rest on what is under you. If they grip, they may "
                "let go a little."
            ),
            60,
        ),
        Step(
            _("Belly and low back"),
            _("Your belly moves with each breath. Your low back may move too. Let it happen."),
            60,
        ),
        Step(
            _("Chest and upper back"),
            _("Feel your ribs widen and sink. If this part is too much, go to your hands."),
            60,
        ),
        Step(
            _("Hands and arms"),
            _("Feel your palms, each finger, your wrists. Then your arms, up to the top."),
            60,
        ),
        Step(
            _("Shoulders and neck"),
            _("Many people carry something here. See if it is so for you today. It may stay."),
            60,
        ),
        Step(
            _("Face and head"),
            _("Your jaw, your cheeks, the skin around your eyes, the top of your head."),
            60,
        ),
        Step(
            _("All of you"),
            _("Feel your body as one whole, held where it is, breathing by itself."),
            60,
        ),
        Step(_("Close"), _("Look around. Move your hands and feet."), 15),
    ),
    when_not=BODY,
    source=(
        "The body scan is common practice in mindfulness teaching, with no single owner. Any part "
        "can be left out, and eyes can stay open, as is advised for people with trauma. The words "
        "and times here are Waymark's own."
    ),
)
