"""The thinking traps: sixteen ways in which a thought can bend what happened."""

from dataclasses import dataclass

from waymark.library.marking import gettext_noop as _


@dataclass(frozen=True, slots=True)
class Trap:
    """A thinking trap (a cognitive distortion). A client names it; nobody names it for them.

    ``question`` is one that can loosen it. Its id is never reused.
    """

    id: str
    name: str
    explanation: str
    question: str


MAY_BE_TRUE = _(
    "A hard thought can also be true: about loss, illness, or how you are treated. Then there is "
    "nothing to argue with. What would help you now?"
)
"""Stands beside every list of traps: a true thought is met with help, and is not disputed."""

_ALL = (
    Trap(
        "all-or-nothing",
        _("All or nothing"),
        _("It is perfect or it is worthless, with nothing between."),
        _("What would the middle look like here?"),
    ),
    Trap(
        "overgeneralizing",
        _("Always and never"),
        _("It went badly once, so it will each time."),
        _("When did it go another way, even once?"),
    ),
    Trap(
        "mental-filter",
        _("Seeing one spot"),
        _("One hard detail colors the whole day."),
        _("What else was in the picture?"),
    ),
    Trap(
        "discounting-the-positive",
        _("It does not count"),
        _("What went well is waved away: luck, or nothing special."),
        _("Would you say so if a friend had done it?"),
    ),
    Trap(
        "mind-reading",
        _("Reading minds"),
        _("You feel sure what others think, and nobody has said it."),
        _("What did they say or do, word for word?"),
    ),
    Trap(
        "fortune-telling",
        _("Telling the future"),
        _("You treat a guess about what comes as if it had happened."),
        _("What else could happen?"),
    ),
    Trap(
        "catastrophizing",
        _("Going to the worst"),
        _("The mind jumps to the worst end of the story."),
        _("What is most likely, and what would you do then?"),
    ),
    Trap(
        "minimizing",
        _("Making it small"),
        _("You shrink what you feel, need or have done."),
        _("What size would it be if it were somebody else's?"),
    ),
    Trap(
        "emotional-reasoning",
        _("I feel it, so it is so"),
        _("A strong feeling is taken as proof."),
        _("What would you see if the feeling were less loud?"),
    ),
    Trap(
        "should-rules",
        _("Rules with “should”"),
        _("A strict rule for you or others, and no room to bend."),
        _("What would you like to do, if it were a wish and not a rule?"),
    ),
    Trap(
        "labeling",
        _("Labels"),
        _("One act becomes a name for the whole person."),
        _("What happened, told without the name?"),
    ),
    Trap(
        "personalizing",
        _("Taking it all on"),
        _("You see yourself as the cause of what many things caused."),
        _("What else played a part?"),
    ),
    Trap(
        "blaming-others",
        _("All on them"),
        _("The whole cause is put on somebody else."),
        _("What comes next, and which part of that is in your hands?"),
    ),
    Trap(
        "unfair-comparison",
        _("Measured against others"),
        _("You hold your inside against the outside of others."),
        _("What do you not see of them?"),
    ),
    Trap(
        "perfectionist-standard",
        _("Never good enough"),
        _("The bar moves up as soon as you reach it."),
        _("What would be good enough for today?"),
    ),
    Trap(
        "what-if-chain",
        _("What if, what if"),
        _("Each answer brings up the next worry."),
        _("Which of these can you do something about today?"),
    ),
)

TRAPS = {one.id: one for one in _ALL}
"""Every thinking trap by its id, in the order in which a page shows them."""
