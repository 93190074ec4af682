"""A setback that brews: drawn diaries, the chart's variance, two stages, and slowing down."""

import numpy as np
import pytest
from numpy.random import default_rng
from scipy.special import ndtr
from scipy.stats import kendalltau, linregress, norm
from scipy.stats import t as student

from tests.progress.calibrated import draws, holds, p_uniform
from waymark.library.instrument import Better
from waymark.progress.days import early_warning
from waymark.progress.days.early_warning import (
    LIMITS,
    STATE,
    WEEKDAY,
    WEIGHT,
    EwmaChart,
    Stage,
    limit_for,
    watch,
)
from waymark.progress.days.slowing_down import slowing
from waymark.progress.validation.simulations.checkins import RELAPSING


def diary(*, rise: float = 0.0, jump: float = 0.0, seed: int = 1, days: int = 120) -> list[float]:
    """Days of 30 with an SD of 8; from day 80 on they rise, or jump."""
    rng, since = default_rng(seed), np.arange(days) - 80
    away = np.where(since > 0, rise * since + jump, 0.0)
    return [float(one) for one in np.round(30 + away + rng.normal(0, 8, days))]


def watched(scores: list[float | None], **given) -> EwmaChart:
    return watch(range(len(scores)), scores, **given)


@pytest.mark.parametrize(
    ("drawn", "first"),
    [
        (diary(), None),
        (diary(rise=1.0), (81, 105)),
        (diary(jump=20), (82, 95)),
        (diary(jump=-20), None),  # better is no warning
        ([30.0] * 120, None),
        ([30.0] * 80 + [34.0] * 10, (82, 90)),  # a person who never varies, and then does
    ],
)
def test_a_diary_and_its_first_warning(drawn: list, first: tuple[int, int] | None) -> None:
    at = watched(drawn).first_talk
    if first is None:
        assert at is None
    else:
        assert at is not None
        assert first[0] <= at <= first[1]


def test_the_first_six_weeks_only_teach() -> None:
    found = watched(diary(jump=20))
    assert {one.stage for one in found.days[:42]} == {Stage.LEARNING}
    assert all(one.level is None for one in found.days[:42])
    assert found.days[42].level is not None


def test_a_thin_baseline_is_learned_from_for_longer() -> None:
    """Every third day: day 60 is the twenty-first answer."""
    thin = [one if day % 3 == 0 else None for day, one in enumerate(diary())]
    found = watched(thin)
    assert [one.day for one in found.days if one.stage is Stage.LEARNING][-1] == 60
    few = watched(diary()[:20])
    assert (few.stage, few.usual, few.first_talk) == (Stage.LEARNING, None, None)
    assert watched([]).stage is Stage.LEARNING


def test_one_dreadful_day_is_unusual_and_no_more() -> None:
    scores = diary(seed=3)
    scores[90] = 100.0
    found = watched(scores)
    assert {one.stage for one in found.days if one.day == 90} == {Stage.UNUSUAL}
    assert found.first_talk is None


def test_a_warning_is_confirmed_on_two_of_three_days() -> None:
    found = watched(diary(jump=20))
    over = [one.day for one in found.days if (one.level or 0) > found.limit + 0.2]
    assert found.first_talk is not None
    assert sum(found.first_talk - 3 < day <= found.first_talk for day in over) >= 1
    assert found.first_unusual is not None
    assert found.first_unusual <= found.first_talk


@pytest.mark.parametrize(
    ("over", "stage"),
    [
        ([(62, True)], Stage.UNUSUAL),  # one day alone
        ([(60, False), (61, False), (62, True)], Stage.UNUSUAL),  # one of three
        ([(60, True), (61, False), (62, True)], Stage.TALK),  # two of three
        ([(61, True), (62, True)], Stage.TALK),
        ([(60, True), (61, True), (62, False)], Stage.UNUSUAL),  # and the last one is mild
        ([(59, True), (60, False), (61, False), (62, True)], Stage.UNUSUAL),  # two of four
        ([(55, True), (61, False), (62, True)], Stage.UNUSUAL),  # a week apart
        ([(56, True), (61, False), (62, True)], Stage.TALK),
    ],
)
def test_it_takes_two_of_the_last_three_days_within_a_week(over, stage: Stage) -> None:
    chart = early_warning._Chart(np.array([]), np.array([]), 1.0, 2.7)
    assert chart._stage(over, unusual=True) is stage


