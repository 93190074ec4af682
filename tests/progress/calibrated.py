"""Simulation-based calibration: where a truth drawn from the prior falls in its posterior.

Talts et al. 2018 (arXiv:1804.06788). Smoke size in every run; `WAYMARK_FULL=yes` draws five times
as many and notes what it found for the dated page.
"""

import os
from collections.abc import Sequence

import numpy as np
from numpy.random import Generator
from scipy.stats import chisquare

from tests.figures import note

FULL = bool(os.environ.get("WAYMARK_FULL"))


def draws(smoke: int) -> int:
    return 5 * smoke if FULL else smoke


def of_chance(chance: float, happened: bool, rng: Generator) -> float:
    """The rank of an event: within its chance where it happened, above it where it did not."""
    return float(rng.uniform(0, chance) if happened else rng.uniform(chance, 1))


def p_uniform(ranks: Sequence[float] | np.ndarray, *, bins: int = 10) -> float:
    counts = np.histogram(np.asarray(ranks), bins=bins, range=(0, 1))[0]
    return float(chisquare(counts).pvalue)


def holds(name: str, ranks: Sequence[float] | np.ndarray, *, bins: int = 10) -> bool:
    """Whether ranks are even (chi-squared p > .01); noted in a full run."""
    p = p_uniform(ranks, bins=bins)
    if FULL:
        note(f"calibration of {name}", f"chi-squared p {p:.2f} over {len(ranks):,} draws")
    return p > 0.01
