"""Emotion-focused writing: one feeling, looked at from several sides."""

from waymark.library.marking import gettext_noop as _
from waymark.library.prompt import Moment, Prompt, PromptFamily

EMOTION_FOCUSED = PromptFamily(
    id="emotion-focused",
    title=_("Getting to know a feeling"),
    about=_("Choose one feeling and look at it from some distance. You can stop at any line."),
    prompts=(
        Prompt(
            "as-a-place",
            _("If this feeling were a place, what would you see and hear there?"),
        ),
        Prompt("letter-to-it", _("What would you write to this feeling, if it could read?")),
        Prompt("its-age", _("How old does this feeling seem: quite new, or an old one?")),
        Prompt("its-message", _("What does this feeling want you to know?")),
        Prompt("in-the-body", _("Where in your body is it, and what is it like there?")),
        Prompt(
            "why-ladder",
            _("Why is this feeling here today?"),
            then=(
                _("And why does that matter to you?"),
                _("And why is that so?"),
                _("Three times is enough. What do you need now?"),
            ),
        ),
        Prompt("what-it-guards", _("What might this feeling be trying to guard?")),
        Prompt("need-under-it", _("What do you need, that this feeling points to?")),
        Prompt("if-it-were-kind", _("If this feeling spoke to you kindly, what would it say?")),
        Prompt(
            "size-then-and-now",
            _("How big was it at its strongest, and how big is it as you write?"),
        ),
        Prompt("one-beneath", _("Is there a second, quieter feeling under the first one?")),
        Prompt("when-it-visits", _("What do you do when this feeling comes to visit?")),
        Prompt("when-smaller", _("When was it smaller, even for a minute? What was there then?")),
    ),
    source=(
        "Themes: naming, locating and hearing out a feeling, common practice in emotion-focused "
        "therapy. Asking why stops after three, as asking on can feed rumination. The words are "
        "Waymark's own."
    ),
    moments=(Moment.HARD_DAY,),
    place=2,
    calm_only=True,
)
