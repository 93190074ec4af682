"""When not to use a practice: words that several share, so that safety is written once."""

from waymark.library.marking import gettext_noop as _

BREATH = _(
    "Sit down for it. Never do it in water or while driving. If you feel dizzy or your hands "
    "tingle, stop and breathe as you like. If watching your breath makes you uneasy, look around "
    "the room instead."
)
"""For every breath without a hold."""

HELD_BREATH = _(
    "Leave this one out if you are pregnant, if you have epilepsy or trouble with your heart or "
    "lungs, or if holding your breath can bring on panic. Long exhale has no holds. Sit down for "
    "it, and never do it in water or while driving. If you feel dizzy or your hands tingle, stop "
    "and breathe as you like."
)
"""For every breath with a hold."""

BODY = _(
    "Not while driving or in water. If feeling your body brings up fear or old memories, open your "
    "eyes and stay with your hands or your feet, or stop here. You can leave out any part."
)
"""For every walk through the body."""

RIVER = _(
    "Not while driving or in water. Leave it for a calmer day if your thoughts race, or if things "
    "feel unreal. If a thought is about hurting yourself, do not let it drift off: tell somebody, "
    "or open Help now."
)
"""For every form of thoughts on a river."""
