"""What is believed after each score: drawn courses, exactness, calibration, and bad input."""

from dataclasses import dataclass, replace

import numpy as np
import pytest
from numpy.random import Generator, default_rng
from scipy.stats import multivariate_normal

from tests.progress.calibrated import draws, holds, of_chance, p_uniform
from tests.progress.drawn import SCALES
from waymark.progress.change import shapes
from waymark.progress.change.belief import MOST, BeliefVerdict, Judged, _verdict, believe
from waymark.progress.change.reference import Reference, cold_start, noise_of
from waymark.progress.change.shapes import Shape

PHQ = cold_start(SCALES["PHQ-9"])
assert PHQ is not None


def judged(drawn: str, reference: Reference = PHQ, *, every: float = 1.0) -> Judged:
    scores = [(place, float(one)) for place, one in enumerate(drawn.split()) if one != "."]
    when = [place * every for place, _ in scores]
    return believe(when, [score for _, score in scores], reference=reference)


@pytest.mark.parametrize(
    ("drawn", "verdict"),
    [
        ("18", BeliefVerdict.TOO_EARLY),
        ("18 11", BeliefVerdict.TOO_EARLY),  # one drop is one drop
        ("18 17 15 14 12 11 10 9 8 9 7 7", BeliefVerdict.IMPROVED),
        ("18 17 18 19 17 9 8 9 8 9 8 8", BeliefVerdict.IMPROVED),
        ("9 9 10 12 12 14 15 16 18 18 19 20", BeliefVerdict.WORSE),
        ("14 15 13 14 15 14 13 15 14 14 15 13", BeliefVerdict.NO_CHANGE),
        ("14 9 15", BeliefVerdict.TOO_EARLY),  # restless: nobody can tell yet
        ("18 . . 14 . 12 . 9 . 8 . 7", BeliefVerdict.IMPROVED),  # gaps are gaps
    ],
)
def test_a_drawn_course_and_its_verdict(drawn: str, verdict: BeliefVerdict) -> None:
    assert judged(drawn).last.verdict is verdict


def test_each_belief_uses_only_what_was_known_by_then() -> None:
    """The first six beliefs of twelve scores are those of the six alone."""
    whole = "18 17 15 14 12 11 10 9 8 9 0 0"
    for k in range(1, 13):
        part = judged(" ".join(whole.split()[:k])).last
        seen = judged(whole).beliefs[k - 1]
        assert (seen.mean, seen.p_improved) == pytest.approx((part.mean, part.p_improved))


@pytest.mark.parametrize(
    "drawn",
    ["18", "18 9 9", "18 . 17 9 8 9 8", "3 2 0 0 1 0 0", "14 27 26 27 27", "9 9 10 19 20 21"],
)
def test_the_last_belief_alone_is_the_last_of_all(drawn: str) -> None:
    """Scores at an end of the scale among them: what lay beyond is judged by what came before."""
    scores = [(float(place), float(one)) for place, one in enumerate(drawn.split()) if one != "."]
    every, alone = (
        believe(*zip(*scores, strict=True), reference=PHQ, each=each) for each in (True, False)
    )
    assert len(every.beliefs) == len(scores)
    (last,) = alone.beliefs
    for name in ("index", "mean", "sd", "p_improved", "p_worse"):
        assert getattr(last, name) == pytest.approx(getattr(every.last, name), rel=1e-9), name
    assert last.verdict is every.last.verdict
    assert alone.band(0.9) == pytest.approx(every.band(0.9), abs=0.002)
    assert alone.shift.p_shift == pytest.approx(every.shift.p_shift, rel=1e-9)
    assert (alone.shift.when, alone.shift.interval) == (every.shift.when, every.shift.interval)


def test_a_scale_where_higher_is_better_is_the_mirror_image() -> None:
    mirror = replace(PHQ, flipped=True)
    down = judged("18 17 15 14 12 11 10 9", PHQ)
    up = judged("9 10 12 13 15 16 17 18", mirror)
    assert up.last.mean == pytest.approx(-down.last.mean)
    assert up.last.verdict is down.last.verdict is BeliefVerdict.IMPROVED
    low, high = down.band(0.9)
    assert up.band(0.9) == pytest.approx((-high, -low), abs=0.002)


