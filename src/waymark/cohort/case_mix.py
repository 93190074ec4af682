"""Groups compared with the severity at the start taken into account: case mix by band.

Sites: indirect standardization. Each band of first scores brings the share of all; what a site
would then reach is a sum of binomials, whose law is their convolution, exact for any size. Parts:
direct standardization. Each group's shares by band are weighted as all courses are, and two such
shares are set against each other. Nothing but the first score is adjusted for.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from waymark.cohort.measure import Share
from waymark.cohort.outcomes import Funnel, Gap, two_sided
from waymark.progress.validation.validation import wilson

ByBand = Mapping[str, Mapping[int, Share]]
"""Shares by group, and by band of the first score."""

REACH, MARGIN = 10, 40
"""A binomial is followed ten standard deviations and forty counts from its mean."""

LONG = 500
"""Counts from which a law is long."""

LIMITS = (0.025, 0.001)
"""Tails outside the 95% and the 99.8% limits."""

Chances = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Hits:
    """The law of a sum of binomials: ``chances`` (k,) of ``least``, ``least`` + 1, ... hits."""

    least: int
    chances: Chances


def sum_of_binomials(parts: Sequence[tuple[int, float]]) -> Hits:
    """The law of all hits together, from (courses, chance) of each part: the convolution of the
    parts. Absolute error below 1e-9 for a million courses."""
    least, chances = 0, np.ones(1)
    for of, chance in parts:
        here = _binomial(of, chance)
        least += here.least
        chances = _convolved(chances, here.chances)
    return Hits(least, chances / chances.sum())


def _convolved(one: Chances, other: Chances) -> Chances:
    """The law of a sum: directly, or of two long laws by Fourier's way, whose error is below 1e-15
    (a direct convolution of a large clinic's bands takes as long as all the counting)."""
    if min(len(one), len(other)) < LONG:
        return np.convolve(one, other)
    size = len(one) + len(other) - 1
    found = np.fft.irfft(np.fft.rfft(one, size) * np.fft.rfft(other, size), size)
    return np.maximum(found, 0.0)


def _binomial(of: int, chance: float) -> Hits:
    middle, spread = of * chance, sqrt(of * chance * (1 - chance))
    reach = REACH * spread + MARGIN * (0 < chance < 1)
    least, most = max(int(middle - reach), 0), min(int(middle + reach) + 1, of)
    k = np.arange(least, most + 1)
    from scipy.special import gammaln, xlog1py, xlogy  # only groups need it

    ways = gammaln(of + 1) - gammaln(k + 1) - gammaln(of - k + 1)
    return Hits(least, np.exp(ways + xlogy(k, chance) + xlog1py(of - k, -chance)))


def overall_by_band(groups: ByBand) -> dict[int, Share]:
    """All groups together, by band."""
    found: dict[int, Share] = {}
    for bands in groups.values():
        for band, share in bands.items():
            found[band] = found.get(band, Share(0, 0)) + share
    return found


def expected_hits(groups: ByBand) -> dict[str, float]:
    """Hits that each group would have if every band of it fared as that band of all does."""
    overall = overall_by_band(groups)
    return {
        group: sum(share.of * (overall[band].value or 0.0) for band, share in bands.items())
        for group, bands in groups.items()
    }


def adjusted_funnel(groups: ByBand) -> list[Funnel]:
    """Each site's share against the limits that chance alone sets for its size and its case mix.

    With one band these are the limits of `outcomes.funnel`.
    """
    overall = overall_by_band(groups)
    found = []
    for site, bands in sorted(groups.items()):
        parts = [(share.of, overall[band].value or 0.0) for band, share in sorted(bands.items())]
        whole = sum(bands.values(), Share(0, 0))
        law = sum_of_binomials(parts)
        (low95, high95), (low998, high998) = (_limits(law, tail, whole.of) for tail in LIMITS)
        share = whole.hits / whole.of
        found.append(Funnel(site, share, whole.of, low95, high95, low998, high998))
    return found


def _limits(law: Hits, tail: float, of: int) -> tuple[float, float]:
    """Below the first and above the second lie less than ``tail`` each, as shares of all."""
    if len(law.chances) == 1:  # nothing varies: nobody can be beyond
        return law.least / of, law.least / of
    most = law.least + len(law.chances) - 1
    low = law.least + _quantile(law.chances, tail)
    high = most - _quantile(law.chances[::-1], tail)
    return min(max(low / of, 0.0), 1.0), min(max(high / of, 0.0), 1.0)


def _quantile(chances: Chances, tail: float) -> float:
    """The least count that reaches ``tail``, interpolated as Spiegelhalter (2005) does."""
    reached = np.cumsum(chances)
    count = int(np.searchsorted(reached, tail))
    return float(count - (reached[count] - tail) / chances[count])


def adjusted_gap(group: str, other: str, *, groups: ByBand, pairs: int = 1) -> Gap | None:
    """Difference of two shares, each weighted by band as all courses are (direct standardization).

    The limits are Wilson's for 1 / sum(w^2 / n) courses, put together as Newcombe's method 10 puts
    single shares together (Yan & Su 2010; Zou & Donner 2008); with one band they are Newcombe's.
    None where some band has courses and one of the two groups has none in it: there is nothing to
    weight.
    """
    overall = overall_by_band(groups)
    everybody = sum(share.of for share in overall.values())
    weights = {band: share.of / everybody for band, share in overall.items() if share.of}
    if any(not (band in groups[name] and groups[name][band].of) for name in (group, other)
           for band in weights):  # fmt: skip
        return None
    (p1, l1, u1), (p2, l2, u2) = (
        _weighted(groups[name], weights, z=two_sided(0.05 / pairs)) for name in (group, other)
    )
    low = p1 - p2 - sqrt((p1 - l1) ** 2 + (u2 - p2) ** 2)
    high = p1 - p2 + sqrt((u1 - p1) ** 2 + (p2 - l2) ** 2)
    return Gap(group, other, p1 - p2, low, high, pairs)


def _weighted(
    bands: Mapping[int, Share], weights: Mapping[int, float], *, z: float
) -> tuple[float, float, float]:
    """A weighted share and Wilson's limits of it."""
    share = sum(weight * (bands[band].value or 0.0) for band, weight in weights.items())
    worth = 1 / sum(weight**2 / bands[band].of for band, weight in weights.items())
    return share, *wilson(share * worth, worth, z=z)
