"""Errors that linger: against a dense twin, calibration over draws from the prior, bad input."""

import numpy as np
import pytest
from numpy.random import default_rng
from scipy.stats import multivariate_t

from tests.progress.calibrated import draws, holds, p_uniform
from waymark.progress.days.autoregression import (
    SHAPE,
    Grid,
    Posterior,
    Prior,
    Sums,
    gather,
    grid_of,
    linger,
    response,
)

UNEVEN = ((0.0, 0.5), (3.0, 0.5))
GRID = grid_of(phis=6, parts=3, uneven=UNEVEN, daily=True)
PRIOR = Prior((10.0, 4.0), 2.0)
DAYS = np.array([0.0, 1, 2, 4, 4.5, 9, 10, 11, 13])
EVENTS = np.array([1.0, 3.0, 9.5])
VALUES = np.array([1.0, 6, 4, 7, 5, 0, 6, 4, 1])


def sums(grid: Grid = GRID) -> Sums:
    columns = (np.ones((len(DAYS), 1)), response(DAYS, EVENTS, grid=grid))
    return gather(DAYS, VALUES, columns, grid=grid, events=EVENTS)


def dense(g: int, widths: tuple[float, ...]) -> float:
    """The log density of all answers at one grid point, by a full covariance matrix."""
    phi, gaps = GRID.phi[g], np.abs(DAYS[:, None] - DAYS)
    cov = GRID.state[g] * phi**gaps + GRID.noise[g] * np.eye(len(DAYS))
    lifted = np.zeros(len(DAYS))
    for event in EVENTS:
        since = np.where(event <= DAYS, phi ** np.maximum(DAYS - event, 0), 0.0)
        cov = cov + GRID.uneven[g] * np.outer(since, since)
        lifted = lifted + since
    for width, column in zip(widths, (np.ones(len(DAYS)), lifted), strict=False):
        cov = cov + width**2 * np.outer(column, column)
    shape = cov * PRIOR.spread**2 * (SHAPE - 1) / SHAPE
    return float(multivariate_t(np.zeros(len(DAYS)), shape, df=2 * SHAPE).logpdf(VALUES))


def test_every_weight_is_that_of_the_dense_twin() -> None:
    logs = np.array([dense(g, PRIOR.widths) for g in range(len(GRID.phi))]) + GRID.prior
    weight = np.exp(logs - logs.max())
    found = linger(sums(), grid=GRID, prior=PRIOR)
    assert found.weight == pytest.approx(weight / weight.sum(), rel=1e-8)


def test_evidence_compares_models_as_the_dense_twin_does() -> None:
    """With and without the events' column: the same ratio of total densities."""

    def total(widths: tuple[float, ...]) -> float:
        return float(np.logaddexp.reduce([dense(g, widths) + GRID.prior[g] for g in range(36)]))

    both = linger(sums(), grid=GRID, prior=PRIOR).evidence
    one = linger(sums().keeping((0,)), grid=GRID, prior=PRIOR.keeping(1)).evidence
    assert both - one == pytest.approx(total((10.0, 4.0)) - total((10.0,)), rel=1e-8)


def test_the_prior_of_a_grid_sums_to_one() -> None:
    for grid in (GRID, grid_of(phis=9, parts=2, lean=(3.0, 4.0))):
        assert np.exp(grid.prior).sum() == pytest.approx(1)


# Calibration: draws from the prior, ranks uniform


def drawn(rng: np.random.Generator, grid: Grid) -> tuple[np.ndarray, float, float]:
    """Answers, phi and the lift: each from the prior, phi anywhere in its cell."""
    g = rng.choice(len(grid.phi), p=np.exp(grid.prior))
    unit = PRIOR.spread * np.sqrt((SHAPE - 1) / rng.gamma(SHAPE))
    level, lift = unit * np.array(PRIOR.widths) * rng.normal(size=2)
    state, at, values = rng.normal(0, np.sqrt(grid.state[g])), DAYS[0], []
    for day in DAYS:
        left = grid.phi[g] ** (day - at)
        state = left * state + rng.normal(0, np.sqrt(grid.state[g] * (1 - left**2)))
        for event in EVENTS[(at < EVENTS) & (day >= EVENTS)]:
            shock = lift / unit + rng.normal(0, np.sqrt(grid.uneven[g]))
            state += shock * grid.phi[g] ** (day - event)
        at = day
        values.append(level + unit * (state + rng.normal(0, np.sqrt(grid.noise[g]))))
    half = 0.5 / grid.phis
    return np.array(values), grid.phi[g] + rng.uniform(-half, half), lift


def ranks(draws: int, believed: Grid) -> np.ndarray:
    rng, found = default_rng(5), []
    for _ in range(draws):
        values, phi, lift = drawn(rng, GRID)
        columns = (np.ones((len(DAYS), 1)), response(DAYS, EVENTS, grid=believed))
        given = gather(DAYS, values, columns, grid=believed, events=EVENTS)
        posterior = linger(given, grid=believed, prior=PRIOR)
        found.append((posterior.phi_below(phi), posterior.below(lift, k=1)))
    return np.array(found)


def test_truth_falls_evenly_into_the_posterior() -> None:
    """Simulation-based calibration: 1,000 draws, of phi and of a coefficient."""
    phi, lift = ranks(draws(1000), GRID).T
    assert holds("what is left after a day", phi)
    assert holds("the lift of an event", lift)


def test_leaving_out_uneven_events_is_seen_by_the_calibration() -> None:
    """The planted fault: events believed to be all alike."""
    _, lift = ranks(400, grid_of(phis=6, parts=3, daily=True)).T
    assert p_uniform(lift) < 1e-3


# Reading the posterior


def test_quantiles_and_probabilities_are_two_sides_of_one_thing() -> None:
    found = linger(sums(), grid=GRID, prior=PRIOR)
    for p in (0.05, 0.5, 0.9):
        at = float(found.quantiles(np.array([p]), k=1)[0])
        assert found.below(at, k=1) == pytest.approx(p, abs=2e-3)


def test_answers_pull_the_level_to_their_mean() -> None:
    """Without lingering and with a wide prior, the level is the mean."""
    fresh = Grid(1, np.array([0.5]), np.array([1e-9]), np.ones(1), np.zeros(1), np.zeros(1))
    given = gather(DAYS, VALUES, (np.ones((9, 1)),), grid=fresh)
    found: Posterior = linger(given, grid=fresh, prior=Prior((1e4,), 2.0))
    assert found.mean[0, 0] == pytest.approx(VALUES.mean(), rel=1e-6)


def test_what_cannot_be_computed_is_refused() -> None:
    with pytest.raises(ValueError, match="one moment for each answer"):
        gather(DAYS, VALUES[:-1], (), grid=GRID)
    with pytest.raises(ValueError, match="at least one"):
        gather(np.array([]), np.array([]), (), grid=GRID)
    with pytest.raises(ValueError, match="one width for each column"):
        linger(sums(), grid=GRID, prior=Prior((1.0,), 2.0))
    with pytest.raises(ValueError, match="above 0"):
        Prior((1.0, 0.0), 2.0)