def test_the_step_is_found_with_its_place_and_size() -> None:
    """Five scores of 18.2 on average, then seven of 8.7: 9.5 apart. What lingers makes less of
    that certain, so the size lies between it and the usual one, 2.65 x 2.66 = 7.05."""
    shift = judged("18 19 17 18 19 9 8 9 8 10 9 8").shift
    assert shift.found
    assert shift.when == 5
    assert shift.interval == (5, 5)
    assert -9.5 < shift.size < -8


@pytest.mark.parametrize("drawn", ["18 17 15 14 12 11 10 9 8 9 7 7", "14 15 13 14 15 14 13 15"])
def test_a_gradual_or_a_calm_course_has_no_shift(drawn: str) -> None:
    assert not judged(drawn).shift.found


@pytest.mark.parametrize(
    ("step", "better", "verdict"),
    [
        (0, 1.00, BeliefVerdict.TOO_EARLY),
        (1, 0.939, BeliefVerdict.TOO_EARLY), (1, 0.941, BeliefVerdict.IMPROVED),
        (3, 0.899, BeliefVerdict.TOO_EARLY), (3, 0.901, BeliefVerdict.IMPROVED),
        (8, 0.799, BeliefVerdict.TOO_EARLY), (8, 0.801, BeliefVerdict.IMPROVED),
        (11, 0.739, BeliefVerdict.TOO_EARLY), (11, 0.741, BeliefVerdict.IMPROVED),
        (40, 0.739, BeliefVerdict.TOO_EARLY), (40, 0.741, BeliefVerdict.IMPROVED),
    ],
)  # fmt: skip
def test_what_a_claim_takes_is_most_at_first_and_less_with_each_score(
    step: int, better: float, verdict: BeliefVerdict
) -> None:
    """.96 less .02 a score, and never less than .74; the same for a worsening."""
    assert _verdict(step, better, 0.0, 0.0) is verdict
    mirror = BeliefVerdict.WORSE if verdict is BeliefVerdict.IMPROVED else verdict
    assert _verdict(step, 0.0, better, 0.0) is mirror


def test_two_scores_hold_no_shift() -> None:
    shift = judged("18 9").shift
    assert (shift.p_shift, shift.when, shift.found) == (0.0, None, False)


# Exactness: the posterior is the one that a plain computation gives


WEEKS = np.array([0.0, 1, 2, 4, 5, 9])
SIX = np.array([18.0, 15, 16, 12, 13, 9])
COUNTS = np.array([1.0, 1, 2, 1, 1, 1])
TREND, SLIDE = (np.log1p(WEEKS) / np.log(12), PHQ.trend), (WEEKS / 11, PHQ.slide)
LATER, ONCE = (WEEKS >= 4) * 1.0, np.isin(WEEKS, (4, 5)) * 1.0
FALL = -PHQ.step[0], PHQ.step[1]
HAZARD = {
    Shape.FLAT: shapes.GAIN + shapes.LOSS,
    Shape.TREND: shapes.SETBACK + shapes.TREND_STEP,
    Shape.SLIDE: 0.0,
}
Part = tuple[np.ndarray, tuple[float, float]]


def errors(when: np.ndarray, counts: np.ndarray, left: float) -> np.ndarray:
    """What scores err by: 2.2 points anew, and 1.5 of a state of which ``left`` stays a session."""
    state = 1.5**2 / (2.2**2 + 1.5**2)
    apart = np.abs(when[:, None] - when[None, :])
    whole = state * left**apart + (1 - state) * np.eye(len(when))
    return PHQ.noise**2 * whole / np.sqrt(np.outer(counts, counts))


def plain(*parts: Part, left: float) -> tuple[float, float, float, float]:
    """Evidence, change, its SD and last level, of six scores against N(prior, X V X' + R)."""
    design = np.stack([np.ones(6), *(column for column, _ in parts)], axis=1)
    priors = [PHQ.start, *(prior for _, prior in parts)]
    mean, cov = np.array([one[0] for one in priors]), np.diag([one[1] ** 2 for one in priors])
    whole = design @ cov @ design.T + errors(WEEKS, COUNTS, left)
    gain = cov @ design.T @ np.linalg.inv(whole)
    beta, rest = mean + gain @ (SIX - design @ mean), cov - gain @ design @ cov
    since = design[-1] - design[0]
    evidence = multivariate_normal(design @ mean, whole).logpdf(SIX)
    return evidence, since @ beta, (since @ rest @ since) ** 0.5, design[-1] @ beta