def test_what_is_said_of_a_day_uses_nothing_that_came_later() -> None:
    scores = diary(rise=1.0, seed=4)
    whole = watched(scores)
    for k in (43, 70, 95, 110):
        part = watched(scores[:k])
        for now, then in zip(part.days, whole.days[:k], strict=True):
            assert now.stage is then.stage
            assert now.level == (None if then.level is None else pytest.approx(then.level))


def test_where_higher_is_better_the_mirror_image_is_watched() -> None:
    down = watched(diary(rise=1.0))
    up = watched([100 - one for one in diary(rise=1.0)], better=Better.HIGHER)
    assert up.first_talk == down.first_talk
    assert up.usual == pytest.approx(100 - (down.usual or 0))


def test_several_answers_of_a_day_are_their_mean() -> None:
    scores = diary(rise=1.0)
    when = [day + part for day in range(120) for part in (0.3, 0.8)]
    twice = [one + off for one in scores for off in (-3, 3)]
    assert watch(when, twice).days == watched(scores).days


def test_restless_days_are_seen_by_the_second_chart() -> None:
    rng = default_rng(5)
    spread = np.where(np.arange(120) < 80, 5.0, 18.0)
    found = watched([float(one) for one in np.round(50 + rng.normal(0, 1, 120) * spread)])
    assert found.first_restless is not None
    assert 80 <= found.first_restless <= 100


# Limits


def test_a_smaller_budget_asks_for_more() -> None:
    for budget, limit in LIMITS:
        assert limit_for(budget) == pytest.approx(limit)
    budgets = (0.5, 0.3, 0.15, 0.05, 0.03, 0.0125, 0.005, 0.0005)
    limits = [limit_for(one) for one in budgets]
    assert limits == sorted(limits)
    assert watched([], items=4).limit == pytest.approx(limit_for(0.0125))
    for wrong in (0.0, 0.6):
        with pytest.raises(ValueError, match="budget"):
            limit_for(wrong)


def test_the_variance_is_that_of_the_formula(monkeypatch: pytest.MonkeyPatch) -> None:
    """AR(1), no noise: s^2 w / (2 - w) (1 + phi (1 - w)) / (1 - phi (1 - w)) (methods 8.2)."""
    monkeypatch.setattr(early_warning, "STATE", 1.0)
    monkeypatch.setattr(early_warning, "WEEKDAY", 0.0)
    days = np.arange(400.0)
    monkeypatch.setattr(early_warning, "PHIS", np.array([0.4]))
    cov = early_warning._covs(days)[0]
    weight = WEIGHT * (1 - WEIGHT) ** days[::-1]
    left = 0.4 * (1 - WEIGHT)
    formula = WEIGHT / (2 - WEIGHT) * (1 + left) / (1 - left)
    assert weight @ cov @ weight == pytest.approx(formula, rel=1e-9)


def test_the_level_is_that_of_a_plain_twin() -> None:
    """Day 50 of a diary: each phi by itself, in whole matrices, then their mean."""
    days, values = np.arange(51.0), np.array(diary(seed=9)[:51])
    known, new = days <= 41, days > 41
    weight = WEIGHT * (1 - WEIGHT) ** (50 - days[new])
    logs, chances = [], []
    for phi in early_warning.PHIS:
        gaps = np.abs(days[:, None] - days)
        cov = STATE * phi**gaps + (1 - STATE) * np.eye(51) + (gaps % 7 == 0) * WEEKDAY**2
        inverse = np.linalg.inv(cov[np.ix_(known, known)])
        ones = np.ones(42)
        mean = ones @ inverse @ values[known] / (ones @ inverse @ ones)
        away = values[known] - mean
        rest = away @ inverse @ away
        logs.append(
            -0.5 * np.linalg.slogdet(cov[np.ix_(known, known)])[1]
            - 0.5 * np.log(ones @ inverse @ ones)
            - 20.5 * np.log(rest)
        )
        same = (gaps[np.ix_(new, known)] % 7 == 0) * WEEKDAY**2
        usual = mean + same @ inverse @ away
        share = inverse @ ones / (ones @ inverse @ ones)
        gain = np.outer(np.ones(9), share) + same @ inverse @ (np.eye(42) - np.outer(ones, share))
        sums = np.concatenate([-weight @ gain, weight])
        error = np.sqrt(rest / 41 * (sums @ cov @ sums))
        chances.append(student.sf(weight @ (values[new] - usual) / error, 41))
    believed = np.exp(np.array(logs) - max(logs))
    level = norm.isf(believed @ chances / believed.sum())
    assert watched(list(values)).days[-1].level == pytest.approx(level, abs=2e-3)


