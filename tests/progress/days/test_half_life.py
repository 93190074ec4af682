"""Coming back from hard days: drawn people, a dense twin, calibration, traps, and bad input."""

from math import inf, log

import numpy as np
import pytest
from numpy.random import default_rng
from scipy.stats import multivariate_t

from tests.progress.calibrated import draws, holds, of_chance, p_uniform
from waymark.progress.days.autoregression import SHAPE, response
from waymark.progress.days.half_life import (
    APART,
    GRID,
    LEVEL,
    LIFT,
    UNIT,
    Part,
    Reason,
    Recovery,
    ReturnVerdict,
    half_life,
    recover,
    weigh,
)
from waymark.progress.validation.simulations.checkins import PERIOD, RECOVERING

DAYS = range(2 * PERIOD)
HITS = (5, 12, 20, 27, 36, 44, 52, 65, 72, 80, 87, 96, 104, 112)


def person(
    *,
    left: tuple[float, float],
    lift: tuple[float, float] = (24, 24),
    fall: float = 0.0,
    seed: int = 1,
    missed: float = 0.15,
) -> list[float | None]:
    """Scores of two periods of sixty days with setbacks on ``HITS``."""
    rng, x, scores = default_rng(seed), 0.0, []
    for day in DAYS:
        period = int(day >= PERIOD)
        x = left[period] * x + rng.normal(0, 4) + (lift[period] if day in HITS else 0)
        score = min(max(round(45 - fall * period + x + rng.normal(0, 4)), 0), 100)
        scores.append(None if rng.random() < missed else score)
    return scores


def judged(scores: list[float | None], **given) -> Recovery:
    return recover(DAYS, scores, **{"setbacks": HITS, "low": 0, "high": 100, **given})


@pytest.mark.parametrize(
    ("left", "verdict"),
    [
        ((0.85, 0.4), ReturnVerdict.FASTER),
        ((0.4, 0.85), ReturnVerdict.SLOWER),
        ((0.62, 0.60), ReturnVerdict.TOO_EARLY),
    ],
)
def test_a_person_and_the_verdict(left: tuple[float, float], verdict: ReturnVerdict) -> None:
    found = judged(person(left=left))
    assert found.verdict is verdict
    assert (found.reason is Reason.NOT_CLEAR) is (verdict is ReturnVerdict.TOO_EARLY)


def test_half_lives_are_in_days_and_hold_the_truth() -> None:
    """.85 and .4 a day: 4.3 and 0.76 days. Of twenty intervals of 90%, at least sixteen hold it."""
    held = []
    for seed in range(10):
        found = judged(person(left=(0.85, 0.4), seed=seed))
        for period, left in ((found.first, 0.85), (found.second, 0.4)):
            assert period.half_life is not None
            held.append(period.half_life.low < log(0.5) / log(left) < period.half_life.high)
        assert found.ratio is not None
        assert found.ratio.high < 1
    assert sum(held) >= 16


def test_a_smaller_hit_and_a_faster_return_are_told_apart() -> None:
    found = judged(person(left=(0.65, 0.65), lift=(30, 12)))
    assert found.verdict is not ReturnVerdict.FASTER
    assert found.p_smaller == pytest.approx(1, abs=0.01)
    assert found.hit is not None
    assert found.hit.high < -10


def test_going_back_in_time_turns_faster_into_slower() -> None:
    """Neither direction is favored: the same two stretches of days, changed over."""
    scores = person(left=(0.7, 0.55), seed=4)
    hits = [day for day in HITS if day not in {52, 112}]
    there = judged(scores, setbacks=hits)
    swapped = scores[PERIOD:] + scores[:PERIOD]
    back = judged(swapped, setbacks=sorted((day + PERIOD) % (2 * PERIOD) for day in hits))
    assert back.p_faster is not None
    assert there.p_faster == pytest.approx(1 - back.p_faster, abs=0.05)


def test_the_unit_of_the_scale_changes_nothing() -> None:
    scores = person(left=(0.8, 0.5), seed=2)
    tenth = [None if one is None else one / 10 for one in scores]
    assert judged(scores).p_faster == pytest.approx(judged(tenth, high=10).p_faster)