@pytest.mark.parametrize("left", shapes.LEFT)
@pytest.mark.parametrize(
    ("shape", "base", "chance", "parts"),
    [
        (Shape.TREND, Shape.TREND, shapes.TREND, [TREND]),
        (Shape.SLIDE, Shape.SLIDE, shapes.SLIDE, [SLIDE]),
        (Shape.GAIN, Shape.FLAT, shapes.FLAT * shapes.GAIN, [(LATER, FALL)]),
        (Shape.LOSS, Shape.FLAT, shapes.FLAT * shapes.LOSS, [(LATER, PHQ.step)]),
        (Shape.SETBACK, Shape.TREND, shapes.TREND * shapes.SETBACK, [TREND, (ONCE, PHQ.bump)]),
        (Shape.TREND_STEP, Shape.TREND, shapes.TREND * shapes.TREND_STEP, [TREND, (LATER, FALL)]),
    ],
)
def test_a_shape_equals_a_plain_gaussian_computation(
    shape: Shape, base: Shape, chance: float, parts: list[Part], left: float
) -> None:
    """Each by itself, and its odds against a flat course whose weeks do not hang together; events
    begin at the fourth score."""
    fitted = shapes.fit(WEEKS, SIX, COUNTS, reference=PHQ)
    place, lefts = 0 if shape is base else 3, list(shapes.LEFT)
    begin = lefts.index(left) * len(fitted.shape) // len(lefts)
    found = [m for m, each in enumerate(fitted.shape) if each is shape and fitted.at[m] == place]
    one = next(m for m in found if m >= begin)
    evidence, change, spread, level = plain(*parts, left=left)
    assert fitted.change[one, -1] == pytest.approx(change, abs=1e-9)
    assert fitted.spread[one, -1] == pytest.approx(spread, abs=1e-9)
    assert fitted.level[one, -1] == pytest.approx(level, abs=1e-9)
    quiet = (2 if place else 5) * np.log1p(-HAZARD[base])
    prior = np.log(chance / shapes.FLAT) + quiet - 5 * np.log1p(-HAZARD[Shape.FLAT])
    prior += np.log(shapes.LEFT[left] / shapes.LEFT[0.0])
    odds = np.log(fitted.weight[one, -1] / fitted.weight[fitted.shape.index(Shape.FLAT), -1])
    assert odds == pytest.approx(evidence - plain(left=0.0)[0] + prior, abs=1e-8)


@pytest.mark.parametrize("left", shapes.LEFT)
def test_the_wandering_level_equals_a_plain_gaussian_computation(left: float) -> None:
    when, y, counts = np.array([0.0, 1, 3, 4]), np.array([18.0, 15, 16, 9]), np.ones(4)
    walk = shapes._walk(tuple(when), tuple(counts), tuple(shapes.LEFT), PHQ)
    found = shapes._wandering(walk, y)
    log, change, spread, level = (one[list(shapes.LEFT).index(left)] for one in found)
    design = np.stack([np.ones(4), np.log1p(when) / np.log(12)], axis=1)
    cov = np.diag([PHQ.start[1] ** 2, PHQ.trend[1] ** 2])
    walk = PHQ.drift**2 * np.minimum.outer(when, when)
    prior = design @ cov @ design.T + walk
    mean = design @ np.array([PHQ.start[0], PHQ.trend[0]])
    whole = prior + errors(when, counts, left)
    gain = prior @ np.linalg.inv(whole)
    levels, rest = mean + gain @ (y - mean), prior - gain @ prior
    since = np.array([-1.0, 0, 0, 1])
    assert log[-1] == pytest.approx(multivariate_normal(mean, whole).logpdf(y))
    assert change[-1] == pytest.approx(since @ levels)
    assert spread[-1] == pytest.approx((since @ rest @ since) ** 0.5)
    assert level[-1] == pytest.approx(levels[-1])


# Calibration: courses drawn from the prior itself


