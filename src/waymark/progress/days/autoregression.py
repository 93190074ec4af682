"""Regression with errors that linger: what yesterday left is still partly there today.

y_i = X_i g + x_i + e_i. The state x is an Ornstein-Uhlenbeck process, the AR(1) of unequal gaps:
what is left of it after d days is phi^d (Uhlenbeck & Ornstein 1930, Phys Rev 36:823). The noise e
is fresh at every answer; leaving it out makes inertia look shorter than it is (Schuurman,
Houtveen & Hamaker 2015, Front Psychol 6:1038). Days that were missed are gaps, never values.
For each point of a grid over (phi, share of the state, unevenness of events) the likelihood is
exact (Kalman 1960), and coefficients and scale are integrated out in closed form (Bishop 2006,
exercise 3.12). Nothing here is sampled: the same answers give the same figures.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import inf, log

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc, stdtr

Array = NDArray[np.float64]

SHAPE = 2.0
"""Of the inverse gamma prior of the variance: what is thought beforehand weighs 4 answers."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Points at which the likelihood is computed, each an array of shape (g,), phi slowest.

    ``phi``: what is left of the state after one day; its cells part 0 to 1 evenly. ``state`` and
    ``noise``: their variances, in units of the scale that is integrated out. ``uneven``: extra
    variance that an event brings, in the same units. ``prior``: log probability.
    """

    phis: int
    phi: Array
    state: Array
    noise: Array
    uneven: Array
    prior: Array

    @property
    def edges(self) -> Array:
        """Of the cells of phi, shape (phis + 1,)."""
        return np.linspace(0, 1, self.phis + 1)

    @property
    def centers(self) -> Array:
        """Of the cells of phi, shape (phis,)."""
        return (np.arange(self.phis) + 0.5) / self.phis


def grid_of(
    *,
    phis: int,
    parts: int,
    uneven: tuple[tuple[float, float], ...] = ((0.0, 1.0),),
    lean: tuple[float, float] = (2.0, 1.0),
    daily: bool = False,
) -> Grid:
    """Even cells of phi and of the state's part; ``uneven`` as (value, chance).

    Before anything is seen phi is Beta with the two figures of ``lean``; the default holds that
    days seldom forget overnight. Parts are equally likely. The part is that of the variance of one
    answer; with ``daily``, that of what one day brings, so that the unit stays when phi changes.
    """
    kinds = np.array(uneven, dtype=float)
    places: Array = (np.arange(phis) + 0.5) / phis
    shares: Array = (np.arange(parts) + 0.5) / parts
    phi = np.repeat(places, parts * len(kinds))
    part = np.tile(np.repeat(shares, len(kinds)), phis)
    beta = np.diff(betainc(*lean, np.linspace(0, 1, phis + 1)))
    extra, chance = np.tile(kinds, (phis * parts, 1)).T
    return Grid(
        phis=phis,
        phi=phi,
        state=part / (1 - phi**2) if daily else part,
        noise=1 - part,
        uneven=extra,
        prior=np.log(np.repeat(beta, parts * len(kinds)) * chance / parts),
    )


@dataclass(frozen=True, slots=True)
class Prior:
    """Of coefficients, given the unit s of the grid: each Normal(0, (width s)^2), independent.

    ``widths`` has shape (k,); an infinite one leaves its coefficient to the answers alone. s^2 is
    inverse gamma with shape ``SHAPE`` and mean ``spread`` squared; ``spread`` is in points of the
    scale.
    """

    widths: tuple[float, ...]
    spread: float

    def __post_init__(self) -> None:
        if not all(one > 0 for one in (*self.widths, self.spread)):
            raise ValueError("every width and the spread must lie above 0")

    @property
    def rate(self) -> float:
        """Of the inverse gamma."""
        return (SHAPE - 1) * self.spread**2

    def keeping(self, k: int) -> "Prior":
        """Of the first ``k`` coefficients alone."""
        return Prior(self.widths[:k], self.spread)


@dataclass(frozen=True, slots=True)
class Sums:
    """All that the answers say, at each grid point: cross-products of the innovations of columns
    and answers (g, k + 1, k + 1), answers last; the sum of their log variances (g,)."""

    products: Array
    volume: Array
    n: int

    def keeping(self, columns: Sequence[int]) -> "Sums":
        """As though only these columns were there."""
        kept = [*columns, self.products.shape[1] - 1]
        return Sums(self.products[:, kept][:, :, kept], self.volume, self.n)


@dataclass(frozen=True, slots=True)
class Solved:
    """Coefficients, given a grid point and the unit: ``mean`` (g, k), ``inverse`` (g, k, k) in
    squared units. ``rest`` (g,) is the sum of squares left; ``loose`` (g,) is the log factor of
    the likelihood that does not depend on the unit."""

    mean: Array
    inverse: Array
    rest: Array
    loose: Array
    n: int


@dataclass(frozen=True)
class Posterior:
    """What the answers leave: a weight for each grid point, and Student's t within each.

    ``weight`` (g,) sums to 1; ``mean`` (g, k) and ``scale`` (g, k) are those of the coefficients;
    ``df`` is common; ``sd`` (g,) is the posterior mean SD of one answer. ``evidence`` is the log
    density of all answers, up to a constant that depends on their number alone.
    """

    grid: Grid
    weight: Array
    mean: Array
    scale: Array
    df: float
    sd: Array
    evidence: float

    @cached_property
    def phi(self) -> Array:
        """Probability of each cell of phi, shape (phis,)."""
        return np.asarray(self.weight.reshape(self.grid.phis, -1).sum(axis=1))

    def phi_below(self, value: float) -> float:
        """Probability that phi lies below this, even within a cell."""
        return float(np.interp(value, self.grid.edges, np.append(0, np.cumsum(self.phi))))

    def below(self, value: float, *, k: int) -> float:
        """Probability that coefficient ``k`` lies below this."""
        return float(self._below(np.array([value]), k)[0])

    def quantiles(self, ps: Array, *, k: int) -> Array:
        """Of coefficient ``k``: read off its distribution at 201 places, shape of ``ps``."""
        middle = float(self.weight @ self.mean[:, k])
        variance = self.scale[:, k] ** 2 * self.df / (self.df - 2)
        around = (self.mean[:, k] - middle) ** 2
        sd = float(np.sqrt(self.weight @ (variance + around)))
        places = middle + sd * np.linspace(-6, 6, 201)
        return np.interp(ps, self._below(places, k), places)

    def _below(self, values: Array, k: int) -> Array:
        heavy = self.weight > 1e-6
        mean, scale = self.mean[heavy, k], self.scale[heavy, k]
        under = stdtr(self.df, (values[:, None] - mean) / scale)
        return np.asarray(under @ self.weight[heavy] / self.weight[heavy].sum())


def response(when: Array, events: Array, *, grid: Grid) -> Array:
    """What is left at each moment of all events so far: sum of phi^(t - event), shape (n, g).

    ``when`` (n,) and ``events`` (m,) in days; an event at the moment of an answer counts in full.
    """
    return _decayed(when, events, np.log(grid.phi))


def gather(
    when: Array,
    values: Array,
    columns: tuple[Array, ...],
    *,
    grid: Grid,
    events: Array | None = None,
) -> Sums:
    """Run through the answers once.

    ``when`` (n,): days, ascending, n >= 1. ``values`` (n,): answers, in points. ``columns``: one
    for each coefficient, (n, 1) or, where it depends on the grid, (n, g). ``events`` (m,): days.
    ``ValueError`` where moments and answers differ in number, or there is none.
    """
    if values.shape != when.shape or not values.size:
        raise ValueError("needs one moment for each answer, and at least one answer")
    size = (len(when), len(grid.phi))
    filled = [np.broadcast_to(one, size) for one in (*columns, values[:, None])]
    return _whitened(when, np.stack(filled, axis=-1), _shocks(when, events, grid), grid)


def solve(sums: Sums, *, prior: Prior) -> Solved:
    """Coefficients by least squares with their prior, at each grid point."""
    k = len(prior.widths)
    if sums.products.shape[1] != k + 1:
        raise ValueError("needs one width for each column")
    across = sums.products[:, :k, k]
    precision = sums.products[:, :k, :k] + np.diag(1 / np.array(prior.widths) ** 2)
    inverse: Array = np.linalg.inv(precision).astype(np.float64)
    mean = np.einsum("gij,gj->gi", inverse, across)
    rest = sums.products[:, k, k] - np.einsum("gi,gi->g", mean, across)
    proper = sum(log(one) for one in prior.widths if one < inf)
    loose = (np.linalg.slogdet(inverse)[1] - sums.volume) / 2 - proper
    return Solved(mean, inverse, np.maximum(rest, 0), loose, sums.n)


def linger(sums: Sums, *, grid: Grid, prior: Prior) -> Posterior:
    """The exact posterior: the unit out of the way as well (normal and inverse gamma)."""
    solved = solve(sums, prior=prior)
    a = SHAPE + sums.n / 2
    b = prior.rate + solved.rest / 2
    logs = grid.prior + solved.loose - a * np.log(b) + SHAPE * np.log(prior.rate)
    weight = np.exp(logs - logs.max())
    spread = np.diagonal(solved.inverse, axis1=1, axis2=2) * (b / a)[:, None]
    return Posterior(
        grid=grid,
        weight=weight / weight.sum(),
        mean=solved.mean,
        scale=np.sqrt(spread),
        df=2 * a,
        sd=np.sqrt(b / (a - 1)),
        evidence=float(logs.max() + np.log(weight.sum())),
    )


def _decayed(when: Array, events: Array, rate: Array) -> Array:
    """Sums of exp(rate (t - event)) over events up to t: (n, g)."""
    found = np.zeros((len(when), len(rate)))
    for event in events:
        later = when >= event
        found[later] += np.exp(np.outer(when[later] - event, rate))
    return found


def _shocks(when: Array, events: Array | None, grid: Grid) -> Array | None:
    """Variance that uneven events add to the state since the answer before, (n, g)."""
    if events is None or not grid.uneven.any():
        return None
    rate = 2 * np.log(grid.phi)
    total = _decayed(when, events, rate)
    fresh = total.copy()
    fresh[1:] -= total[:-1] * np.exp(np.outer(np.diff(when), rate))
    return np.asarray(np.maximum(fresh, 0) * grid.uneven)


def _whitened(when: Array, columns: Array, shocks: Array | None, grid: Grid) -> Sums:
    """The Kalman filter of a scalar state, for every column and grid point together."""
    left = np.zeros(columns.shape[1:])
    variance = grid.state
    decays = np.exp(np.outer(np.diff(when, prepend=when[0]), np.log(grid.phi)))
    scaled, volume = np.empty(columns.shape), np.zeros(len(grid.phi))
    for i, column in enumerate(columns):
        variance = grid.state + decays[i] ** 2 * (variance - grid.state)
        if shocks is not None:
            variance = variance + shocks[i]
        total = variance + grid.noise
        left *= decays[i][:, None]
        innovation = column - left
        gain = variance / total
        left += gain[:, None] * innovation
        variance = variance * (1 - gain)
        scaled[i] = innovation / np.sqrt(total)[:, None]
        volume += np.log(total)
    turned = scaled.transpose(1, 2, 0)
    return Sums(turned @ turned.transpose(0, 2, 1), volume, len(when))
