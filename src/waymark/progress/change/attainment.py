"""Goals: attainment scaling of several goals as one T score, and ratings from 0 to 10."""

from collections.abc import Sequence
from math import isfinite, sqrt
from statistics import fmean

RHO = 0.30
"""Usual correlation between the scales of one person (Kiresuk & Sherman 1968)."""

LEVELS = range(-2, 3)
RELIABLE_RATING = 2.45
"""Points by which the mean of goal ratings (0 to 10) must move to count (Edbrooke-Childs 2015)."""


def attainment_t(
    levels: Sequence[int], *, weights: Sequence[float] | None = None, rho: float = RHO
) -> float:
    """Goal attainment T: 50 + 10 sum(w x) / sqrt((1 - rho) sum(w^2) + rho (sum w)^2).

    ``levels`` from -2 to 2, 0 what was expected when the goal was set. T is about that
    expectation, so it says nothing between people whose goals others set (Kiresuk & Sherman 1968,
    Community Ment Health J 4:443). ``ValueError`` for other levels, weights of 0 or less, or rho
    outside 0 to 1.
    """
    given = list(weights) if weights is not None else [1.0] * len(levels)
    if not levels or len(given) != len(levels):
        raise ValueError("needs one weight for each goal, and at least one goal")
    if any(level not in LEVELS for level in levels):
        raise ValueError("a level is a whole number from -2 to 2")
    if any(not isfinite(weight) or weight <= 0 for weight in given):
        raise ValueError("a weight lies above 0")
    if not 0 <= rho <= 1:
        raise ValueError("rho lies from 0 to 1")
    reached = sum(weight * level for weight, level in zip(given, levels, strict=True))
    own = (1 - rho) * sum(weight**2 for weight in given)
    return 50 + 10 * reached / sqrt(own + rho * sum(given) ** 2)


def rating_change(first: Sequence[float], last: Sequence[float]) -> tuple[float, bool]:
    """Change of the mean rating of up to three goals, and whether it is a reliable one.

    The same goals in the same order; ratings from 0 to 10. ``ValueError`` otherwise.
    """
    if not first or len(first) != len(last):
        raise ValueError("needs the same goals at both times")
    if any(not 0 <= one <= 10 for one in (*first, *last)):
        raise ValueError("a rating lies from 0 to 10")
    change = fmean(last) - fmean(first)
    return change, abs(change) >= RELIABLE_RATING
