"""The growth model of many courses, fitted exactly by REML from a table of sums.

y = X b + Z u + e, with Z = (1, ln session), u ~ N(0, D), e ~ N(0, s2), and X = Z, or Z and Z times
the first score's distance from its mean. With D in units of s2, V = I + Z D Z' for each client, so
that by Woodbury everything hangs on W = Z'Z, a 2 x 2 matrix that only the pattern of sessions
decides. Clients collapse to one line a pattern; b and s2 are profiled out and three parameters
(the Cholesky factor of D) remain (Laird & Ware 1982; Lindstrom & Bates 1988).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

MOST_SESSIONS = 63
"""Sessions up to which a pattern is a bit mask; beyond, or with repeats, W itself is the key."""

LOGS = np.log(np.maximum(np.arange(MOST_SESSIONS + 1), 1))
"""ln(session), looked up."""

FEWEST = 3
"""Clients with more than one score that a fit needs at least, for each of its parameters."""


@dataclass(frozen=True, slots=True)
class Growth:
    """A fitted growth model.

    ``beta``: intercept and slope on ln(session), and with severity their change for each point of
    the first score, shape (2,) or (4,); ``beta_sd``: their standard errors. ``cov``: D in points
    squared, (2, 2). ``sigma2``: residual variance. ``criterion``: -2 log REML. ``clients`` and
    ``scores``: how many it rests on. ``severity``: the mean first score that severity is counted
    from, or None. ``settled``: whether the search came to rest.
    """

    beta: Array
    beta_sd: Array
    cov: Array
    sigma2: float
    criterion: float
    clients: int
    scores: int
    severity: float | None
    settled: bool = True


@dataclass(frozen=True, slots=True)
class Sums:
    """What a fit needs: one line for each pattern of sessions.

    ``w`` (p, 2, 2) is Z'Z, ``n`` (p,) counts clients. ``zy`` (p, q, 2) sums Z'y times (1, c),
    ``moments`` (p, q, q) sums (1, c)(1, c)', ``cross`` (p, 2, 2) sums Z'y (Z'y)'.
    """

    w: Array
    n: Array
    zy: Array
    moments: Array
    cross: Array
    square: float
    scores: int


def sums_of(
    starts: NDArray[np.intp], sessions: Array, scores: Array, *, severity: Array | None = None
) -> Sums:
    """Collapse a cohort. Rows stand by client; ``starts`` (clients,) are the first row of each.

    ``sessions`` (rows,) count from 1, ``scores`` (rows,) in points; ``severity`` (clients,) is
    centered. ``ValueError`` where a session lies below 1 or a figure is not finite.
    """
    if not (np.isfinite(scores).all() and np.isfinite(sessions).all()):
        raise ValueError("sessions and scores must be finite numbers")
    if sessions.size and sessions.min() < 1:
        raise ValueError("sessions count from 1")
    whole = _whole(sessions)
    log = np.log(sessions) if whole is None else LOGS[whole]
    zy = np.stack([np.add.reduceat(scores, starts), np.add.reduceat(scores * log, starts)], axis=1)
    pattern, w = _patterns(starts, whole, log)
    count = len(w)
    weights = [np.ones(len(starts))] if severity is None else [np.ones(len(starts)), severity]
    return Sums(
        w=w,
        n=np.bincount(pattern, minlength=count).astype(float),
        zy=np.stack([_by(pattern, zy * one[:, None], count) for one in weights], axis=1),
        moments=_by(pattern, np.stack([a * b for a in weights for b in weights], axis=1), count)
        .reshape(count, len(weights), len(weights)),
        cross=_by(pattern, (zy[:, :, None] * zy[:, None, :]).reshape(-1, 4), count)
        .reshape(count, 2, 2),
        square=float(scores @ scores),
        scores=len(scores),
    )  # fmt: skip


def _whole(sessions: Array) -> NDArray[np.uint8] | None:
    """Sessions as small whole numbers; None where they are none."""
    if sessions.max(initial=1) > MOST_SESSIONS:
        return None
    whole = sessions.astype(np.uint8)
    return whole if (whole == sessions).all() else None


def _by(pattern: NDArray[np.intp], values: Array, count: int) -> Array:
    columns = [np.bincount(pattern, weights=one, minlength=count) for one in values.T]
    return np.stack(columns, axis=1)


def _patterns(
    starts: NDArray[np.intp], whole: NDArray[np.uint8] | None, log: Array
) -> tuple[NDArray[np.intp], Array]:
    """Which pattern each client has, and W of each pattern."""
    lengths = np.diff(np.append(starts, len(log)))
    keys = None if whole is None else _keys(starts, lengths, whole)
    pattern = np.arange(len(starts)) if keys is None else _numbered(keys)
    where = np.zeros(pattern.max(initial=-1) + 1, dtype=np.intp)
    where[pattern[::-1]] = np.arange(len(starts))[::-1]
    rows = np.concatenate([np.arange(starts[i], starts[i] + lengths[i]) for i in where])
    begins = np.concatenate([[0], np.cumsum(lengths[where])[:-1]]).astype(np.intp)
    first, second = np.add.reduceat(log[rows], begins), np.add.reduceat(log[rows] ** 2, begins)
    w = np.array([[lengths[where].astype(float), first], [first, second]])
    return pattern, np.ascontiguousarray(w.transpose(2, 0, 1))


def _keys(
    starts: NDArray[np.intp], lengths: NDArray[np.intp], whole: NDArray[np.uint8]
) -> NDArray[np.intp] | NDArray[np.uint64] | None:
    """What tells patterns apart: the length, where nobody missed a session, else a bit for each
    session; None where sessions repeat or go back."""
    rises = whole[1:] > whole[:-1]
    rises[starts[1:] - 1] = True
    if not rises.all():
        return None
    if (whole[starts + lengths - 1] == lengths).all():
        return lengths
    bits = np.uint64(1) << np.arange(MOST_SESSIONS + 1, dtype=np.uint64)
    return np.asarray(np.bitwise_or.reduceat(bits[whole], starts))


def _numbered(keys: NDArray[np.intp] | NDArray[np.uint64]) -> NDArray[np.intp]:
    """The place of each key among the distinct ones, in their order."""
    if keys.dtype == np.intp:  # lengths: few, so counted instead of sorted
        return np.asarray((np.cumsum(np.bincount(keys) > 0) - 1)[keys])
    return np.searchsorted(np.unique(keys), keys)


def fit(sums: Sums, *, severity: float | None = None) -> Growth:
    """Fit by REML. ``severity``: the mean that the sums' severity was centered on.

    ``ValueError`` where there are too few clients or sessions to tell intercepts from slopes.
    """
    usable = float(sums.n[sums.w[:, 0, 0] > 1].sum())
    if usable < FEWEST * (2 * sums.moments.shape[1] + 3):
        raise ValueError("too few clients with more than one score to fit a course")
    best, settled = _lowest(sums)
    values, betas, sigmas, left = _profiled(sums, best[None])
    return Growth(
        beta=betas[0],
        beta_sd=np.sqrt(np.diag(np.linalg.inv(left[0])) * sigmas[0]),
        cov=_relative(best) * sigmas[0],
        sigma2=float(sigmas[0]),
        criterion=float(values[0]),
        clients=int(sums.n.sum()),
        scores=sums.scores,
        severity=severity,
        settled=settled,
    )


def _relative(at: Array) -> Array:
    """D in units of the residual variance, from log, plain, log of its Cholesky factor."""
    factor = np.array([[np.exp(at[0]), 0.0], [at[1], np.exp(at[2])]])
    return np.asarray(factor @ factor.T)


def _profiled(sums: Sums, at: Array) -> tuple[Array, Array, Array, Array]:
    """-2 log REML with b and s2 at their best, those, and X'V^-1 X, at many points (k, 3).

    All 2 x 2 algebra is written out over (k, patterns): M = (I + W D)^-1 W is Z'V^-1 Z.
    """
    a, c, b = np.exp(at[:, 0]), at[:, 1], np.exp(at[:, 2])
    d11, d12, d22 = (a * a)[:, None], (a * c)[:, None], (c * c + b * b)[:, None]
    w11, w12, w22 = sums.w[:, 0, 0], sums.w[:, 0, 1], sums.w[:, 1, 1]
    i11, i12 = 1 + w11 * d11 + w12 * d12, w11 * d12 + w12 * d22
    i21, i22 = w12 * d11 + w22 * d12, 1 + w12 * d12 + w22 * d22
    det = i11 * i22 - i12 * i21
    v11, v12, v21, v22 = i22 / det, -i12 / det, -i21 / det, i11 / det
    m11, m12, m22 = v11 * w11 + v12 * w12, v11 * w12 + v12 * w22, v21 * w12 + v22 * w22
    q = sums.moments.shape[1]
    left = np.empty((len(at), 2 * q, 2 * q))
    right = np.empty((len(at), 2 * q))
    for r in range(q):
        one, two = sums.zy[:, r, 0], sums.zy[:, r, 1]
        right[:, 2 * r], right[:, 2 * r + 1] = v11 @ one + v12 @ two, v21 @ one + v22 @ two
        for k in range(q):
            of = sums.moments[:, r, k]
            top, side, low = m11 @ of, m12 @ of, m22 @ of
            left[:, 2 * r, 2 * k], left[:, 2 * r + 1, 2 * k + 1] = top, low
            left[:, 2 * r, 2 * k + 1] = left[:, 2 * r + 1, 2 * k] = side
    beta = np.linalg.solve(left, right[:, :, None])[:, :, 0]
    c11, c12, c22 = sums.cross[:, 0, 0], sums.cross[:, 0, 1], sums.cross[:, 1, 1]
    taken = d11[:, 0] * (v11 @ c11 + v12 @ c12) + d22[:, 0] * (v21 @ c12 + v22 @ c22)
    taken += d12[:, 0] * (v21 @ c11 + v22 @ c12 + v11 @ c12 + v12 @ c22)
    free = sums.scores - 2 * q
    sigma2 = (sums.square - taken - (right * beta).sum(axis=1)) / free
    log_det = np.log(det) @ sums.n + np.linalg.slogdet(left)[1]
    return free * (1 + np.log(2 * np.pi * sigma2)) + log_det, beta, sigma2, left


@dataclass(frozen=True, slots=True)
class Own:
    """Each client's own course: intercepts and slopes (clients,), and their posterior SDs.

    Slopes are total ones, the shared slope and the client's departure from it: the departure alone
    says how somebody differs from the others, not whether they changed (Speer & Greenbaum 1995).
    """

    intercept: Array
    slope: Array
    intercept_sd: Array
    slope_sd: Array


def own_courses(growth: Growth, starts: NDArray[np.intp], sessions: Array, scores: Array) -> Own:
    """Empirical Bayes courses of every client (Raudenbush & Bryk); without severity.

    Rows as in ``sums_of``. SDs hold the error of the shared course too, and take the variances as
    known. ``ValueError`` for a model with severity.
    """
    if growth.severity is not None or len(growth.beta) != 2:
        raise ValueError("own courses are of a model without severity")
    log, edges = np.log(sessions), np.append(starts, len(scores))
    n = np.diff(edges).astype(float)
    left = scores - growth.beta[0] - growth.beta[1] * log
    w12, w22 = np.add.reduceat(log, starts), np.add.reduceat(log**2, starts)
    z1, z2 = np.add.reduceat(left, starts), np.add.reduceat(left * log, starts)
    inverse = np.linalg.inv(growth.cov)
    a = inverse[0, 0] + n / growth.sigma2
    b = inverse[0, 1] + w12 / growth.sigma2
    c = inverse[1, 1] + w22 / growth.sigma2
    det = a * c - b * b
    u0 = (c * z1 - b * z2) / det / growth.sigma2
    u1 = (a * z2 - b * z1) / det / growth.sigma2
    return Own(
        intercept=growth.beta[0] + u0,
        slope=growth.beta[1] + u1,
        intercept_sd=np.sqrt(c / det + growth.beta_sd[0] ** 2),
        slope_sd=np.sqrt(a / det + growth.beta_sd[1] ** 2),
    )


STEP, ROUNDS, CLOSE = 1e-4, 60, 1e-8
SETTLED = 1e-6
"""A last step below this has found the place: rounding in the criterion may hide a smaller one."""

LENGTHS = 0.5 ** np.arange(10)
"""Step widths tried together."""


def _lowest(sums: Sums) -> tuple[Array, bool]:
    """Newton steps by central differences, all points of a step computed together; and whether
    the last step was too small to matter."""
    at, move = np.array([0.0, 0.0, np.log(0.5)]), np.ones(3)
    for _ in range(ROUNDS):
        gradient, curvature = _derivatives(sums, at)
        bends, axes = np.linalg.eigh(curvature)
        floor = max(np.abs(bends).max() * 1e-8, 1e-12)
        move = axes @ ((axes.T @ gradient) / np.maximum(np.abs(bends), floor))
        move *= min(1.0, 2.0 / max(np.abs(move).max(), 1e-300))
        tried = np.clip(at - LENGTHS[:, None] * move, -20, 20)
        at = tried[np.nanargmin(_profiled(sums, tried)[0])]
        if np.abs(move).max() < CLOSE:
            break
    return np.asarray(at), bool(np.abs(move).max() < SETTLED)


SHIFTS = np.array(
    [(0, 0, 0), (1, 0, 0), (-1, 0, 0), (0, 1, 0), (0, -1, 0), (0, 0, 1), (0, 0, -1)]
    + [(a, b, 0) for a in (1, -1) for b in (1, -1)]
    + [(a, 0, b) for a in (1, -1) for b in (1, -1)]
    + [(0, a, b) for a in (1, -1) for b in (1, -1)],
    dtype=float,
)


def _derivatives(sums: Sums, at: Array) -> tuple[Array, Array]:
    """Gradient and matrix of second derivatives at a point, from one call."""
    here, *rest = _profiled(sums, at + STEP * SHIFTS)[0]
    up, down = np.array(rest[0:6:2]), np.array(rest[1:6:2])
    curvature = np.diag((up - 2 * here + down) / STEP**2)
    for place, (i, j) in enumerate(((0, 1), (0, 2), (1, 2))):
        pp, pm, mp, mm = rest[6 + 4 * place : 10 + 4 * place]
        curvature[i, j] = curvature[j, i] = (pp - pm - mp + mm) / (4 * STEP**2)
    return (up - down) / (2 * STEP), curvature