def test_a_missed_day_is_no_value() -> None:
    scores = person(left=(0.8, 0.5), seed=3)
    kept = [day for day in DAYS if scores[day] is not None]
    fewer = recover(kept, [scores[day] for day in kept], setbacks=HITS, low=0, high=100, split=60)
    assert judged(scores, split=60) == fewer


def test_the_periods_part_where_they_are_told_to() -> None:
    found = judged(person(left=(0.8, 0.5), missed=0), split=40)
    assert (found.first.check_ins, found.second.check_ins) == (40, 80)
    assert (found.first.setbacks, found.second.setbacks) == (5, 9)


# Refusals


def test_too_few_setbacks_are_refused_in_words() -> None:
    found = judged(person(left=(0.8, 0.5)), setbacks=(5, 12, 20, 65, 72, 80, 87))
    assert (found.verdict, found.reason) == (ReturnVerdict.TOO_EARLY, Reason.FEW_SETBACKS)
    assert "fewer than 4 setbacks" in (found.because or "")
    assert found.p_faster is None
    assert found.first.half_life is None


def test_too_few_check_ins_are_refused() -> None:
    scores = person(left=(0.8, 0.5), missed=0)
    few = [one if day < PERIOD or day % 3 == 0 else None for day, one in enumerate(scores)]
    found = judged(few, split=60)
    assert (found.reason, found.second.check_ins) == (Reason.FEW_CHECK_INS, 20)
    assert judged([None] * len(DAYS)).reason is Reason.FEW_CHECK_INS