@dataclass(frozen=True)
class Drawn:
    """A course from the prior: scores, the true change, and where it shifted, if it did."""

    scores: np.ndarray
    change: float
    shift_at: int | None


def drawn_from_the_prior(seed: int, *, n: int = 8) -> Drawn:
    """By the shapes' own chances; the scale has no ends here."""
    rng = default_rng(seed)
    when = np.arange(n, dtype=float)
    log, line = np.log1p(when) / np.log(12), when / 11
    shares = [shapes.FLAT, shapes.TREND, shapes.SLIDE, shapes.WANDER]
    base, at = rng.choice(4, p=shares), None
    level = np.full(n, rng.normal(*PHQ.start))
    if base in (1, 3):
        level = level + rng.normal(*PHQ.trend) * log
    if base == 2:
        level = level + rng.normal(*PHQ.slide) * line
    if base == 3:
        level = level + np.concatenate([[0], np.cumsum(rng.normal(0, PHQ.drift, n - 1))])
    pairs = {0: (shapes.GAIN, shapes.LOSS), 1: (shapes.SETBACK, shapes.TREND_STEP)}
    for j in range(1, n):
        if base not in pairs:
            break
        u, (first, second) = rng.random(), pairs[base]
        if u < first + second:
            one = u < first
            passes = base == 1 and one
            lasts, at = (2, None) if passes else (n, j)
            size = {
                (0, True): (-PHQ.step[0], PHQ.step[1]), (0, False): PHQ.step,
                (1, True): PHQ.bump, (1, False): (-PHQ.step[0], PHQ.step[1]),
            }[base, one]  # fmt: skip
            level[j : j + lasts] += rng.normal(*size)
            break
    return Drawn(level + lingering(rng, n), level[-1] - level[0], at)


def lingering(rng: Generator, n: int) -> np.ndarray:
    """An error of its own each time, and a state of which some is left a session later."""
    left = rng.choice(list(shapes.LEFT), p=list(shapes.LEFT.values()))
    state = [rng.normal()]
    for _ in range(n - 1):
        state.append(left * state[-1] + (1 - left**2) ** 0.5 * rng.normal())
    lasting = 1.5**2 / (1.5**2 + 2.2**2)
    fresh = (1 - lasting) ** 0.5 * rng.normal(size=n)
    return PHQ.noise * (lasting**0.5 * np.array(state) + fresh)


def ranked(reference: Reference, *, draws: int) -> dict[str, list[float]]:
    """Where each true change, and whether and where something shifted, fall in the posterior.

    A flat course changed by exactly 0, and the posterior holds a point there: within the point
    the rank is drawn.
    """
    rng, ranks = default_rng(1), {"change": [], "shift": [], "place": []}
    for seed in range(draws):
        drawn = drawn_from_the_prior(seed)
        found = believe(np.arange(8.0), drawn.scores, reference=reference)
        below, upto = (found.below(drawn.change + off) for off in (-1e-4, 1e-4))
        ranks["change"].append(rng.uniform(below, max(upto, below)))
        happened = drawn.shift_at is not None
        ranks["shift"].append(of_chance(found.shift.p_shift, happened, rng))
        if happened:
            weight = [weight_at(found, at) for at in range(8)]
            under, here = sum(weight[: drawn.shift_at]), weight[drawn.shift_at]
            ranks["place"].append(rng.uniform(under, under + here) / sum(weight))
    return ranks


def weight_at(found: Judged, at: int) -> float:
    """Of a shift whose first score is this one."""
    shifted = [one in shapes.SHIFTED for one in found.fitted.shape]
    return float(found.fitted.weight[np.array(shifted) & (found.fitted.at == at), -1].sum())


def test_truth_falls_evenly_into_the_posterior() -> None:
    """Simulation-based calibration: 1,000 draws, ranks uniform (chi-squared p > .01)."""
    endless = replace(PHQ, low=-1000, high=1000)
    ranks = ranked(endless, draws=draws(1000))
    assert holds("a change", ranks["change"])
    assert holds("a shift", ranks["shift"])
    assert holds("the place of a shift", ranks["place"], bins=5)


