"""Daily answers: drawn series, the windows, every kind, odd diaries, a dense twin, bad input."""

import numpy as np
import pytest
from numpy.random import default_rng
from scipy.stats import multivariate_t

from tests.progress.calibrated import draws, holds, p_uniform
from waymark.library.instrument import Better
from waymark.library.item import Kind
from waymark.progress.days.autoregression import SHAPE
from waymark.progress.days.daily import (
    CHANCE,
    GRID,
    LEVEL,
    MEASURES,
    SLAB,
    DailyMeasure,
    DailyVerdict,
    Look,
    _chances,
    _courses,
    look,
    weekly,
)

UP, DOWN = Better.HIGHER, Better.LOWER


def read(drawn: str) -> list[float | None]:
    """``5 5 . 6*10``: one answer a day, a dot for none, ``6*10`` ten days of 6."""
    days: list[float | None] = []
    for word in drawn.split():
        value, _, times = word.partition("*")
        days += [None if value == "." else float(value)] * int(times or 1)
    return days


def seen(drawn: str, *, kind: Kind = Kind.NUMBER, better: Better = UP, **given) -> Look:
    answers = read(drawn)
    return look(range(len(answers)), answers, kind=kind, better=better, **given)


CALM = "5 6 4 5 6 5 4 6 5 5 4 6 5 6"
HIGH = "8 9 8 7 8 9 9 8 7 8 9 8 8 9"


@pytest.mark.parametrize(
    ("drawn", "verdict"),
    [
        (f"{CALM} {CALM} {CALM} {CALM}", DailyVerdict.NO_CHANGE),
        (f"{CALM} {CALM} {HIGH} {HIGH}", DailyVerdict.CLEAR),
        (f"{CALM} 6 7 6 7 6 7 7 8 7 8 7 8 8 7 {HIGH}", DailyVerdict.CLEAR),  # little by little
        (f"{CALM} {CALM} 5 6 5 6 5 6 5 6 5 5 6 6 5 6", DailyVerdict.NO_CHANGE),  # under one step
        ("2 9 4 8 3 7 9 2 5 8 1 7 4 6 9 8 3 9 6 4 8 9 5 8 9 4 7 9", DailyVerdict.TOO_EARLY),
        (CALM, DailyVerdict.TOO_EARLY),
        (".*28", DailyVerdict.TOO_EARLY),  # no occasion at all
        ("", DailyVerdict.TOO_EARLY),
    ],
)
def test_a_drawn_diary_and_what_is_said(drawn: str, verdict: DailyVerdict) -> None:
    assert seen(drawn).verdict is verdict


def test_better_depends_on_the_item() -> None:
    for better, told in ((UP, True), (DOWN, False)):
        found = seen(f"{CALM} {HIGH} {HIGH}", better=better)
        assert (found.better, found.verdict) == (told, DailyVerdict.CLEAR)
        assert found.p_better == pytest.approx(1.0 if told else 0.0, abs=0.05)
    assert found.size == pytest.approx(np.mean(read(HIGH)) - np.mean(read(CALM)))


@pytest.mark.parametrize(
    ("drawn", "answered"),
    [
        ("5 . 5 . 5 . 5 . 5 . 5 .*17", (6, 0)),  # six of fourteen days
        (f"{CALM} . 8 .*6 8 .*2 8 . .", (14, 3)),
        (f"{CALM} .*8 8*6", (14, 6)),
        (f"{CALM} .*7 8*7", (14, 7)),  # enough
        (". . . 5*4 .*7 5*3 .*3 5*14", (7, 14)),  # the window begins with an answer
    ],
)
def test_fewer_than_seven_answers_are_counted_and_not_judged(
    drawn: str, answered: tuple[int, int]
) -> None:
    found = seen(drawn, at=len(read(drawn)) - 1)
    assert (found.answered, found.needed) == (answered, 7)
    assert (found.p_same is None) is (min(answered) < 7)


def test_size_alone_is_not_enough() -> None:
    """Two restless fortnights, one step apart in their means."""
    rng = default_rng(2)
    days = np.clip(np.round(rng.normal(5, 2.5, 28)), 0, 10)
    days[14:] = np.clip(days[14:] + round(1.5 - (days[14:].mean() - days[:14].mean())), 0, 10)
    found = look(range(28), [float(one) for one in days], kind=Kind.NUMBER, better=UP)
    assert found.size is not None
    assert found.size >= 1
    assert found.verdict is not DailyVerdict.CLEAR


# Every kind


def test_yes_and_no_are_proportions_of_occasions() -> None:
    """5 of 8, then 9 of 11; days without an occasion are no answers."""
    first = "1 1 . 1 0 . 1 . 0 1 . 0 . ."
    found = seen(f"{first} 1 1 1 0 1 1 . 1 1 0 1 1 . .", kind=Kind.YES_NO, at=27)
    assert (found.answered, found.needed) == ((8, 11), 5)
    assert found.size == pytest.approx(9 / 11 - 5 / 8)
    assert found.verdict is not DailyVerdict.CLEAR  # .19, and few


def test_a_duration_is_judged_by_medians() -> None:
    """From half a day (3) to under an hour (1)."""
    found = seen(
        "3 4 3 . 3 2 3 3 4 3 . 3 3 2 " * 2 + "1 1 0 . 1 2 1 1 0 1 . 1 1 1 " * 2,
        kind=Kind.DURATION, better=DOWN, occasions=True,
    )  # fmt: skip
    assert (found.size, found.least, found.verdict) == (-2, 1, DailyVerdict.CLEAR)


