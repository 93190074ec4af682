"""Where each score lies by the refitted expected course, while a course of treatment goes on."""

from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from waymark.cohort.engines.kernels import picked
from waymark.cohort.engines.spans import looked_up
from waymark.cohort.extract import Rules
from waymark.cohort.refit import LONGEST, Refit, running

MOST = 127
FEW = np.iinfo(np.int16).max // ((MOST + 1) * (LONGEST + 2))
"""First sessions up to which the places of all cases fit two bytes."""

UNKNOWN = np.iinfo(np.int8).min
Codes = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Guide:
    """Slope and upper limit of severity, given the first, by first and by later session; no number
    where there is none. Shape (2, 65, 65): all later sessions are the last one."""

    lines: NDArray[np.float64]

    @classmethod
    def of(cls, course: Refit) -> Self:
        """Slope and limit of each pair of sessions, looked up once for the course."""
        lines = np.full((2, LONGEST + 2, LONGEST + 2), np.nan)
        lines[:, :-1, :-1] = looked_up(running(course))
        return cls(lines)

    def tracks(
        self, n: NDArray[np.int64], session: NDArray[Any], score: NDArray[Any], rules: Rules
    ) -> Codes:
        """The place in `rows.TRACKS` of each row; ``n``: how many each course has."""
        starts = np.cumsum(n) - n
        began = np.minimum(session[starts], LONGEST + 1).astype(np.int64)
        if score.dtype == np.int8 and rules.low >= 0:
            return self._looked(began, n, session, score, score[starts], rules)
        place = np.repeat(began, n), np.minimum(session, LONGEST + 1)
        slope, upper = (one[place] for one in self.lines)
        limit = upper + slope * np.repeat(rules.sign * score[starts], n)
        on: Codes = (rules.sign * score <= limit).astype(np.uint8)
        return np.where(np.isnan(limit), 0, 2 - on).astype(np.uint8)

    def _looked(
        self,
        began: NDArray[np.int64],
        n: NDArray[np.int64],
        session: NDArray[Any],
        score: NDArray[np.int8],
        first: NDArray[np.int8],
        rules: Rules,
    ) -> Codes:
        """For whole scores: the worst severity that is on track, from a table of all cases."""
        distinct, which = np.unique(began, return_inverse=True)
        slope, upper = self.lines[:, distinct, None, :]
        limit = upper + slope * (rules.sign * np.arange(MOST + 1.0))[:, None]
        worst = np.where(np.isnan(limit), UNKNOWN, np.clip(np.floor(limit), UNKNOWN + 1, MOST))
        kind = np.int16 if len(distinct) <= FEW else np.int64
        place = np.repeat(((which * (MOST + 1) + first) * (LONGEST + 2)).astype(kind), n)
        place += np.minimum(session, LONGEST + 1).astype(kind)
        bound = picked(worst.astype(np.int8).ravel(), place)
        off = (rules.sign * score > bound).astype(np.uint8)
        return np.asarray((off + np.uint8(1)) * (bound != UNKNOWN), dtype=np.uint8)