@pytest.mark.parametrize("drawn", ["16 15 16 15 11 11 10 11", "16 16 17 15 11 10 10 12 11"])
def test_where_weeks_hang_together_a_run_of_easier_ones_says_less(
    drawn: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = []
    for left in (0.0, 0.5):
        monkeypatch.setattr(shapes, "LEFT", {left: 1.0})
        said.append(judged(drawn).last.p_improved)
    assert said[1] < said[0] - 0.02


def test_a_wrong_noise_is_seen_by_the_calibration() -> None:
    """The planted fault: noise believed to be half of what it is."""
    endless = replace(PHQ, low=-1000, high=1000, noise=PHQ.noise / 2)
    ranks = ranked(endless, draws=300)
    assert p_uniform(ranks["change"]) < 1e-6
    assert p_uniform(ranks["shift"]) < 1e-6


# Ends of the scale, moments, many scores, bad input


def test_a_floor_hides_part_of_a_change_and_is_allowed_for() -> None:
    """18 falling to a row of zeros: the level is believed lower than the mean of what was seen."""
    bottom = judged("18 14 9 5 2 0 0 0 0 0")
    assert bottom.last.mean < -16
    assert bottom.last.verdict is BeliefVerdict.IMPROVED


def test_scores_of_one_moment_count_as_their_mean() -> None:
    together = believe([0, 1, 1, 2], [18, 16, 12, 13], reference=PHQ)
    assert [one.index for one in together.beliefs] == [0, 2, 3]
    apart = believe([0, 1, 2], [18, 14, 13], reference=PHQ)
    assert together.last.sd < apart.last.sd


def test_a_thousand_scores_are_judged_in_the_same_way() -> None:
    rng = default_rng(3)
    scores = np.clip(np.round(np.linspace(20, 6, 1000) + rng.normal(0, 2.6, 1000)), 0, 27)
    many = believe(np.arange(1000.0), scores, reference=PHQ)
    assert len(many.beliefs) == MOST
    assert many.last.index == 999
    assert many.last.verdict is BeliefVerdict.IMPROVED


@pytest.mark.parametrize(
    ("when", "scores", "told"),
    [
        ([], [], "at least one score"),
        ([0, 1], [3], "one moment for each score"),
        ([1, 0], [3, 4], "order of time"),
        ([0, 1], [3, float("nan")], "finite"),
        ([0, float("inf")], [3, 4], "finite"),
        ([0, 1], [3, 28], "outside 0 to 27"),
    ],
)
def test_what_cannot_be_judged_is_refused_with_the_reason(when, scores, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        believe(when, scores, reference=PHQ)


def test_a_constant_series_is_no_change_and_never_a_certainty() -> None:
    still = judged("10 10 10 10 10 10")
    assert still.last.verdict is BeliefVerdict.NO_CHANGE
    assert still.last.sd > 0.5


# Where the figures come from


def test_the_noise_of_a_phq9_is_that_of_the_literature() -> None:
    """Within a sitting 2.2 points, between weeks 1.5 more: 2.66 together (methods 1.3)."""
    assert noise_of(SCALES["PHQ-9"]) == pytest.approx((2.2**2 + 1.5**2) ** 0.5, rel=0.03)


def test_without_an_error_there_is_no_reference() -> None:
    assert cold_start(SCALES["Distress"]) is None


def test_a_published_start_is_freed_of_its_error() -> None:
    """NHS 2024-25: PHQ-9 14.2 (6.1) at the start."""
    start = PHQ.starting(14.2, 6.1, source="NHS").start
    assert start == pytest.approx((14.2, (6.1**2 - PHQ.noise**2) ** 0.5))


def test_an_impossible_reference_is_refused() -> None:
    with pytest.raises(ValueError, match="above 0"):
        replace(PHQ, noise=0.0)


def test_of_very_many_scores_the_first_stays_the_first() -> None:
    """From 20 to 8 over sixteen sessions, then level: the change is some 12 points, however many
    scores follow."""
    fall = [20 - 0.75 * n for n in range(17)]
    for number in (60, 90, 120):
        scores = [*fall, *([8.0] * (number - len(fall)))]
        judged = believe([float(n) for n in range(number)], scores, reference=PHQ)
        assert abs(judged.last.mean + 12) < 1.645 * judged.last.sd
        assert judged.beliefs[0].index == 0