def test_a_degree_needs_half_a_step() -> None:
    assert MEASURES[Kind.DEGREE].least == 0.5
    found = seen("1 2 1 1 2 1 1 " * 2 + "3 3 2 3 3 3 2 " * 4, kind=Kind.DEGREE)
    assert found.verdict is DailyVerdict.CLEAR


# Days and edits


def test_an_edited_evening_counts_once() -> None:
    """A day with two evenings, as when clocks go back: the later answer stands."""
    days = [*range(14), 13.5, *range(14, 42)]
    answers = [*read(CALM), 0.0, *read(f"{CALM} {CALM}")]
    plain = [*read(CALM)[:13], 0.0, *read(f"{CALM} {CALM}")]
    twice = look(days, answers, kind=Kind.NUMBER, better=UP)
    assert twice == look(range(42), plain, kind=Kind.NUMBER, better=UP)


def test_weekly_looks_use_nothing_that_came_later() -> None:
    answers = read(f"{CALM} {CALM} {HIGH} {HIGH}")
    looks = list(weekly(range(56), answers, kind=Kind.NUMBER, better=UP))
    assert [one.day for one in looks] == [27, 34, 41, 48, 55]
    for one in looks:
        upto = one.day + 1
        assert look(range(upto), answers[:upto], kind=Kind.NUMBER, better=UP) == one


@pytest.mark.parametrize(
    ("when", "answers", "told"),
    [
        ([0], [], "one day for each answer"),
        ([1, 0], [1, 1], "ascending"),
        ([0, float("nan")], [1, 1], "finite"),
        ([0], [11], "outside 0 to 10"),
    ],
)
def test_what_cannot_be_judged_is_refused(when, answers, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        look(when, answers, kind=Kind.NUMBER, better=UP)


# A dense twin of the probabilities


def test_the_larger_a_change_the_surer_it_is() -> None:
    """Some eight weeks around 8, then 5 and 7 points lower, on any day of the week."""
    for drop in (3, 5, 7):
        for seed in range(16):
            level = np.where(np.arange(100) < 56 + seed % 8, 8, 8 - drop)
            drawn = np.round(level + default_rng(seed).normal(0, 1, 100)).clip(0, 10).tolist()
            found = look(range(100), drawn, kind=Kind.NUMBER, better=Better.LOWER)
            assert found.verdict is DailyVerdict.CLEAR, (drop, seed)


def test_the_chance_of_no_change_is_that_of_a_dense_twin() -> None:
    """Every course and grid point by a full covariance matrix; SLAB near 0 wide: P(changed)."""
    answers = read(f"{CALM} 6 6 7 5 6 7 6 5 7 6 7 6 7 6")
    days, values = np.arange(28.0), np.array(answers) - 5
    calm = density(days, values, None)
    moved = [density(days, values, course) for course in _courses(days, 0.0)]
    odds = np.exp(np.logaddexp.reduce(moved) - np.log(len(moved)) - calm) * CHANCE / (1 - CHANCE)
    found = look(range(28), answers, kind=Kind.NUMBER, better=UP)
    assert found.p_better is not None
    assert found.p_worse is not None
    assert found.p_better + found.p_worse == pytest.approx(odds / (1 + odds), abs=1e-6)


def density(days: np.ndarray, values: np.ndarray, course: np.ndarray | None) -> float:
    logs = []
    for g in range(len(GRID.phi)):
        cov = GRID.state[g] * GRID.phi[g] ** np.abs(days[:, None] - days)
        cov = cov + GRID.noise[g] * np.eye(len(days)) + LEVEL**2
        if course is not None:
            cov = cov + SLAB**2 * np.outer(course, course)
        spread = MEASURES[Kind.NUMBER].spread
        shape = cov * spread**2 * (SHAPE - 1) / SHAPE
        twin = multivariate_t(np.zeros(len(days)), shape, df=2 * SHAPE)
        logs.append(twin.logpdf(values) + GRID.prior[g])
    return float(np.logaddexp.reduce(logs))


# Calibration: draws from the prior, ranks uniform


def ranked(draws: int, *, fault: float = 1.0) -> np.ndarray:
    """Where the size of each true change falls in its posterior; nothing is a point, spread out."""
    rng, ranks, days = default_rng(6), [], np.arange(35.0)
    spread, courses = 1.8, _courses(np.arange(35.0), 0.0)
    for _ in range(draws):
        g = rng.choice(len(GRID.phi), p=np.exp(GRID.prior))
        unit = spread * np.sqrt((SHAPE - 1) / rng.gamma(SHAPE))
        size = unit * SLAB * rng.normal() if rng.random() < CHANCE else 0.0
        cov = GRID.state[g] * GRID.phi[g] ** np.abs(days[:, None] - days)
        cov = cov + GRID.noise[g] * np.eye(35) + LEVEL**2
        values = unit * rng.multivariate_normal(np.zeros(35), cov)
        values = values + size * courses[rng.integers(len(courses))] + 5
        measure = DailyMeasure(10, max(abs(size), 1e-9), spread * fault)
        rank = _chances(days, values, 0.0, measure, UP)[2]
        ranks.append(rank if size else rng.uniform(0, rank))
    return np.array(ranks)


def test_truth_falls_evenly_into_the_posterior() -> None:
    """Simulation-based calibration: 1,000 draws."""
    assert holds("a daily change", ranked(draws(1000)))


def test_a_wrong_spread_is_seen_by_the_calibration() -> None:
    """The planted fault: days thought to vary six times as much."""
    assert p_uniform(ranked(400, fault=6.0)) < 1e-4
