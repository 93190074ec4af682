"""Privacy classes: what a column holds. Every column of every table is in one of them."""

from enum import StrEnum


class Privacy(StrEnum):
    """What may happen to a column: in exports, in extracts, in logs."""

    IDENTIFYING = "identifying"  # names, addresses: sealed
    CLINICAL = "clinical"  # answers, scores, outcomes: sealed
    WORDS = "words"  # what somebody wrote: sealed
    OPERATIONAL = "operational"  # ids, dates, states, who belongs to whom: clear
