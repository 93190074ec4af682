"""How far somebody's goals have come: attainment T over those with a level, the mean of 0 to 10.

Each goal stands by itself first; these are second, and say how many goals they hold. Pure.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from waymark.progress.change.attainment import attainment_t, rating_change


@dataclass(frozen=True, slots=True)
class Standing:
    """One goal under its present terms: the level it began on, and the last one that was said."""

    level: int | None
    start: int | None = None


@dataclass(frozen=True, slots=True)
class Attainment:
    """``t`` over ``counted`` goals, each with the same weight, 50 where each is where it was hoped
    to be; ``before`` over the same goals where they began, None where one of them does not say.
    ``missing`` goals have no level and are left out."""

    t: float
    before: float | None
    counted: int
    missing: int


def attainment(goals: Iterable[Standing]) -> Attainment | None:
    """None where no goal has a level."""
    held = list(goals)
    levels = [one.level for one in held if one.level is not None]
    if not levels:
        return None
    starts = [one.start for one in held if one.level is not None and one.start is not None]
    before = attainment_t(starts) if len(starts) == len(levels) else None
    return Attainment(attainment_t(levels), before, len(levels), len(held) - len(levels))


@dataclass(frozen=True, slots=True)
class Moved:
    """The mean of the first and of the last numbers of ``n`` goals, and whether it moved by more
    than such ratings move by themselves."""

    first: float
    last: float
    n: int
    reliable: bool


def moved(goals: Iterable[Sequence[int]]) -> Moved | None:
    """``goals``: the numbers of each under its present terms, oldest first. A goal that was rated
    once has not moved yet and is left out; None where there is no other."""
    twice = [(numbers[0], numbers[-1]) for numbers in goals if len(numbers) > 1]
    if not twice:
        return None
    first, last = [one for one, _ in twice], [one for _, one in twice]
    _, reliable = rating_change(first, last)
    return Moved(sum(first) / len(first), sum(last) / len(last), len(twice), reliable)
