"""What a thought record is: its columns, what stands in them, and how a rating is read.

The columns are those of cognitive therapy (Greenberger & Padesky, Mind over Mood, 1995; Beck 1979);
the words are Waymark's own. A thought may be true. Then it is marked so, and nothing here argues
with it. A rating that stays the same is as good an entry as one that falls.
"""

import re
from dataclasses import dataclass

from waymark.library.answers import BadAnswer
from waymark.library.marking import gettext_noop

MOST = 100
BELIEF_ENDS = (gettext_noop("I do not believe it"), gettext_noop("I am sure of it"))
FEELING_ENDS = (gettext_noop("Not there"), gettext_noop("As strong as it can get"))
"""The names of 0 and ``MOST``."""

ACCURATE = gettext_noop("This thought is accurate")
WHEN_ACCURATE = gettext_noop(
    "Some hard thoughts are true. Then there is no need to argue with it. What could you do about "
    "it? Or what would help you carry it?"
)


@dataclass(frozen=True, slots=True)
class Column:
    """One part of a record, in the words a client meets. An ``optional`` one can stay empty and is
    said to; of the others, too, none has to be filled to keep the record."""

    id: str
    title: str
    ask: str
    optional: bool = False


COLUMNS = (
    Column(
        "situation",
        gettext_noop("What happened?"),
        gettext_noop("Who was there, what was said or done, when and where. One line is enough."),
    ),
    Column(
        "feelings",
        gettext_noop("What did you feel?"),
        gettext_noop("Name each feeling. How strong was it, from 0 to 100?"),
    ),
    Column(
        "thoughts",
        gettext_noop("What went through your mind?"),
        gettext_noop(
            "One thought a line. How far did you believe it, from 0 to 100? Mark the one that "
            "stung most."
        ),
    ),
    Column(
        "evidence_for",
        gettext_noop("What speaks for it?"),
        gettext_noop("What someone else could have seen or heard, too."),
    ),
    Column(
        "evidence_against",
        gettext_noop("What speaks against it?"),
        gettext_noop("Again what could be seen or heard. What would a friend point to?"),
    ),
    Column(
        "balanced",
        gettext_noop("Is there a fairer way to see it?"),
        gettext_noop("A sentence that leaves room for both sides. How far do you believe it?"),
    ),
    Column(
        "after",
        gettext_noop("And now?"),
        gettext_noop(
            "The same feelings once more, and the thought that stung most. The same number is fine."
        ),
    ),
    Column(
        "next_step",
        gettext_noop("Is there something you want to try?"),
        gettext_noop("A small test, or a next step. Only if one comes to mind."),
        optional=True,
    ),
    Column(
        "traps",
        gettext_noop("Is there a thinking trap in it?"),
        gettext_noop("All of us step into them. Tick what fits, or nothing."),
        optional=True,
    ),
)


@dataclass(frozen=True, slots=True)
class FeelingRated:
    """One feeling by its word, 0 to ``MOST`` before and after; None where it was not rated."""

    word: str
    before: int | None = None
    after: int | None = None


@dataclass(frozen=True, slots=True)
class Thought:
    """One automatic thought. ``before`` and ``after``: belief in it, 0 to ``MOST``, None where not
    rated. ``hot``: the one that stung most; at most one of a record is."""

    words: str
    before: int | None = None
    after: int | None = None
    hot: bool = False


@dataclass(frozen=True, slots=True)
class ThoughtRecord:
    """One record as it stands. ``traps`` are ids, ``belief`` is that in the balanced thought.

    ``accurate``: the thought is true, by the person's own word.
    """

    situation: str = ""
    feelings: tuple[FeelingRated, ...] = ()
    thoughts: tuple[Thought, ...] = ()
    evidence_for: tuple[str, ...] = ()
    evidence_against: tuple[str, ...] = ()
    balanced: str = ""
    belief: int | None = None
    next_step: str = ""
    traps: frozenset[str] = frozenset()
    accurate: bool = False

    @property
    def hot(self) -> Thought | None:
        """The thought that the record is about: the marked one, or the first."""
        marked = (thought for thought in self.thoughts if thought.hot)
        return next(marked, self.thoughts[0] if self.thoughts else None)

    @property
    def fell(self) -> int | None:
        """How far belief in the hot thought fell, in points; negative where it rose, 0 where it
        stayed, None where it was not rated twice."""
        hot = self.hot
        if hot is None or hot.before is None or hot.after is None:
            return None
        return hot.before - hot.after


def rating(field: str, given: str | None) -> int | None:
    """A rating of a belief or a feeling as a form sends it; None where nothing was chosen.

    Raises ``BadAnswer`` that names the field, for anything but a whole number from 0 to ``MOST``.
    """
    text = (given or "").strip()
    if not text:
        return None
    if re.fullmatch(r"[0-9]{1,3}", text) and int(text) <= MOST:
        return int(text)
    raise BadAnswer(
        field, f"{text!r} is not a rating. Give a whole number from 0 to {MOST}, or leave it out."
    )
