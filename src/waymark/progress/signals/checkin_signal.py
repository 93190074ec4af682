"""What a signal of check-ins is: one way of judging one item day by day, and one judgement."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from waymark.progress.days.evidence import Days
from waymark.progress.signals.signal import Tone, Verdict, Words


class About(StrEnum):
    """What a signal of check-ins speaks of; of each kind at most one is told of an item."""

    RETURN = "return"  # how fast the person comes back from setbacks
    HIT = "hit"  # how hard a setback hits
    LEVEL = "level"  # the last two weeks beside the first two
    WARNING = "warning"  # days that drift away from the usual


@dataclass(frozen=True, slots=True)
class DayFinding:
    """One judgement of one item, with the version of the signal that made it."""

    signal: str
    version: int
    verdict: Verdict
    days: Days


@dataclass(frozen=True, slots=True)
class DaySignal:
    """One way of judging check-ins. ``judge`` says whether it holds of what they come to."""

    id: str
    version: int
    title: str
    about: About
    verdict: Verdict
    tone: Tone
    judge: Callable[[Days], bool]
    to_client: Words
    to_clinician: Words
    source: str

    def found(self, days: Days) -> DayFinding:
        """This signal's finding on an item."""
        return DayFinding(self.id, self.version, self.verdict, days)
