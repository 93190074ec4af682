"""Guided sitting: ten minutes of sounds, breath, feelings and a kind wish."""

from waymark.library.marking import gettext_noop as _
from waymark.library.practice import Group, Practice, Step

GUIDED_SITTING = Practice(
    id="guided-sitting",
    title=_("Sitting, step by step"),
    group=Group.MIND,
    about=_(
        "Sounds, breath, feelings, a kind wish. Sitting still does not suit everybody: some people "
        "feel worse, and for a few that lasts a while."
    ),
    steps=(
        Step(
            _("Welcome"),
            _("You can stop at any time, move, or keep your eyes open. Nothing has to come of it."),
            40,
        ),
        Step(
            _("Find a seat"),
            _("Sit upright, but not stiff. Feel your feet. Let your hands lie where they fall."),
            50,
        ),
        Step(
            _("Sounds"),
            _("Listen: far away, in the room, close by. You need not like them or name them."),
            60,
        ),
        Step(
            _("Breath"),
            _(
                "Now feel your breath, where it is easiest to feel. Follow it in, and follow it "
                "out. If your breath is not a good place, stay with the sounds."
            ),
            150,
        ),
        Step(
            _("Begin again"),
            _(
                "Your mind has wandered, perhaps many times. That is how minds are. Each time you "
                "see it, come back once more, without a lecture."
            ),
            90,
        ),
        Step(
            _("What is felt"),
            _("Is there a feeling? Give it a plain name: sad, tense, calm. It may stay or go."),
            70,
        ),
        Step(
            _("A kind wish"),
            _("Wish yourself something good, in your own words. Then wish it to somebody else."),
            70,
        ),
        Step(
            _("Widen"),
            _("Take in all of it: sounds, breath, body, the space around you."),
            40,
        ),
        Step(
            _("Close"),
            _("Look around. What is the next small thing you will do? Take your time."),
            30,
        ),
    ),
    when_not=_(
        "Not while driving or in water. Ask your therapist first if you went through a trauma not "
        "long ago, if you hear or see things that others do not, if you often feel unreal, or if "
        "your mood runs very high. If it feels bad, stop, stand up and look around."
    ),
    source=(
        "Sounds, breath, feelings and a kind wish are common practice, with no single owner. On "
        "harm: Britton et al. 2021 (Clinical Psychological Science) and Goldberg et al. 2021 "
        "(Psychotherapy Research). The words and times here are Waymark's own."
    ),
)
