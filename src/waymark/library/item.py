"""What a check-in item is: one short question about a day or a week, and how it is answered.

A check-in signal, not a scale: nothing is added up, no norm is put on it, and it is compared with
nobody. Words once shipped stay: a reworded item is a new version, and its answers a new line.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol

from waymark.library.instrument import Better
from waymark.library.marking import gettext_noop

MOST_AT_FIRST = 6
"""Items that are asked of somebody who has chosen none yet, at most: length is what tires people
(Eisele et al. 2022, Assessment 29:136)."""


class Kind(StrEnum):
    """How an item is answered. Every answer is a whole number from 0 to its ``TOP``."""

    YES_NO = "yes-no"  # 1 or 0
    DEGREE = "degree"  # 0 not at all to 4 very much
    NUMBER = "number"  # 0 to 10, both ends named
    DURATION = "duration"  # six steps in order, 0 to 5
    SKILLS = "skills"  # a list, empty or not (1 or 0), and for each how much it helped, 0 to 4
    COMPARED = "compared"  # five steps in order beside an earlier time, 0 to 4


TOP: Mapping[Kind, int] = MappingProxyType(
    {
        Kind.YES_NO: 1,
        Kind.DEGREE: 4,
        Kind.NUMBER: 10,
        Kind.DURATION: 5,
        Kind.SKILLS: 1,
        Kind.COMPARED: 4,
    }
)
"""The highest answer of each kind; the lowest is 0."""

YES_NO = (gettext_noop("No"), gettext_noop("Yes"))
"""The names of 0 and 1."""
DEGREES = (
    gettext_noop("Not at all"),
    gettext_noop("A little"),
    gettext_noop("Some"),
    gettext_noop("Quite a lot"),
    gettext_noop("Very much"),
)
"""The names of 0 to 4, of items and of how much a skill helped."""


class When(StrEnum):
    """When an item is asked."""

    DAILY = "daily"
    MORNING = "morning"
    WEEKLY = "weekly"


class Domain(StrEnum):
    """What an item is about, as a client would call it: see ``DOMAINS``."""

    RECOVERY = "recovery"
    PAUSING = "pausing"
    THOUGHTS = "thoughts"
    FEELINGS = "feelings"
    BODY = "body"
    BOUNDARIES = "boundaries"
    KINDNESS = "kindness"
    SLEEP = "sleep"
    COPING = "coping"
    MOOD = "mood"
    WORRY = "worry"
    CONNECTION = "connection"
    INSIGHT = "insight"


DOMAINS: Mapping[Domain, str] = MappingProxyType(
    {
        Domain.RECOVERY: gettext_noop("Settling after an upset"),
        Domain.PAUSING: gettext_noop("Pausing before I act"),
        Domain.THOUGHTS: gettext_noop("Stepping back from thoughts"),
        Domain.FEELINGS: gettext_noop("Making room for feelings"),
        Domain.BODY: gettext_noop("Listening to my body"),
        Domain.BOUNDARIES: gettext_noop("Saying what I need"),
        Domain.KINDNESS: gettext_noop("Being kind to myself"),
        Domain.SLEEP: gettext_noop("Sleep"),
        Domain.COPING: gettext_noop("What helps me"),
        Domain.MOOD: gettext_noop("Mood"),
        Domain.WORRY: gettext_noop("Worry"),
        Domain.CONNECTION: gettext_noop("Feeling close to others"),
        Domain.INSIGHT: gettext_noop("Seeing old patterns"),
    }
)


class Question(Protocol):
    """What an answer needs to know of the item it is given to: one of ours, or a client's own."""

    @property
    def id(self) -> str:
        """Stored with the answer."""

    @property
    def version(self) -> int:
        """Of the words; each version has a line of its own."""

    @property
    def kind(self) -> Kind:
        """How it is answered."""

    @property
    def steps(self) -> tuple[str, ...]:
        """The names of its answers; of a number those of both ends."""

    @property
    def better(self) -> Better:
        """Which end is easier."""

    @property
    def no_occasion(self) -> str:
        """The words of the third answer; empty where there is none."""

    @property
    def occasional(self) -> bool:
        """Whether some days hold nothing to answer about."""

    @property
    def judged(self) -> bool:
        """Whether a change can be called easier or harder."""


@dataclass(frozen=True, slots=True)
class CheckInItem:
    """One question of a check-in.

    ``words`` name no day: one day may still be filled in on the next, and the page says which one
    is meant. ``short`` is what a list and a sentence call it. ``steps`` are the names of 0, 1 and
    so on; of a number, those of its two ends. ``better`` is the end that is
    easier. ``no_occasion`` holds the words of the third answer; empty where there is always an
    occasion. ``follows`` is the item after whose answer alone this one is asked. ``first`` is its
    place among those asked at first, 0 for none of them. ``before`` is the version it replaced.
    """

    id: str
    version: int
    words: str
    short: str
    kind: Kind
    when: When
    better: Better
    domain: Domain
    steps: tuple[str, ...]
    about: str  # one line, for the client: why it is asked
    source: str  # for staff: the construct, and the scale that lies nearest
    no_occasion: str = ""
    follows: str | None = None
    first: int = 0
    before: "CheckInItem | None" = None
    retired: bool = False

    @property
    def occasional(self) -> bool:
        """Whether some days hold nothing to answer about: those count for nothing."""
        return bool(self.no_occasion) or self.follows is not None

    @property
    def judged(self) -> bool:
        """Whether a change of its days can be called easier or harder.

        A week brings too few answers; what is compared is an opinion of change already; and who
        needs fewer skills may be well or not.
        """
        return self.when is not When.WEEKLY and self.kind not in {Kind.SKILLS, Kind.COMPARED}

    def label_of(self, value: int) -> str:
        """The name of an answer: ``Under an hour``; of numbers ``0: Very low``, ``5``."""
        return named(self.kind, self.steps, value)

    def of(self, version: int) -> "CheckInItem":
        """The item as it was asked in that version. ``LookupError`` where there was none."""
        if version == self.version:
            return self
        if self.before is None:
            raise LookupError(f"{self.id} has no version {version}")
        return self.before.of(version)


def named(kind: Kind, steps: tuple[str, ...], value: int) -> str:
    """The name of an answer. ``ValueError`` where no answer of the kind has this value."""
    top = TOP[kind]
    if not 0 <= value <= top:
        raise ValueError(f"{value} lies outside 0 to {top}")
    if kind is not Kind.NUMBER:
        return steps[value]
    ends = {0: steps[0], top: steps[-1]}
    return f"{value}: {ends[value]}" if value in ends else str(value)


def asked_at_first(items: Iterable[CheckInItem]) -> tuple[CheckInItem, ...]:
    """What is asked of somebody who has chosen nothing yet, in order."""
    chosen = [item for item in items if item.first and not item.retired]
    return tuple(sorted(chosen, key=lambda item: item.first))
