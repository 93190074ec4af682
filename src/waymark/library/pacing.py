"""How a practice lies in time: the lengths it offers, what a timer runs, and where in it one is.

A length is a whole number of minutes; None is the practice as its definition has it. All times are
whole milliseconds.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from waymark.library.practice import PART_WORDS, Breath, Part, Practice, Step

MINUTES = (1, 3, 5, 10)
"""The lengths that any practice is asked for; its own is offered besides."""


@dataclass(frozen=True, slots=True)
class Beat:
    """What is shown for a while: a step, or one part of a breath."""

    name: str
    words: str
    ms: int
    part: Part | None = None  # of a breath


@dataclass(frozen=True, slots=True)
class Point:
    """Where somebody is in a run. ``beat_number`` and ``cycle`` count from 0."""

    beat: Beat
    beat_number: int
    cycle: int
    left_ms: int  # until the next beat, never 0
    to_end_ms: int  # until the run is over, never 0


@dataclass(frozen=True, slots=True)
class Run:
    """A practice laid out for one length: its beats in order, ``cycles`` times over."""

    beats: tuple[Beat, ...]
    cycles: int = 1

    @property
    def cycle_ms(self) -> int:
        """How long the beats take once."""
        return sum(beat.ms for beat in self.beats)

    @property
    def ms(self) -> int:
        """How long it all takes; it ends with a whole cycle."""
        return self.cycle_ms * self.cycles

    def at(self, elapsed_ms: int) -> Point | None:
        """Where it stands after this time; None once it is over. ``ValueError`` before 0."""
        if elapsed_ms < 0:
            raise ValueError(f"{elapsed_ms} ms: a run begins at 0")
        if elapsed_ms >= self.ms:
            return None
        cycle, into = divmod(elapsed_ms, self.cycle_ms)
        ends = list(accumulate(beat.ms for beat in self.beats))
        number = next(at for at, end in enumerate(ends) if into < end)
        left, to_end = ends[number] - into, self.ms - elapsed_ms
        return Point(self.beats[number], number, cycle, left, to_end)


def lengths(practice: Practice, *, gentler: bool = False) -> tuple[int, ...]:
    """The minutes that make sense for it, shortest first; empty where only its own length does.

    Steps are shortened until each has what it needs, and neither they nor a breath is stretched
    beyond ``longest``. A breath whose dose is counted in cycles is never given more of them.
    ``gentler`` asks it of the gentler breath, and nothing of steps.
    """
    own, rest = divmod(practice.breath.seconds if practice.breath else practice.seconds, 60)
    asked = {*MINUTES, own} if own and not rest else set(MINUTES)
    return tuple(one for one in sorted(asked) if _fits(practice, one * 60, gentler=gentler))


def run(practice: Practice, *, length: int | None = None, gentler: bool = False) -> Run:
    """What a timer runs for a length in minutes; None for the practice as it stands.

    Steps last exactly that long, in whole seconds. A breath lasts the whole cycles nearest to it.
    ``ValueError`` for a length that is not offered.
    """
    if length is not None and length not in lengths(practice, gentler=gentler):
        raise ValueError(f"{practice.id} is not offered for {length} minutes")
    seconds = None if length is None else length * 60
    if practice.breath:
        return _of_breath(practice.breath, seconds, gentler=gentler)
    given = scaled(practice.steps, seconds=practice.seconds if seconds is None else seconds)
    pairs = zip(practice.steps, given, strict=True)
    return Run(tuple(Beat(step.name, step.words, time * 1000) for step, time in pairs))


def where(
    practice: Practice, *, length: int | None, elapsed_ms: int, gentler: bool = False
) -> Point | None:
    """The step, or part of a breath, that a timer shows after this time; None once it is over.

    ``elapsed_ms`` counts what was done, without pauses. ``ValueError`` before 0 and for a length
    that is not offered.
    """
    return run(practice, length=length, gentler=gentler).at(elapsed_ms)


def scaled(steps: Sequence[Step], *, seconds: int) -> tuple[int, ...]:
    """Whole seconds for each step, which add up to exactly ``seconds``.

    A shorter time gives each step what it needs and shares what is left by what each gave up; a
    longer one is shared by their own times. Seconds that cannot be halved go to the steps with the
    largest remainders, the earlier one first. ``seconds`` is at least the sum of what they need.
    """
    own = [step.seconds for step in steps]
    needs = [step.needs for step in steps]
    shorter = seconds < sum(own)
    base = needs if shorter else own
    gives = [most - least for most, least in zip(own, needs, strict=True)] if shorter else own
    shares = _shared(seconds - sum(base), by=gives)
    return tuple(time + share for time, share in zip(base, shares, strict=True))


def _shared(spare: int, *, by: Sequence[int]) -> list[int]:
    parts = [divmod(spare * weight, sum(by)) for weight in by]
    left = spare - sum(whole for whole, _rest in parts)
    first = sorted(range(len(by)), key=lambda at: -parts[at][1])[:left]
    return [whole + (at in first) for at, (whole, _rest) in enumerate(parts)]


def _fits(practice: Practice, seconds: int, *, gentler: bool) -> bool:
    if practice.breath:
        return _breath_fits(practice, practice.breath, seconds, gentler=gentler)
    needs = sum(step.needs for step in practice.steps)
    return needs <= seconds <= max(practice.longest, practice.seconds)


def _breath_fits(practice: Practice, breath: Breath, seconds: int, *, gentler: bool) -> bool:
    cycles = breath.paced(gentler=gentler).cycles_in(seconds)
    if breath.cycles:
        return 1 <= cycles <= breath.cycles
    return cycles >= 1 and seconds <= max(practice.longest, breath.seconds)


def _of_breath(breath: Breath, seconds: int | None, *, gentler: bool) -> Run:
    pattern = breath.paced(gentler=gentler)
    cycles = breath.dose(gentler=gentler) if seconds is None else pattern.cycles_in(seconds)
    return Run(tuple(Beat(PART_WORDS[part], "", ms, part) for part, ms in pattern.parts), cycles)
