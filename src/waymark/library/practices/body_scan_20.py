"""A body scan of twenty minutes, one side after the other."""

from waymark.library.cautions import BODY
from waymark.library.marking import gettext_noop as _
from waymark.library.practice import Group, Practice, Step

BODY_SCAN_20 = Practice(
    id="body-scan-20",
    title=_("Long body scan"),
    group=Group.BODY,
    about=_("Twenty minutes, one part at a time. You may doze off, and that is fine."),
    steps=(
        Step(
            _("Settle"),
            _(
                "Lie or sit where you are warm. Eyes open or closed. Leave out any part you like, "
                "and stay with your hands or feet instead."
            ),
            90,
            least=75,
        ),
        Step(
            _("Left leg"),
            _(
                "Begin at the toes of your left foot. Move up slowly: sole, heel, shin, knee, "
                "thigh. Notice, and move on."
            ),
            120,
            least=90,
        ),
        Step(
            _("Right leg"),
            _("Now the right foot and leg. It may feel just like the other side, or not at all."),
            120,
            least=90,
        ),
        Step(
            _("Hips"),
            _("Feel where your hips meet the chair or the bed. Let them be heavy if they want to."),
            90,
            least=75,
        ),
        Step(
            _("Low back"),
            _("Notice your low back. If it aches, you can move. If it is quiet, let it be quiet."),
            90,
            least=75,
        ),
        Step(
            _("Belly"),
            _("Feel your belly rise and sink. There is no need to pull it in."),
            90,
            least=75,
        ),
        Step(
            _("Chest"),
            _("Feel your breath in your chest, and perhaps the beat of your heart."),
            90,
            least=75,
        ),
        Step(
            _("Upper back"),
            _("Feel the space between your shoulder blades. What touches you there?"),
            90,
            least=75,
        ),
        Step(
            _("Hands and arms"),
            _("Feel both hands from the inside: fingers, palms, wrists. Then both arms."),
            120,
            least=90,
        ),
        Step(
            _("Shoulders and neck"),
            _(
                "Notice your shoulders and your neck, front and back. Let the pillow or the air "
                "hold what it can."
            ),
            120,
            least=90,
        ),
        Step(
            _("Face and head"),
            _("Lips, jaw, nose, eyes, brow, and the whole weight of your head."),
            90,
            least=75,
        ),
        Step(
            _("All of you"),
            _("Let it all be there at once, from toes to crown. Nothing more to do."),
            60,
            least=45,
        ),
        Step(
            _("Close"),
            _("Hear the room. Move a little, stretch, and get up slowly when you are ready."),
            30,
            least=30,
        ),
    ),
    when_not=BODY,
    source=(
        "The body scan is common practice in mindfulness teaching, with no single owner. Any part "
        "can be left out, and eyes can stay open, as is advised for people with trauma. The words "
        "and times here are Waymark's own."
    ),
)
