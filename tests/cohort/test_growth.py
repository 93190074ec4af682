"""The growth model from a table of sums, against a plain likelihood with whole matrices."""

import csv

import numpy as np
import pytest
from numpy.random import Generator, default_rng
from scipy.optimize import minimize

from tests.needed import REFERENCE, beside
from waymark.cohort.growth import Growth, fit, own_courses, sums_of

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


LME4 = {
    "plain": (
        [15.41386986293079, -2.38071822583072],
        [24.13048806694250, -3.80639508892755, 1.86305243927519],
        4.30897042005849,
        7825.23046227405,
    ),
    "severity": (
        [15.4124522645021127, -2.3808613828301026, 0.0290681573713417, 0.0023887181617126],
        [24.2092829129904281, -3.8296365814304760, 1.8763720670360384],
        4.3094936011208640,
        7833.80882610875,
    ),
}
"""lme4 1.1-31 (bobyqa, rhoend 1e-9) on the courses below: fixed effects, covariances, residual
variance, -2 log REML."""


@pytest.mark.parametrize("model", LME4)
def test_every_figure_is_that_of_lme4(model: str) -> None:
    """300 clients, 30% of sessions missing; severity bends the start and the slope."""
    rows = courses(default_rng(21), clients=300, missing=0.3)
    severity = default_rng(22).normal(0, 4, 300) if model == "severity" else None
    found = fitted(rows, severity)
    beta, cov, sigma2, criterion = LME4[model]
    assert found.beta == pytest.approx(beta, rel=1e-5)
    assert found.cov[np.triu_indices(2)] == pytest.approx(cov, rel=1e-5)
    assert found.sigma2 == pytest.approx(sigma2, rel=1e-5)
    assert found.criterion == pytest.approx(criterion, abs=1e-6)


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


@beside(
    "claus_2020.csv",
    "hlm_total_slopes.csv",
    instead="test_own_courses_equal_a_plain_computation",
)
def test_total_slopes_equal_lme4s() -> None:
    """Claus 2020, BDI at times 1 to 4, 40 people: slopes on time, which exp() hands to ln()."""
    scores, wanted = _claus("bdi"), _slopes("claus_bdi")
    starts = np.cumsum([0, *(len(scores[id]) for id in scores)])[:-1]
    times = np.array([time for held in scores.values() for time, _ in held])
    values = np.array([score for held in scores.values() for _, score in held])
    rows = starts.astype(np.intp), np.exp(times), values
    found = own_courses(fit(sums_of(*rows)), *rows)
    for place, id in enumerate(scores):
        assert found.slope[place] == pytest.approx(wanted[id][0], abs=2e-3), id
        assert found.slope_sd[place] == pytest.approx(wanted[id][1], abs=1e-3), id


def test_own_courses_equal_a_plain_computation() -> None:
    rows = courses(default_rng(11), clients=40)
    growth = fitted(rows)
    found = own_courses(growth, *rows[:3])
    block = np.split(np.arange(len(rows[2])), rows[0][1:])[7]
    z = np.stack([np.ones(len(block)), np.log(rows[1][block])], axis=1)
    v = z @ growth.cov @ z.T + growth.sigma2 * np.eye(len(block))
    gain = growth.cov @ z.T @ np.linalg.inv(v)
    own = growth.beta + gain @ (rows[2][block] - z @ growth.beta)
    spread = np.sqrt(np.diag(growth.cov - gain @ z @ growth.cov) + growth.beta_sd**2)
    assert [found.intercept[7], found.slope[7]] == pytest.approx(own)
    assert [found.intercept_sd[7], found.slope_sd[7]] == pytest.approx(spread)


def _claus(outcome: str) -> dict[str, list[tuple[float, float]]]:
    """(time, score) of everybody with all four, as the reference used them."""
    held: dict[str, list[tuple[float, float]]] = {}
    for row in _rows("claus_2020.csv"):
        if row[outcome] not in {"", "NA"}:
            held.setdefault(row["id"], []).append((float(row["time"]), float(row[outcome])))
    return {id: rows for id, rows in held.items() if id in _slopes(f"claus_{outcome}")}


def _slopes(dataset: str) -> dict[str, tuple[float, float]]:
    rows = [row for row in _rows("hlm_total_slopes.csv") if row["dataset"] == dataset]
    return {row["id"]: (float(row["total_slope"]), float(row["se"])) for row in rows}


def _rows(name: str) -> list[dict[str, str]]:
    with (REFERENCE / name).open(newline="") as file:
        return list(csv.DictReader(file))
