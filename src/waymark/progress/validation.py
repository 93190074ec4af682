"""What a validation gives: figures with their counts, a target, and what others reach."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

Z95 = 1.959964


class Aim(StrEnum):
    """Which way a figure should go."""

    AT_LEAST = "at least"
    AT_MOST = "at most"
    WITHIN = "within"


@dataclass(frozen=True, slots=True)
class Target:
    """A bound; ``WITHIN`` has two."""

    aim: Aim
    bound: float
    upper: float | None = None

    def met(self, low: float, high: float) -> bool:
        """Whether an interval holds, or lies beyond, the bound (decision 36)."""
        if self.aim is Aim.AT_LEAST:
            return high >= self.bound
        if self.aim is Aim.AT_MOST:
            return low <= self.bound
        return low <= (self.upper or self.bound) and high >= self.bound

    def __str__(self) -> str:
        if self.aim is Aim.WITHIN:
            return f"{self.bound:g} to {self.upper:g}"
        return f"{self.aim} {self.bound:g}"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: a share of counts, or a plain value where ``of`` is None.

    ``simple``: the same by the simple rule on the same people. ``published``: what was printed.
    """

    name: str
    hits: float
    of: int | None
    target: Target | None = None
    simple: float | None = None
    published: str = ""

    @property
    def value(self) -> float:
        return self.hits if self.of is None else self.hits / max(self.of, 1)

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's 95% interval; a plain value stands for itself."""
        return (self.hits, self.hits) if self.of is None else wilson(self.hits, self.of)

    @property
    def met(self) -> bool | None:
        return None if self.target is None else self.target.met(*self.interval)


@dataclass(frozen=True, slots=True)
class Validation:
    """One judgement, tried on people whose truth is known."""

    id: str
    title: str
    population: str
    run: Callable[[int, int], Sequence[Figure]]
    note: str = ""


def wilson(hits: float, of: float, *, z: float = Z95) -> tuple[float, float]:
    """Wilson's interval of a share (1927), 95% unless ``z`` says otherwise."""
    if of <= 0:
        return 0.0, 1.0
    share, z2 = hits / of, z**2
    middle = (share + z2 / (2 * of)) / (1 + z2 / of)
    half = z * sqrt(share * (1 - share) / of + z2 / (4 * of**2)) / (1 + z2 / of)
    return max(middle - half, 0.0), min(middle + half, 1.0)
