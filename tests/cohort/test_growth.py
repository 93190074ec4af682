"""The growth model from a table of sums, against a plain likelihood with whole matrices."""

import numpy as np
import pytest
from numpy.random import Generator, default_rng
from scipy.optimize import minimize

from waymark.cohort.growth import Growth, fit, sums_of

Rows = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]


def courses(rng: Generator, *, clients: int, missing: float = 0.0, stretch: float = 1.0) -> Rows:
    """Starts, sessions, scores and owner of each row; the second session is never missing."""
    lengths = rng.integers(2, 12, clients)
    sessions = np.concatenate([np.arange(1, n + 1) for n in lengths]) * stretch
    who = np.repeat(np.arange(clients), lengths)
    own = rng.multivariate_normal([15.6, -2.3], [[22, -2.0], [-2.0, 1.7]], clients)
    scores = own[who, 0] + own[who, 1] * np.log(sessions) + rng.normal(0, 2.1, len(who))
    kept = (rng.random(len(who)) >= missing) | (sessions <= 2 * stretch)
    return (
        np.flatnonzero(np.diff(who[kept], prepend=-1)),
        sessions[kept].astype(float),
        scores[kept],
        who[kept],
    )


def plain(
    rows: Rows, *, severity: np.ndarray | None = None
) -> tuple[np.ndarray, np.ndarray, float, float]:
    """-2 log REML with every V written out; Nelder-Mead on log-Cholesky and log sigma."""
    starts, sessions, scores, _ = rows
    blocks = np.split(np.arange(len(scores)), starts[1:])
    designs = []
    for client, block in enumerate(blocks):
        z = np.stack([np.ones(len(block)), np.log(sessions[block])], axis=1)
        x = z if severity is None else np.hstack([z, z * severity[client]])
        designs.append((x, z, scores[block]))

    def solved(at: np.ndarray) -> tuple[float, np.ndarray, np.ndarray, float]:
        lower = np.array([[np.exp(at[0]), 0], [at[1], np.exp(at[2])]])
        cov, sigma2 = lower @ lower.T, np.exp(2 * at[3])
        size = designs[0][0].shape[1]
        left, right, square, log_det = np.zeros((size, size)), np.zeros(size), 0.0, 0.0
        for x, z, y in designs:
            v = z @ cov @ z.T + sigma2 * np.eye(len(y))
            inverse = np.linalg.inv(v)
            left += x.T @ inverse @ x
            right += x.T @ inverse @ y
            square += y @ inverse @ y
            log_det += np.linalg.slogdet(v)[1]
        beta = np.linalg.solve(left, right)
        free = len(scores) - size
        value = log_det + np.linalg.slogdet(left)[1] + square - right @ beta
        return value + free * np.log(2 * np.pi), beta, cov, sigma2

    options = {"xatol": 1e-10, "fatol": 1e-10, "maxiter": 20_000, "maxfev": 20_000}
    best = minimize(
        lambda at: solved(at)[0], [1.5, -0.4, 0.2, 0.7], method="Nelder-Mead", options=options
    )
    value, beta, cov, sigma2 = solved(best.x)
    return beta, cov, sigma2, value


def fitted(rows: Rows, severity: np.ndarray | None = None) -> Growth:
    return fit(sums_of(*rows[:3], severity=severity))


@pytest.mark.parametrize("missing", [0.0, 0.3])
def test_the_fit_equals_a_plain_likelihood(missing: float) -> None:
    rows = courses(default_rng(4), clients=60, missing=missing)
    beta, cov, sigma2, value = plain(rows)
    found = fitted(rows)
    assert found.beta == pytest.approx(beta, rel=1e-5)
    assert found.cov == pytest.approx(cov, rel=1e-4)
    assert found.sigma2 == pytest.approx(sigma2, rel=1e-5)
    assert found.criterion == pytest.approx(value, abs=1e-6)


def test_severity_bends_start_and_slope_as_in_the_plain_likelihood() -> None:
    rows = courses(default_rng(5), clients=60)
    severity = default_rng(9).normal(0, 4, 60)
    beta, _, sigma2, value = plain(rows, severity=severity)
    found = fitted(rows, severity)
    assert found.beta == pytest.approx(beta, rel=1e-4, abs=1e-5)
    assert found.sigma2 == pytest.approx(sigma2, rel=1e-5)
    assert found.criterion == pytest.approx(value, abs=1e-6)


def test_weeks_between_sessions_and_repeats_take_the_general_path() -> None:
    """Half-weeks have no bit; the same courses in whole sessions give the same figures."""
    rng = default_rng(6)
    rows = courses(rng, clients=60)
    starts, sessions, scores, who = rows
    halves = fitted((starts, sessions * 1.5, scores, who))
    whole = fitted(rows)
    assert halves.sigma2 == pytest.approx(whole.sigma2, rel=1e-6)
    assert halves.beta[1] == pytest.approx(whole.beta[1], rel=1e-6)
    twice = np.repeat(np.arange(len(scores)), 2)
    again = fitted((starts * 2, sessions[twice], scores[twice], who[twice]))
    assert again.beta == pytest.approx(whole.beta, rel=0.05)


def test_the_truth_behind_many_courses_is_found() -> None:
    found = fitted(courses(default_rng(7), clients=5000))
    assert found.beta == pytest.approx([15.6, -2.3], abs=0.15)
    assert found.cov == pytest.approx(np.array([[22, -2], [-2, 1.7]]), abs=0.8)
    assert found.sigma2 == pytest.approx(2.1**2, abs=0.1)
    assert found.clients == 5000


@pytest.mark.parametrize(
    ("sessions", "scores", "told"),
    [
        ([0.0, 1.0], [3.0, 4.0], "count from 1"),
        ([1.0, 2.0], [3.0, np.nan], "finite"),
        ([1.0, np.inf], [3.0, 4.0], "finite"),
    ],
)
def test_what_cannot_be_summed_is_refused(sessions, scores, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        sums_of(np.array([0]), np.array(sessions), np.array(scores))


def test_too_few_clients_are_refused() -> None:
    with pytest.raises(ValueError, match="too few clients"):
        fitted(courses(default_rng(8), clients=10))