def test_levels_of_quiet_people_have_the_spread_they_claim() -> None:
    """In standard errors their mean square is about 1; textbook errors make it more than 1.4."""
    quiet = [one for one in RELAPSING.people(31, number=60) if one.onset is None]
    found = [watch(one.days, one.distress) for one in quiet]
    levels = np.array([day.level for one in found for day in one.days if day.level is not None])
    assert (levels**2).mean() == pytest.approx(1.0, abs=0.3)
    plain = [textbook(one.days, one.distress) for one in quiet]
    assert (np.concatenate(plain) ** 2).mean() > 1.4


def textbook(days: tuple[int, ...], scores: tuple[float, ...]) -> np.ndarray:
    """Independent days, usual level taken as known."""
    when, values = np.array(days), np.array(scores)
    usual = values[when <= 42]
    level, found = usual.mean(), []
    for value in values[when > 42]:
        level = WEIGHT * value + (1 - WEIGHT) * level
        found.append((level - usual.mean()) / usual.std(ddof=1) / (WEIGHT / (2 - WEIGHT)) ** 0.5)
    return np.array(found)


def quiet(rng: np.random.Generator, *, phi: float, days: np.ndarray) -> np.ndarray:
    """Days as the chart takes them to be, around any level, with any spread."""
    gaps = np.abs(days[:, None] - days)
    cov = STATE * phi**gaps + (1 - STATE) * np.eye(len(days)) + (gaps % 7 == 0) * WEEKDAY**2
    return rng.normal(40, 20) + rng.uniform(2, 12) * rng.multivariate_normal(
        np.zeros(len(days)), cov
    )


def ranked(draws: int, *, phi: float | None = None) -> list[float]:
    """How seldom usual days come as far as the last of sixty days did."""
    rng, ranks = default_rng(12), []
    for _ in range(draws):
        days = np.sort(rng.choice(60, 48, replace=False)).astype(float)
        left = float(rng.choice(early_warning.PHIS)) if phi is None else phi
        level = watch(days, list(quiet(rng, phi=left, days=days)), step=1e-6).days[-1].level
        assert level is not None
        ranks.append(float(ndtr(level)))
    return ranks


def test_usual_days_fall_evenly_into_what_is_thought_usual(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Simulation-based calibration: 1,000 people, what is left after a day drawn as thought."""
    monkeypatch.setattr(early_warning, "WINSOR_LIMIT", np.inf)
    assert holds("the usual level", ranked(draws(1000)))


def test_people_who_linger_more_are_seen_by_the_calibration(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The planted fault: .85 is left of everybody's deviation, and .35 is thought to be."""
    monkeypatch.setattr(early_warning, "PHIS", np.array([0.35]))
    assert p_uniform(ranked(300, phi=0.85)) < 1e-4


@pytest.mark.parametrize(
    ("when", "scores", "told"),
    [
        ([0], [], "one day for each score"),
        ([1, 0], [1, 1], "ascending"),
        ([0, float("inf")], [1, 1], "finite"),
        ([0, 1], [1, float("nan")], "finite"),
    ],
)
def test_what_cannot_be_watched_is_refused(when, scores, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        watch(when, scores)


# Slowing down, for exploring


def test_slowing_is_found_where_days_come_to_hang_together() -> None:
    """phi rises from 0 to .95; figures of the last window by numpy, tau by scipy."""
    rng, x, scores = default_rng(8), 0.0, []
    for day in range(120):
        x = 0.95 * day / 119 * x + rng.normal()
        scores.append(x)
    found = slowing(range(120), scores)
    assert found.tau_lag1 is not None
    assert found.tau_lag1 > 0.3
    assert (found.days[0], len(found.days)) == (29, 91)
    last = np.array(scores[-30:])
    line = linregress(np.arange(30), last)
    away = last - line.intercept - line.slope * np.arange(30)
    assert found.variance[-1] == pytest.approx(away.var())
    assert found.lag1[-1] == pytest.approx((away[1:] * away[:-1]).mean() / away.var())
    assert found.tau_lag1 == pytest.approx(kendalltau(found.days, found.lag1).statistic)


def test_slowing_needs_neighbors_and_windows() -> None:
    assert slowing(range(0, 90, 3), [1.0] * 30).tau_lag1 is None
    assert slowing(range(10), [1.0] * 10).days == ()
    with pytest.raises(ValueError, match="ascend"):
        slowing([0, 0], [1, 2])
