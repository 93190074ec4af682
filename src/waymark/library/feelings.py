"""The feeling words: thirty-two, eight in each quarter."""

from waymark.library.feeling import Feeling, Quarter
from waymark.library.marking import gettext_noop as _

_WOUND_UP = Quarter.UNPLEASANT_HIGH
_WEIGHED_DOWN = Quarter.UNPLEASANT_LOW
_LIVELY = Quarter.PLEASANT_HIGH
_STILL = Quarter.PLEASANT_LOW

_WORDS = (
    Feeling("worried", _("worried"), _("Thinking of what might go wrong."), _WOUND_UP),
    Feeling("scared", _("scared"), _("As if there were danger, near or far."), _WOUND_UP),
    Feeling("angry", _("angry"), _("Something is not right, and you want to act."), _WOUND_UP),
    Feeling("frustrated", _("frustrated"), _("You try, and something is in the way."), _WOUND_UP),
    Feeling("tense", _("tense"), _("Pulled tight, in body or mind."), _WOUND_UP),
    Feeling("overwhelmed", _("overwhelmed"), _("More than you can hold at once."), _WOUND_UP),
    Feeling("restless", _("restless"), _("No place feels like the right one."), _WOUND_UP),
    Feeling("jealous", _("jealous"), _("Afraid of losing your place."), _WOUND_UP),
    Feeling("sad", _("sad"), _("Something is lost or missing."), _WEIGHED_DOWN),
    Feeling("lonely", _("lonely"), _("Apart from people, even among them."), _WEIGHED_DOWN),
    Feeling("tired", _("tired"), _("Little left to give, however you slept."), _WEIGHED_DOWN),
    Feeling("numb", _("numb"), _("Not much gets through."), _WEIGHED_DOWN),
    Feeling("ashamed", _("ashamed"), _("You would like not to be seen."), _WEIGHED_DOWN),
    Feeling("guilty", _("guilty"), _("Sorry for something you did or left."), _WEIGHED_DOWN),
    Feeling("hurt", _("hurt"), _("Something was said or done, and it stings."), _WEIGHED_DOWN),
    Feeling("discouraged", _("discouraged"), _("It is hard to see the point."), _WEIGHED_DOWN),
    Feeling("glad", _("glad"), _("Something is good, and you notice it."), _LIVELY),
    Feeling("excited", _("excited"), _("You can hardly wait."), _LIVELY),
    Feeling("proud", _("proud"), _("You did something that counts for you."), _LIVELY),
    Feeling("hopeful", _("hopeful"), _("It could turn out well."), _LIVELY),
    Feeling("curious", _("curious"), _("You want to know more."), _LIVELY),
    Feeling("playful", _("playful"), _("In the mood for fun."), _LIVELY),
    Feeling("inspired", _("inspired"), _("An idea pulls you along."), _LIVELY),
    Feeling("strong", _("strong"), _("You can take something on."), _LIVELY),
    Feeling("calm", _("calm"), _("Nothing pulls at you."), _STILL),
    Feeling("relieved", _("relieved"), _("A weight has come off."), _STILL),
    Feeling("thankful", _("thankful"), _("Something was given to you."), _STILL),
    Feeling("content", _("content"), _("This is enough for now."), _STILL),
    Feeling("safe", _("safe"), _("Nothing has to be guarded."), _STILL),
    Feeling("rested", _("rested"), _("There is something in the tank again."), _STILL),
    Feeling("close", _("close"), _("Near to somebody, and glad of it."), _STILL),
    Feeling("tender", _("tender"), _("Warm and soft, for somebody or for you."), _STILL),
)

FEELINGS = {one.id: one for one in _WORDS}
"""Every feeling word by its id, quarter by quarter."""


def in_quarter(quarter: Quarter) -> tuple[Feeling, ...]:
    """The words of one quarter, in the order in which a page shows them."""
    return tuple(one for one in FEELINGS.values() if one.quarter is quarter)
