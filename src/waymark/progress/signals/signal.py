"""What a signal and a finding are: one way of judging, and one judgement with its evidence."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from waymark.progress.change.reliable_change import Reason
from waymark.progress.course.evidence import Evidence
from waymark.progress.course.timeline import Series


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


class Looks(StrEnum):
    """What a signal reads."""

    ENDS = "ends"  # the first score against the last
    TOGETHER = "together"  # all scores: exactly one of these says what they come to
    MOMENT = "moment"  # all scores: that something happened at one point
    AHEAD = "ahead"  # the expected course


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
class Finding:
    """One judgement of one series, with the version of the signal that made it."""

    signal: str
    version: int
    instrument: str
    scale: str
    verdict: Verdict
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Signal:
    """One way of judging. ``judge`` reads a series and what it amounts to, and gives a finding,
    or nothing where the signal is silent. What it ``looks`` at decides
    when it is asked, and what it may be told beside.
    """

    id: str
    version: int
    title: str
    verdict: Verdict
    tone: Tone
    judge: Callable[[Series, Evidence], Finding | None]
    to_client: Words
    to_clinician: Words
    source: str
    looks: Looks = Looks.ENDS

    def found(self, series: Series, evidence: Evidence) -> Finding:
        """This signal's finding on a series."""
        return Finding(
            signal=self.id,
            version=self.version,
            instrument=series.instrument_id,
            scale=series.scale.id,
            verdict=self.verdict,
            evidence=evidence,
        )
