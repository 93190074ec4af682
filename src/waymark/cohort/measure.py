"""What a measure is: a share of courses, said once in SQL and once in plain Python."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from waymark.cohort.facts import Facts

Mask = NDArray[np.bool_]
Whole = NDArray[np.int64]
Points = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Columns:
    """The facts of many courses as arrays, one value each; see `Facts`."""

    n: Whole
    first: Points
    last: Points
    change: Points
    case_first: Mask
    case_last: Mask
    improved: Mask
    worse: Mask
    remitted: Mask
    has_remission: Mask
    response: Mask
    lower: Mask
    reached: Whole
    began: Whole
    ended: Whole
    gains: Whole
    planned: Mask
    dropout: Mask


@dataclass(frozen=True, slots=True)
class Followed:
    """Paired courses beside the expected one: whether there is one, and whether they are on it."""

    fitted: Mask
    on_track: Mask


@dataclass(frozen=True, slots=True)
class Measure:
    """A share: of the courses for which ``of`` holds, those for which ``holds`` does.

    ``of_sql`` and ``holds_sql`` are conditions over the columns of the facts, in the SQL that
    DuckDB and Spark share; ``of`` and ``holds`` are their plain twins; ``masks`` gives both over
    arrays. A measure that waits for the expected course has ``waits`` instead, over paired
    courses. ``better``: whether more of it is better, None where neither.
    """

    id: str
    title: str
    definition: str
    source: str
    of_sql: str
    holds_sql: str
    of: Callable[[Facts], bool]
    holds: Callable[[Facts], bool]
    masks: Callable[[Columns], tuple[Mask, Mask]] | None = None
    waits: Callable[[Followed], tuple[Mask, Mask]] | None = None
    better: bool | None = True

    def __post_init__(self) -> None:
        if (self.masks is None) is (self.waits is None):
            raise ValueError(f"{self.id} needs masks, or waits: the engines count by one of them")


@dataclass(frozen=True, slots=True)
class Share:
    """A measure counted: how many of how many."""

    hits: int
    of: int

    def __add__(self, other: "Share") -> "Share":
        """Of both together."""
        return Share(self.hits + other.hits, self.of + other.of)

    @property
    def value(self) -> float | None:
        """The share, 0 to 1; None of nobody."""
        return self.hits / self.of if self.of else None
