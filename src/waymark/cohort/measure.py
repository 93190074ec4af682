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
    ended: Whole
    gains: Whole
    planned: Mask
    dropout: Mask


@dataclass(frozen=True, slots=True)
class Measure:
    """A share: of the courses for which ``of`` holds, those for which ``holds`` does.

    ``of_sql`` and ``holds_sql`` are conditions over the columns of the facts, in the SQL that
    DuckDB and Spark share; ``of`` and ``holds`` are their plain twins; ``masks`` gives both over
    arrays. ``better``: whether more of it is better, None where neither.
    """

    id: str
    title: str
    definition: str
    source: str
    of_sql: str
    holds_sql: str
    of: Callable[[Facts], bool]
    holds: Callable[[Facts], bool]
    masks: Callable[[Columns], tuple[Mask, Mask]]
    better: bool | None = True


@dataclass(frozen=True, slots=True)
class Share:
    """A measure counted: how many of how many."""

    hits: int
    of: int

    @property
    def value(self) -> float | None:
        return self.hits / self.of if self.of else None
