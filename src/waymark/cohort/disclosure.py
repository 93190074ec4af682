"""Small cells withheld, counts rounded: the only way out for what is counted by groups.

Counts below ten are withheld and others rounded to five in breakdowns and in anything exported
(decision 37). A cell is withheld too where the rest is small. A clinic's own totals stay exact.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from waymark.cohort.measure import Share

SMALLEST, STEP = 10, 5
K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class Shown:
    """A share as it may be shown; both counts are None where it is withheld."""

    hits: int | None
    of: int | None

    @property
    def withheld(self) -> bool:
        return self.hits is None

    @property
    def value(self) -> float | None:
        return None if self.hits is None or not self.of else self.hits / self.of


def exact(share: Share) -> Shown:
    """A clinic's own total."""
    return Shown(share.hits, share.of)


def rounded(count: int) -> int:
    """To the nearest five."""
    return STEP * round(count / STEP)


def is_small(share: Share) -> bool:
    """Whether a count or the whole lies below ten, or the rest does and is not nothing."""
    rest = share.of - share.hits
    return min(share.hits, share.of) < SMALLEST or 0 < rest < SMALLEST


def broken_down(shares: Mapping[K, Share]) -> dict[K, Shown]:
    """A breakdown as it may be shown: what is left after subtraction is known to a few only."""
    return {key: alone(share) for key, share in shares.items()}


def alone(share: Share) -> Shown:
    """One share that leaves: rounded, or withheld where it is small."""
    return Shown(None, None) if is_small(share) else Shown(rounded(share.hits), rounded(share.of))
