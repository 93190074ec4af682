"""Privacy classes: what a sealed column holds. Clear ones stand in a list that a test reads."""

from enum import StrEnum


class Privacy(StrEnum):
    """What may happen to a sealed column: in exports, in extracts, in logs."""

    IDENTIFYING = "identifying"  # names, addresses
    CLINICAL = "clinical"  # answers, scores, outcomes
    WORDS = "words"  # what somebody wrote
