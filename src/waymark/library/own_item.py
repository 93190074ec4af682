"""A client's own item: one question in their words, answered from 0 to 10, both ends named."""

from collections.abc import Iterator
from dataclasses import dataclass

from waymark.library.instrument import Better
from waymark.library.item import Kind
from waymark.library.marking import gettext_noop
from waymark.library.sensitive_goal import speaks_of_self_harm
from waymark.library.word import folded

LONGEST = {"words": 120, "low": 40, "high": 40}
"""Signs in each field."""

EMPTY = gettext_noop("Write a few words here.")
ONE_LINE = gettext_noop("Keep it on one line.")
TOO_LONG = gettext_noop("This is a bit long for a phone. Try to say it in fewer words.")
ALIKE = gettext_noop("Both ends have the same name. Name what 10 means in other words than 0.")

NOT_HERE = gettext_noop(
    "A check-in is read by nobody as you answer it. Please bring this to your therapist. If it is "
    'hard right now, "Need help now?" is one tap away.'
)
"""No item asks about suicide or self-harm (content B1): that is asked where somebody answers."""


class BadWords(ValueError):
    """Words that cannot be shown as they are. Names the field and says what to do instead."""

    def __init__(self, field: str, remedy: str) -> None:
        super().__init__(f"{field}: {remedy}")
        self.field = field
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class OwnItem:
    """A question that a client wrote. ``low`` names 0 and ``high`` names 10; ``better`` is the end
    that is easier, as its owner says. Other words are another version, with a line of its own.
    """

    id: str
    version: int
    words: str
    low: str
    high: str
    better: Better
    retired: bool = False

    @property
    def kind(self) -> Kind:
        """Always a number from 0 to 10."""
        return Kind.NUMBER

    @property
    def steps(self) -> tuple[str, ...]:
        """The names of both ends."""
        return (self.low, self.high)

    @property
    def no_occasion(self) -> str:
        """None: 0 stands for a day without it."""
        return ""

    @property
    def occasional(self) -> bool:
        """Every day can be answered."""
        return False

    @property
    def judged(self) -> bool:
        """Its days are judged like those of any number."""
        return True


def faults_of(item: OwnItem) -> tuple[BadWords, ...]:
    """Everything that has to be mended before the item can be asked, field by field."""
    fields = {"words": item.words, "low": item.low, "high": item.high}
    found = [fault for field, words in fields.items() for fault in _faults(field, words)]
    if not found and folded(item.low) == folded(item.high):
        found.append(BadWords("high", ALIKE))
    if speaks_of_self_harm(" ".join(fields.values())):
        found.append(BadWords("words", NOT_HERE))
    return tuple(found)


def _faults(field: str, words: str) -> Iterator[BadWords]:
    if not words.strip():
        yield BadWords(field, EMPTY)
    if len(words.strip().splitlines()) > 1:
        yield BadWords(field, ONE_LINE)
    if len(words.strip()) > LONGEST[field]:
        yield BadWords(field, TOO_LONG)
