"""Hints on a goal as it is written: each may be passed by, and none blames.

What makes a goal easier to keep: something one does, somewhere, that can be counted, within reach,
for a reason, by a day, in one's own hands, toward something, one thing at a time (Doran 1981,
Manag Rev 70:35; approach goals: Elliot, Sheldon & Church 1997, Pers Soc Psychol Bull 23:915).
Words are looked up in lists; where these say nothing, nothing is said.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from waymark.library.goal import MOST_ACTIVE, Counted, GoalDraft
from waymark.library.goal_words import (
    ACTIONS,
    BARE_ACTIONS,
    CONTEXT,
    FEELING_WORDS,
    LEAVING,
    OTHERS_DO,
    TOWARD,
)
from waymark.library.hint import Hint
from waymark.library.marking import gettext_noop
from waymark.library.word import folded, words_of

SURE_ENOUGH = 7
"""Of 10: below this, a smaller step."""

SOONEST, LATEST = timedelta(weeks=1), timedelta(weeks=26)

ACTION = Hint(
    "action",
    "statement",
    gettext_noop(
        "What would you do? A goal is easier to see when it names something you do, such as "
        "calling, walking or writing."
    ),
)
PLACE = Hint(
    "place",
    "statement",
    gettext_noop("When or where would you do it? A day or a place makes it easier to begin."),
)
MEASURE = Hint(
    "measure",
    "measure",
    gettext_noop(
        "How will you know? A number with its unit works well, such as 3 walks a week. So does "
        "one thing that happens or not."
    ),
)
PAIR = Hint(
    "pair",
    "measure",
    gettext_noop("A score follows what you do. A goal about something you do can stand beside it."),
)
SMALLER = Hint(
    "smaller-step",
    "confidence",
    gettext_noop("This may be a big step for now. What would about half of it look like?"),
)
MATTERS = Hint(
    "matters",
    "matters",
    gettext_noop("Why does it matter to you? One line is enough. It helps on slow days."),
)
NO_DAY = Hint(
    "no-day",
    "due_on",
    gettext_noop("By when? Pick a day between one week and half a year from now."),
)
PAST = Hint("past", "due_on", gettext_noop("That day is over. Pick one that is still to come."))
SOON = Hint("soon", "due_on", gettext_noop("That day is close. A week or more gives it room."))
FAR = Hint(
    "far",
    "due_on",
    gettext_noop("That is far off. Half a year or less keeps it in sight. More can follow."),
)
REVIEW = Hint(
    "review",
    "review_on",
    gettext_noop("A day before the end is a good time to look at it, and to change it if need be."),
)
OWN_HANDS = Hint(
    "own-hands",
    "statement",
    gettext_noop("Part of this is up to someone else. What could you say or do yourself?"),
)
TOWARD_HINT = Hint(
    "toward",
    "statement",
    gettext_noop("This says what you will leave. What would you like to do in its place?"),
)
ONE_THING = Hint(
    "one-thing",
    "statement",
    gettext_noop("There may be two goals in here. Each one gets more room on its own."),
)
THREE = Hint(
    "three",
    "",
    gettext_noop("You have three goals going. One of them could rest, or this one could wait."),
)


def hints(draft: GoalDraft, *, today: date, active: int = 0) -> tuple[Hint, ...]:
    """What could make this goal easier to keep, in the order of its parts; often nothing.

    ``active``: how many goals the person works on besides this one.
    """
    found = [*_of_statement(draft.statement), *_of_measure(draft), *_of_days(draft, today)]
    if active >= MOST_ACTIVE:
        found.append(THREE)
    return tuple(found)


def _of_statement(statement: str) -> Iterator[Hint]:
    text, words = folded(statement), words_of(statement)
    acting = [word for word in words if is_action(word)]
    if not acts(words, acting):
        yield ACTION
    elif acting and not CONTEXT.search(text):
        yield PLACE
    if OTHERS_DO.search(text):
        yield OWN_HANDS
    if LEAVING.search(text) and not TOWARD.search(text):
        yield TOWARD_HINT
    if _parts_that_act(text) > 1:
        yield ONE_THING


def _of_measure(draft: GoalDraft) -> Iterator[Hint]:
    measure = draft.measure
    if measure is None or (
        measure.counted is not Counted.YES_NO
        and (measure.target is None or not measure.unit.strip())
    ):
        yield MEASURE
    elif measure.counted is Counted.INSTRUMENT:
        yield PAIR
    if draft.confidence is not None and draft.confidence < SURE_ENOUGH:
        yield SMALLER
    if not draft.matters.strip():
        yield MATTERS


def _of_days(draft: GoalDraft, today: date) -> Iterator[Hint]:
    due, review = draft.due_on, draft.review_on
    if due is None:
        yield NO_DAY
    elif due <= today:
        yield PAST
    elif due - today < SOONEST:
        yield SOON
    elif due - today > LATEST:
        yield FAR
    if review is not None and (review <= today or (due is not None and review > due)):
        yield REVIEW


def is_action(word: str) -> bool:
    """Whether a word names something one does, in any of its forms (``walks``, ``swimming``)."""
    forms = {word, word.removesuffix("s"), word.removesuffix("es")}
    if word.endswith("ing"):
        stem = word[:-3]
        forms |= {stem, f"{stem}e", stem[:-1]}
    return bool(forms & ACTIONS)


def acts(words: list[str], acting: list[str]) -> bool:
    """Whether something is done: not a feeling alone, nor a bare word or two.

    A statement of three words or more without a feeling word is believed, for no list of verbs is
    whole: ``screens off by half past ten``.
    """
    if any(word in FEELING_WORDS for word in words):
        return any(word not in BARE_ACTIONS for word in acting)
    return bool(acting) or len(words) > 2


def _parts_that_act(text: str) -> int:
    """How many parts of a statement begin with something one does: ``walk and meditate`` is two."""
    parts = re.split(r"[,;&+]|\band\b|\bplus\b|\balso\b|\bthen\b", text)
    firsts = [re.sub(r"^(?:to|i will|i)\s+", "", part.strip()) for part in parts]
    return sum(bool(first) and is_action(first.split()[0]) for first in firsts)
