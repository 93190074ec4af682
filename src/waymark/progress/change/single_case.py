"""Single-case effect sizes: how a phase B stands over a phase A in one person's own data.

Scores are turned so that higher is better before they are compared. Non-overlap of all pairs:
Parker & Vannest 2009; Tau-U: Parker, Vannest, Davis & Sauber 2011; baseline-corrected Tau: Tarlow
2017; PND, PEM, IRD as in Parker, Vannest & Davis 2011.
"""

from collections.abc import Sequence
from itertools import combinations, product
from statistics import fmean, median, stdev

from scipy.stats import kendalltau

SIGNIFICANT = 0.05


def nap(a: Sequence[float], b: Sequence[float], *, better_is_lower: bool) -> float:
    """Share of pairs (one of A, one of B) in which B is better; ties count half."""
    up, down = _turned(a, b, better_is_lower=better_is_lower)
    pairs = [(y > x) + 0.5 * (y == x) for x, y in product(up, down)]
    return fmean(pairs)


def tau(a: Sequence[float], b: Sequence[float], *, better_is_lower: bool) -> float:
    """2 NAP - 1: from -1 to 1."""
    return 2 * nap(a, b, better_is_lower=better_is_lower) - 1


def tau_u(a: Sequence[float], b: Sequence[float], *, better_is_lower: bool) -> float:
    """A against B, less the trend in A; not bounded by 1."""
    up, down = _turned(a, b, better_is_lower=better_is_lower)
    between = sum(_sign(y - x) for x, y in product(up, down))
    return (between - _trend(up)) / (len(up) * len(down))


def tau_corrected(
    a: Sequence[float], b: Sequence[float], *, better_is_lower: bool, pretest: bool = True
) -> float:
    """Tau of A against B after A's own trend (Theil-Sen) is taken out of both phases.

    With ``pretest``, as Tarlow writes it, only where Kendall's tau of A and time is significant;
    without, always, as the R package SingleCaseES does by default.
    """
    up, down = _turned(a, b, better_is_lower=better_is_lower)
    if len(up) > 1 and (not pretest or kendalltau(range(len(up)), up).pvalue < SIGNIFICANT):
        slope = median((up[j] - up[i]) / (j - i) for i, j in combinations(range(len(up)), 2))
        down = [score - slope * (len(up) + place) for place, score in enumerate(down)]
        up = [score - slope * place for place, score in enumerate(up)]
    return tau(up, down, better_is_lower=False)


def pnd(a: Sequence[float], b: Sequence[float], *, better_is_lower: bool) -> float:
    """Share of B above the best of A."""
    up, down = _turned(a, b, better_is_lower=better_is_lower)
    return fmean(score > max(up) for score in down)


def pem(a: Sequence[float], b: Sequence[float], *, better_is_lower: bool) -> float:
    """Share of B above the median of A; ties count half."""
    up, down = _turned(a, b, better_is_lower=better_is_lower)
    middle = median(up)
    return fmean((score > middle) + 0.5 * (score == middle) for score in down)


def smd(a: Sequence[float], b: Sequence[float], *, better_is_lower: bool) -> float:
    """Difference of means over the SD of A, with Hedges' correction. ``ValueError``: no SD."""
    up, down = _turned(a, b, better_is_lower=better_is_lower)
    spread = stdev(up) if len(up) > 1 else 0.0
    if spread == 0:
        raise ValueError("phase A does not vary: there is no SD to divide by")
    return (1 - 3 / (4 * (len(up) - 1) - 1)) * (fmean(down) - fmean(up)) / spread


def _turned(
    a: Sequence[float], b: Sequence[float], *, better_is_lower: bool
) -> tuple[list[float], list[float]]:
    if not a or not b:
        raise ValueError("both phases need at least one score")
    sign = -1.0 if better_is_lower else 1.0
    return [sign * one for one in a], [sign * one for one in b]


def _trend(scores: Sequence[float]) -> int:
    return sum(_sign(y - x) for x, y in combinations(scores, 2))


def _sign(value: float) -> int:
    return (value > 0) - (value < 0)
