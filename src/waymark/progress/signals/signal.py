"""What a signal and a finding are: one way of judging, and one judgement with its evidence.

Both are the same for every kind of evidence: scores and check-ins today (`score_signal.py`,
`checkin_signal.py`), and whatever a room brings. A kind says what its evidence is and what its
signals may look at; the evidence itself says what it is of.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, TypeVar

from waymark.progress.change.reliable_change import Reason

E = TypeVar("E")
"""What is known of one thing that is followed, and what a signal of its kind reads."""


class Verdict(StrEnum):
    """Which way a finding points."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"
    TOO_EARLY = "too-early"
    NOT_JUDGED = "not-judged"


class Tone(StrEnum):
    """How a chip is drawn; its words say the same without the color."""

    GOOD = "good"
    WATCH = "watch"
    INFO = "info"
    PLAIN = ""


@dataclass(frozen=True, slots=True)
class Words:
    """What a signal says to one audience; ``telling`` fills the braces.

    ``when`` holds sentences that join ``detail`` where the evidence carries that reason. ``how``
    says how it is known, where that is not by setting the first score beside the last; ``next``
    is the next step, where it is not the usual one.
    """

    headline: str
    detail: str
    chip: str
    when: Mapping[Reason, str] = field(default_factory=dict)
    how: str = ""
    next: str = ""


@dataclass(frozen=True, slots=True)
class Finding(Generic[E]):
    """One judgement, with the version of the signal that made it. What it is about, a series or an
    item, its evidence says."""

    signal: str
    version: int
    verdict: Verdict
    evidence: E


@dataclass(frozen=True, slots=True)
class Signal(Generic[E]):
    """One way of judging one kind of evidence: ``judge`` says whether it holds. What it ``looks``
    at decides when it is asked, and what it may be told beside."""

    id: str
    version: int
    title: str
    looks: StrEnum
    verdict: Verdict
    tone: Tone
    judge: Callable[[E], bool]
    to_client: Words
    to_clinician: Words
    source: str

    def found(self, evidence: E) -> Finding[E]:
        """This signal's finding on what was judged."""
        return Finding(self.id, self.version, self.verdict, evidence)
