"""What a practice is: a short exercise in timed steps, and when not to use it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """One part of a practice, in words a person can follow while doing it."""

    name: str
    words: str
    seconds: int


@dataclass(frozen=True, slots=True)
class Practice:
    """A guided exercise. The timer runs its steps in order; the person may stop at any point."""

    id: str
    title: str
    about: str
    steps: tuple[Step, ...]
    when_not: str
    source: str
    retired: bool = False

    @property
    def seconds(self) -> int:
        """How long it takes: the sum of its steps, stated nowhere else."""
        return sum(step.seconds for step in self.steps)
