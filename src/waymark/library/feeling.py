"""What a feeling word is: one word for how it is, in one of four quarters."""

from dataclasses import dataclass
from enum import StrEnum

from waymark.library.marking import gettext_noop as _


class Quarter(StrEnum):
    """Pleasant or not, with much energy or little: where a feeling word stands."""

    PLEASANT_HIGH = "pleasant-high"
    PLEASANT_LOW = "pleasant-low"
    UNPLEASANT_HIGH = "unpleasant-high"
    UNPLEASANT_LOW = "unpleasant-low"

    @property
    def pleasant(self) -> bool:
        """Whether it is good to feel. No quarter is better than another one."""
        return self in {Quarter.PLEASANT_HIGH, Quarter.PLEASANT_LOW}

    @property
    def energetic(self) -> bool:
        """Whether there is much energy in it."""
        return self in {Quarter.PLEASANT_HIGH, Quarter.UNPLEASANT_HIGH}


QUARTER_WORDS = {
    Quarter.UNPLEASANT_HIGH: _("Wound up"),
    Quarter.UNPLEASANT_LOW: _("Weighed down"),
    Quarter.PLEASANT_HIGH: _("Bright and lively"),
    Quarter.PLEASANT_LOW: _("Soft and still"),
}
"""What stands over each quarter, in the order in which a page shows them."""


@dataclass(frozen=True, slots=True)
class Feeling:
    """A feeling word and what it means here. Its id is never reused.

    A client may write words of their own beside these; those have no id and no quarter.
    """

    id: str
    word: str
    meaning: str
    quarter: Quarter