@pytest.mark.parametrize(
    ("when", "scores", "told"),
    [
        ([0, 1], [3], "one day for each score"),
        ([1, 0], [3, 4], "ascending"),
        ([0, inf], [3, 4], "finite"),
        ([0, 1], [3, 101], "outside 0 to 100"),
        ([0, 1], [3, float("nan")], "outside"),
    ],
)
def test_what_cannot_be_judged_is_refused(when, scores, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        recover(when, scores, setbacks=(), low=0, high=100)


@pytest.mark.parametrize(("phi", "days"), [(0.5, 1.0), (0.25, 0.5), (0.0, 0.0), (1.0, inf)])
def test_half_life_of_what_is_left(phi: float, days: float) -> None:
    assert half_life(phi) == pytest.approx(days)


# A dense twin: both periods at once, by full covariance matrices


def test_the_joint_weight_is_that_of_a_dense_twin() -> None:
    """Ratios of density at three points of the grid, unit and coefficients integrated out."""
    parts = short_parts(default_rng(3))
    joint = weigh(parts, low=-50, high=50).joint
    width = len(GRID.phi) // GRID.phis
    points = [(10, 20, 1), (25, 12, 5), (16, 16, 10)]
    logs = [dense(parts, first * width + rest, second * width + rest)
            for first, second, rest in points]  # fmt: skip
    priors = [GRID.prior[first * width + rest] + GRID.prior[second * width + rest]
              - np.logaddexp.reduce(GRID.prior.reshape(GRID.phis, -1)[:, rest])
              for first, second, rest in points]  # fmt: skip
    wanted = np.array(logs) + priors
    found = np.log([joint[a, b, 2 * rest : 2 * rest + 2].sum() for a, b, rest in points])
    assert found - found[0] == pytest.approx(wanted - wanted[0], rel=1e-6)


def dense(parts: tuple[Part, Part], *places: int) -> float:
    """Over both ways in which levels lie apart."""
    ways = [dense_of(parts, places, sd) + np.log(chance) for sd, chance in APART]
    return float(np.logaddexp.reduce(ways))


def dense_of(parts: tuple[Part, Part], places: tuple[int, ...], apart: float) -> float:
    blocks, values = [], np.concatenate([part.values for part in parts])
    for part, g in zip(parts, places, strict=True):
        days, phi = part.when, GRID.phi[g]
        cov = GRID.state[g] * phi ** np.abs(days[:, None] - days) + GRID.noise[g] * np.eye(
            len(days)
        )
        lifted = np.zeros(len(days))
        for event in part.setbacks:
            since = np.where(days >= event, phi ** np.maximum(days - event, 0), 0.0)
            lifted, cov = lifted + since, cov + GRID.uneven[g] * np.outer(since, since)
        cov = cov + apart**2 / 2 + LIFT**2 * np.outer(lifted, lifted)
        blocks.append(cov)
    n = len(blocks[0])
    whole = np.zeros((len(values), len(values)))
    whole[:n, :n], whole[n:, n:] = blocks
    whole += LEVEL**2
    shape = whole * (UNIT * 100) ** 2 * (SHAPE - 1) / SHAPE
    return float(multivariate_t(np.zeros(len(values)), shape, df=2 * SHAPE).logpdf(values))


# Calibration: draws from the prior, ranks uniform


def short_parts(rng: np.random.Generator, truth: dict[str, float] | None = None) -> tuple:
    """Two periods of twenty answers and three setbacks, drawn from the prior."""
    truth = {} if truth is None else truth
    width = len(GRID.phi) // GRID.phis
    mass = np.exp(GRID.prior).reshape(GRID.phis, width)
    rest = rng.choice(width, p=mass.sum(axis=0))
    unit = UNIT * 100 * np.sqrt((SHAPE - 1) / rng.gamma(SHAPE))
    common, parts = LEVEL * rng.normal(), []
    apart = rng.choice([sd for sd, _ in APART], p=[chance for _, chance in APART])
    for name, start in (("first", 0), ("second", 30)):
        cell = rng.choice(GRID.phis, p=mass.sum(axis=1))
        g = cell * width + rest
        level = unit * (common + apart / 2**0.5 * rng.normal())
        lift = truth["lift"] = unit * LIFT * rng.normal()
        days = start + np.sort(rng.choice(30, 20, replace=False)).astype(float)
        hits = start + np.array([6.0, 14.0, 23.0])
        one = GRID.phi[g]
        cov = GRID.state[g] * one ** np.abs(days[:, None] - days) + GRID.noise[g] * np.eye(20)
        for hit in hits:
            since = np.where(days >= hit, one ** np.maximum(days - hit, 0), 0.0)
            cov = cov + GRID.uneven[g] * np.outer(since, since)
        lifted = response(days, hits, grid=GRID)[:, g]
        values = level + lift * lifted + unit * rng.multivariate_normal(np.zeros(20), cov)
        truth[name] = one + rng.uniform(-0.5, 0.5) / GRID.phis
        parts.append(Part(days, values, hits, 3))
    return parts[0], parts[1]


def ranked(draws: int, *, fault: float = 1.0) -> dict[str, list[float]]:
    rng, found = default_rng(11), {"first": [], "second": [], "faster": [], "lift": []}
    for _ in range(draws):
        truth: dict[str, float] = {}
        first, second = short_parts(rng, truth)
        off = Part(second.when * fault, second.values, second.setbacks * fault, 3)
        weighed = weigh((first, off), low=-50, high=50)
        for period, name in enumerate(("first", "second")):
            total = np.append(0, np.cumsum(weighed.phi(period)))
            found[name].append(float(np.interp(truth[name], GRID.edges, total)))
        faster = truth["second"] < truth["first"]
        found["faster"].append(of_chance(weighed.p_faster, faster, rng))
        below = np.searchsorted(weighed.reactivity(1), truth["lift"])
        found["lift"].append((below + rng.random()) / 50)
    return found


def test_truth_falls_evenly_into_the_posterior() -> None:
    """Simulation-based calibration: 1,000 draws, of half-lives, "faster" and a lift."""
    for name, ranks in ranked(draws(1000)).items():
        assert holds(f"the return from hard days, {name}", ranks, bins=7), name


def test_days_that_are_counted_double_are_seen_by_the_calibration() -> None:
    """The planted fault: the second period's days stand two apart."""
    assert p_uniform(ranked(200, fault=2.0)["second"], bins=7) < 1e-4


# The trap of a falling level


def test_a_level_that_falls_is_no_faster_return() -> None:
    """Bringmann 2013: mood improved, lingering did not. At most 10 in 100 are told "faster"."""
    people = [one for one in RECOVERING.people(77, number=240) if one.pattern == "calmer"]
    faster = [
        recover(one.days, one.distress, setbacks=one.setbacks, low=0, high=100).verdict
        is ReturnVerdict.FASTER
        for one in people
    ]
    assert sum(faster) <= 0.1 * len(people)
