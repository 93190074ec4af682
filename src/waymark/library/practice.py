"""What a practice is: a short exercise of timed steps or of breaths, and when not to use it."""

from dataclasses import dataclass
from enum import StrEnum

from waymark.library.marking import gettext_noop as _


@dataclass(frozen=True, slots=True)
class Step:
    """One part of a practice, in words a person can follow while doing it.

    ``least``: the fewest seconds in which it can be followed; 0 stands for half of ``seconds``.
    """

    name: str
    words: str
    seconds: int
    least: int = 0

    @property
    def needs(self) -> int:
        """The whole seconds that a shortened practice still gives to it, at least."""
        return self.least or self.seconds // 2


class Part(StrEnum):
    """One part of a breath: what a picture or a sound does while it lasts."""

    INHALE = "inhale"
    TOP_UP = "top-up"  # a second, small breath in on top of the first
    HOLD = "hold"
    EXHALE = "exhale"
    REST = "rest"  # held after breathing out


PART_WORDS = {
    Part.INHALE: _("Breathe in"),
    Part.TOP_UP: _("A little more in"),
    Part.HOLD: _("Hold"),
    Part.EXHALE: _("Breathe out"),
    Part.REST: _("Rest"),
}
"""What a client reads while a part lasts."""


class Group(StrEnum):
    """What a practice is for, or where it begins: a list is ordered by it."""

    NOW = "now"
    BREATH = "breath"
    BODY = "body"
    MIND = "mind"
    SESSION = "session"
    KINDNESS = "kindness"


GROUP_WORDS = {
    Group.NOW: _("Right now"),
    Group.BREATH: _("Breath"),
    Group.BODY: _("Body"),
    Group.MIND: _("Mind"),
    Group.SESSION: _("Around a session"),
    Group.KINDNESS: _("Kindness"),
}
"""What stands above each group in a list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """One cycle of a breath, each part in seconds, to the millisecond; 0 leaves a part out."""

    inhale: float
    exhale: float
    top_up: float = 0
    hold: float = 0
    rest: float = 0

    @property
    def parts(self) -> tuple[tuple[Part, int], ...]:
        """The parts that it has, in order, each with its milliseconds."""
        given = (self.inhale, self.top_up, self.hold, self.exhale, self.rest)
        pairs = zip(Part, given, strict=True)
        return tuple((part, round(seconds * 1000)) for part, seconds in pairs if seconds)

    @property
    def cycle_ms(self) -> int:
        """How long one cycle takes, in milliseconds."""
        return sum(ms for _part, ms in self.parts)

    @property
    def holds(self) -> bool:
        """Whether the breath is held anywhere: not for everybody."""
        return bool(self.hold or self.rest)

    def cycles_in(self, seconds: int) -> int:
        """The number of whole cycles nearest to this time; of two equally near, the larger."""
        return (2000 * seconds + self.cycle_ms) // (2 * self.cycle_ms)


@dataclass(frozen=True, slots=True, kw_only=True)
class Breath:
    """A paced breath. Its dose is counted in ``seconds`` or in ``cycles``, and one of them is 0.

    A dose in cycles is also the most that is offered. ``gentler`` keeps the ratio of the parts and
    takes less breath.
    """

    how: str  # how to sit and breathe, read before it begins
    pattern: Pattern
    gentler: Pattern
    seconds: int = 0
    cycles: int = 0

    def paced(self, *, gentler: bool) -> Pattern:
        """The pattern that is breathed."""
        return self.gentler if gentler else self.pattern

    def dose(self, *, gentler: bool) -> int:
        """How many cycles are breathed where no other length was chosen."""
        return self.cycles or self.paced(gentler=gentler).cycles_in(self.seconds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """A guided exercise, which the person may stop at any point.

    Either the timer runs its ``steps`` in order, or it paces a ``breath``. How long it may take is
    asked of ``pacing.py``.
    """

    id: str
    title: str
    group: Group
    about: str
    when_not: str
    source: str
    steps: tuple[Step, ...] = ()
    breath: Breath | None = None
    longest: int = 0  # the most seconds it is stretched to; 0: it is not stretched
    form_of: str = ""  # the practice that a list names, where this is another form of it
    instead: str = ""  # the practice for those who had better leave this one out
    first: bool = False  # offered to somebody who has chosen nothing yet
    retired: bool = False

    @property
    def seconds(self) -> int:
        """How long it takes as it stands here, in whole seconds: stated nowhere else."""
        if self.breath:
            return self.breath.dose(gentler=False) * self.breath.pattern.cycle_ms // 1000
        return sum(step.seconds for step in self.steps)
