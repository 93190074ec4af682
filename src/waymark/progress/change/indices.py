"""The families of reliable change indices, each by its first publication, in two-sided z units.

``first`` and ``last`` are scores in points; a positive index is a rise. Whether a rise is better
the caller knows. ``Z`` (1.959964) is the usual critical value; Hageman & Arrindell use the
one-sided 1.644854. Where packages depart from the papers the papers are followed (docs:
explanation/how-change-is-judged).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist
from types import MappingProxyType

from scipy.stats import t as student

from waymark.progress.change.reliable_change import difference_error, standard_error

ONE_SIDED = NormalDist().inv_cdf(0.95)
"""Hageman & Arrindell 1999 allow a risk of 5% on one side."""


@dataclass(frozen=True, slots=True)
class Sample:
    """The clinical sample that an index compares with.

    Means and SDs (sample SDs) of first and last scores in points, their correlation, how many
    people, and the measure's reliability at the start and (if another) at the end.
    """

    n: int
    mean_first: float
    sd_first: float
    mean_last: float
    sd_last: float
    correlation: float
    reliability: float
    reliability_last: float | None = None

    def __post_init__(self) -> None:
        if self.n < 3 or self.sd_first <= 0 or self.sd_last <= 0:
            raise ValueError("needs three people and SDs above 0")
        if not 0 < self.reliability < 1 or not -1 < self.correlation < 1:
            raise ValueError("reliability lies between 0 and 1, the correlation between -1 and 1")

    @property
    def sem(self) -> float:
        """The standard error of measurement of the first score, in scale points."""
        return standard_error(self.sd_first, self.reliability)

    @property
    def prediction_error(self) -> float:
        """SD of the last score around the one predicted from the first: s1 sqrt(1 - r^2)."""
        return self.sd_first * sqrt(1 - self.reliability**2)


Index = Callable[..., float]


def jacobson_truax(first: float, last: float, *, sample: Sample) -> float:
    """Jacobson & Truax 1991, with the correction of Christensen & Mendoza 1986."""
    return (last - first) / difference_error(sample.sd_first, sample.reliability)


def gulliksen_lord_novick(first: float, last: float, *, sample: Sample) -> float:
    """Hsu 1989, 1995: a return toward the mean is no change."""
    regressed = (last - sample.mean_first) - sample.reliability * (first - sample.mean_first)
    return regressed / sample.prediction_error


def hsu_linn_nord(first: float, last: float, *, sample: Sample) -> float:
    """Hsu 1989: more change than the group's mean change, which is another question."""
    regressed = (last - sample.mean_last) - sample.reliability * (first - sample.mean_first)
    return regressed / sample.prediction_error


def edwards_nunnally(first: float, last: float, *, sample: Sample) -> float:
    """Speer 1992; liberal, for it divides by the error of one score."""
    return (last - _regressed(first, sample)) / sample.sem


def nunnally_kotsch(first: float, last: float, *, sample: Sample) -> float:
    """Nunnally & Kotsch 1983: errors of both scores, the last one with its own SD."""
    r, r_last = sample.reliability, sample.reliability_last or sample.reliability
    variance = r**2 * sample.sd_first**2 * (1 - r) + sample.sd_last**2 * (1 - r_last)
    return (last - _regressed(first, sample)) / sqrt(variance)


def hageman_arrindell(first: float, last: float, *, sample: Sample) -> float:
    """Hageman & Arrindell 1999, the individual's index; compare with ``ONE_SIDED``."""
    r_dd = difference_reliability(sample)
    mean_change = sample.mean_last - sample.mean_first
    wanted = (last - first) * r_dd + mean_change * (1 - r_dd)
    return wanted / (sqrt(r_dd) * sqrt(2) * sample.sem)


def difference_reliability(sample: Sample) -> float:
    """Reliability of the difference (Hageman & Arrindell 1999). ``ValueError`` if not above 0."""
    s1, s2, sem = sample.sd_first, sample.sd_last, sample.sem
    r11, r22 = 1 - sem**2 / s1**2, 1 - sem**2 / s2**2
    shared = 2 * s1 * s2 * sample.correlation
    found = (s1**2 * r11 + s2**2 * r22 - shared) / (s1**2 + s2**2 - shared)
    if found <= 0:
        raise ValueError("differences are not reliable at all here")
    return found


def regression_based(first: float, last: float, *, sample: Sample) -> float:
    """McSweeny et al. 1993: against the reference group's own course, no error of its slope."""
    return (last - _predicted(first, sample)) / _see(sample)


def crawford_howell(first: float, last: float, *, sample: Sample) -> float:
    """Crawford & Howell 1998: the same with the error of the fitted line; t with n - 2 df."""
    n, distance = sample.n, first - sample.mean_first
    widened = 1 + 1 / n + distance**2 / ((n - 1) * sample.sd_first**2)
    return (last - _predicted(first, sample)) / (_see(sample) * sqrt(widened))


def crawford_howell_critical(sample: Sample) -> float:
    """Its two-sided 5% point."""
    return float(student.ppf(0.975, sample.n - 2))


def _regressed(first: float, sample: Sample) -> float:
    """The first score's true part, drawn toward the mean (Kelley)."""
    return sample.reliability * (first - sample.mean_first) + sample.mean_first


def _predicted(first: float, sample: Sample) -> float:
    slope = sample.correlation * sample.sd_last / sample.sd_first
    return sample.mean_last + slope * (first - sample.mean_first)


def _see(sample: Sample) -> float:
    return sample.sd_last * sqrt(1 - sample.correlation**2)


INDICES: Mapping[str, Index] = MappingProxyType(
    {
        "JT": jacobson_truax,
        "GLN": gulliksen_lord_novick,
        "HLL": hsu_linn_nord,
        "EN": edwards_nunnally,
        "NK": nunnally_kotsch,
        "HA": hageman_arrindell,
        "RB": regression_based,
        "CH": crawford_howell,
    }
)
"""Every index by its usual letters."""


def percentage_change(first: float, last: float) -> float | None:
    """Change in shares of the first score; None where that is 0 and the last one is not."""
    if first == 0:
        return 0.0 if last == 0 else None
    return (last - first) / first


def by_percentage(first: float, last: float, *, share: float, better_is_lower: bool) -> int:
    """1 better, 0 neither, -1 worse by at least this share of the first score.

    From 0 a scale on which lower is better can only get worse, and where higher is better only
    better; no change from 0 is neither.
    """
    if share <= 0:
        raise ValueError("a share lies above 0")
    sign = -1 if better_is_lower else 1
    change = percentage_change(first, last)
    if change is None:
        return sign if last > first else -sign
    if abs(change) < share:
        return 0
    return sign if last > first else -sign


def by_anchor(
    first: float, last: float, *, better: float, worse: float, better_is_lower: bool
) -> int:
    """1, 0, -1 by the least important change: so many points better, so many worse."""
    if better <= 0 or worse <= 0:
        raise ValueError("an important change lies above 0")
    gained = first - last if better_is_lower else last - first
    if gained >= better:
        return 1
    return -1 if gained <= -worse else 0
