"""Where courses began and ended, kept small until the expected course is fitted."""

from dataclasses import dataclass, field
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from waymark.cohort.extract import Rules
from waymark.cohort.measure import Followed, Mask, Whole
from waymark.cohort.refit import LONGEST, Lines, Refit

MOST_HELD = 1_000_000
"""Lines held before equal ones are put together."""

MOST_LEVELS = 4_000
"""Distinct scores up to which that is tried: with more, few lines are equal."""

SHORT = 2
"""Bytes of a score up to which it is a short whole number: of those, no list of levels is needed.
"""

Line = tuple[NDArray[Any], NDArray[Any], NDArray[Any], NDArray[Any], NDArray[Any], Whole]


@dataclass(slots=True)
class Ends:
    """Paired courses of one instrument up to session 63: group, first and last session, first and
    last score, and how many there are of each. Memory is bounded where scores are whole points."""

    lines: list[Line] = field(default_factory=list)
    held: int = 0

    def add(self, line: Line) -> None:
        """Columns of equal length: group, began, ended, first, last, courses."""
        self.lines.append(line)
        self.held += len(line[0])
        if self.held > MOST_HELD:
            self.lines = [_collapsed(_joined(self.lines))]
            self.held = max(len(self.lines[0][0]), self.held // 2)

    def merge(self, other: "Ends") -> None:
        """Those of another partition too."""
        for line in other.lines:
            self.add(line)

    def followed(self, course: Refit, rules: Rules) -> tuple[Followed, Whole, NDArray[Any], Whole]:
        """Beside the expected course: masks, and group, first score and number of each line."""
        group, began, ended, first, last, courses = _collapsed(_joined(self.lines))
        slope, upper = looked_up(course.lines)
        limit = upper[began, ended] + slope[began, ended] * (rules.sign * first)
        fitted: Mask = np.isfinite(limit)
        with np.errstate(invalid="ignore"):
            on_track: Mask = rules.sign * last <= limit
        return Followed(fitted, on_track), group, first, courses


def looked_up(lines: Lines) -> NDArray[np.float64]:
    """Slope and upper limit by first and last session; no number where there is no line."""
    found = np.full((2, LONGEST + 1, LONGEST + 1), np.nan)
    for (first, last), (slope, upper) in lines.items():
        found[:, first, last] = slope, upper
    return found


def _joined(lines: list[Line]) -> Line:
    a, b, c, d, e, f = (np.concatenate(column) for column in zip(*lines, strict=True))
    return a, b, c, d, e, f


def _collapsed(line: Line) -> Line:
    """Equal lines put together."""
    *keys, courses = line
    if keys[3].dtype.itemsize <= SHORT:
        (group, began, ended, first, last), total = _as_numbers(keys, courses)
        return group, began, ended, first, last, total
    levels = np.unique(np.concatenate(keys[3:]))
    if len(levels) > MOST_LEVELS:
        return line
    keys[3:] = (np.searchsorted(levels, key) for key in keys[3:])
    (group, began, ended, first, last), total = _as_numbers(keys, courses)
    return group, began, ended, levels[first], levels[last], total


def _as_numbers(keys: list[NDArray[Any]], courses: Whole) -> tuple[list[NDArray[Any]], Whole]:
    """Equal combinations of whole numbers put together: each combination as one number."""
    lows = [int(key.min()) for key in keys]
    spans = [int(key.max()) - low + 1 for key, low in zip(keys, lows, strict=True)]
    code = np.zeros(len(courses), dtype=np.int64)
    for key, low, span in zip(keys, lows, spans, strict=True):
        code *= span
        code += key
        code -= low
    kept, total = _added(code, courses, prod(spans))
    places = zip(np.unravel_index(kept, spans), lows, keys, strict=True)
    return [(at + low).astype(key.dtype) for at, low, key in places], total


def _added(code: Whole, courses: Whole, cells: int) -> tuple[Whole, Whole]:
    """Each code that occurs, and its courses; few possible ones are added up without sorting."""
    if cells <= len(code):
        total = np.bincount(code, weights=courses, minlength=cells)
        kept = np.flatnonzero(total)
        return kept, total[kept].astype(np.int64)
    kept, where = np.unique(code, return_inverse=True)
    return kept, np.bincount(where, weights=courses).astype(np.int64)
