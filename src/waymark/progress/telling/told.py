"""What a page may say of a finding, to whom, and the rules that all words keep.

Client and clinician are told the same findings at the same moment; only the words differ.
"""

from dataclasses import dataclass
from enum import StrEnum

from waymark.progress.signals.signal import Tone


class Audience(StrEnum):
    """Who reads the words."""

    CLIENT = "client"
    CLINICIAN = "clinician"


@dataclass(frozen=True, slots=True)
class Chip:
    """A short label; the kind only colors what the words already say."""

    label: str
    kind: Tone


@dataclass(frozen=True, slots=True)
class Told:
    """What a page may say. ``next_step`` is empty where nothing got harder."""

    headline: str
    detail: str
    chips: tuple[Chip, ...]
    next_step: str
    how_we_know: str


BANNED = (
    r"\bfail",
    r"\byou should\b",
    r"\bonly \d",
    r"\bjust \d",
    r"\bworse than others\b",
    r"\b(on|off)[ -]track\b",
    r"\bstreak",
    r"\bcongratulation",
    r"\bwell done\b",
    r"\bgreat (job|work|news)\b",
    r"\brecovered\b",
    r"\bsign of progress\b",
    r"\bcured?\b",
    r"\bnormal\b",
    r"\d ?%|\bper ?cent",
)
"""Patterns that no sentence to a client may match."""

REQUIRED_WHEN_HARDER = ("answers", "span", "person")
"""What every telling of a worsening holds: how many answers, over what time, whom to ask."""

NEXT_STEP = {
    Audience.CLIENT: (
        "Bring this to {person} when you next meet, or get in touch before then if it cannot wait. "
        "One way to begin: what has been harder, and what could we do in another way? "
        "{Person} can see this too."
    ),
    Audience.CLINICIAN: (
        "Raise it at the next contact: what has happened, how the work together feels, and "
        "whether the plan needs to change. The client sees this finding too."
    ),
}

HELP_NOW = {
    Audience.CLIENT: 'If you may be in danger, "Need help now?" is one tap away on any page.',
    Audience.CLINICIAN: "A risk item was answered above its threshold: see the open concern.",
}

DIFFER = {
    Audience.CLIENT: "Your answers do not all point the same way.",
    Audience.CLINICIAN: "The measures disagree.",
}
