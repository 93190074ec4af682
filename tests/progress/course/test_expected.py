"""Is this client on track: drawn courses against a plain computation, words and bad input."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.random import default_rng
from scipy.stats import norm

from tests.progress.calibrated import draws, holds, of_chance, p_uniform
from waymark.progress.course.expected import ExpectedCourse, Stopping, Widths, cold_phq9, follow

COLD = cold_phq9()


def after(drawn: str, course: ExpectedCourse = COLD):
    """The line after the last score; a dot is a session that was missed."""
    seen = [(n, float(one)) for n, one in enumerate(drawn.split(), 1) if one != "."]
    return follow([n for n, _ in seen], [y for _, y in seen], course=course)[-1]


@pytest.mark.parametrize(
    ("drawn", "off_track"),
    [
        ("14", False),  # one score says nothing of a course
        ("14 13 12 11 10", False),
        ("14 15 17 18 19", True),
        ("22 21 20 19", False),
        ("8 11 13 14", True),
        ("14 . . 12 .  11", False),
    ],
)
def test_a_drawn_course_and_its_flag(drawn: str, off_track: bool) -> None:
    assert after(drawn).off_track is off_track


def test_a_slow_start_is_called_one_that_may_still_come() -> None:
    slow = after("20 19 19 18 16")
    assert slow.late
    assert not slow.off_track
    assert not after("20 14 10 8 6").late  # it came already


def test_chances_equal_a_plain_gaussian_computation() -> None:
    """A course that surely ends at session 6: the last score given sessions 1, 2 and 4."""
    ends_at_six = replace(COLD, stopping=Stopping((-30, 0, 0, 0), first=6, longest=6, middle=10))
    sessions, scores = np.array([1, 2, 4]), np.array([14.0, 13.0, 15.0])
    z = np.stack([np.ones(4), np.log([1, 2, 4, 6])], axis=1)
    v00, v01, v11 = COLD.cov
    whole = z @ np.array([[v00, v01], [v01, v11]]) @ z.T + COLD.noise**2 * np.eye(4)
    mean = z @ np.array(COLD.beta)
    gain = whole[3, :3] @ np.linalg.inv(whole[:3, :3])
    expected = mean[3] + gain @ (scores - mean[:3])
    sd = (whole[3, 3] - gain @ whole[:3, 3]) ** 0.5
    found = follow(list(sessions), list(scores), course=ends_at_six)[-1]
    assert found.expected == pytest.approx(expected)
    assert found.spread == pytest.approx(sd)
    assert found.p_deterioration == pytest.approx(norm.sf(14 + 5.5, expected, sd))
    assert found.p_reliable_improvement == pytest.approx(norm.cdf(14 - 5.5, expected, sd))


def test_what_is_said_at_a_session_uses_only_what_was_known() -> None:
    whole = follow([1, 2, 3, 4], [14, 15, 17, 3], course=COLD)
    assert whole[:3] == follow([1, 2, 3], [14, 15, 17], course=COLD)
    assert whole[2:] == follow([1, 2, 3, 4], [14, 15, 17, 3], course=COLD, since=3)


def test_bands_stay_on_the_scale_and_the_wider_holds_the_narrower() -> None:
    for drawn in ("1 0 0 0", "27 27 26 27", "14 13 12"):
        one = after(drawn)
        assert 0 <= one.band90[0] <= one.band80[0] <= one.band80[1] <= one.band90[1] <= 27


def test_a_scale_where_higher_is_better_is_the_mirror_image() -> None:
    mirror = replace(COLD, flipped=True)
    down = follow([1, 2, 3], [14, 12, 11], course=COLD)[-1]
    up = follow([1, 2, 3], [13, 15, 16], course=mirror)[-1]
    assert up.p_deterioration == pytest.approx(down.p_deterioration)
    assert up.band80 == pytest.approx((27 - down.band80[1], 27 - down.band80[0]))


def test_a_wider_third_has_a_wider_band() -> None:
    widths = Widths((11, 17), ((1.0, 2.0, 3.0),))
    course = replace(COLD, width80=widths, low=-100, high=100)
    low, middle, high = (after(drawn, course) for drawn in ("9 9", "14 14", "20 20"))
    for one, width in ((low, 1), (middle, 2), (high, 3)):
        assert (one.band80[1] - one.band80[0]) / 2 == pytest.approx(width * one.spread)


def test_a_cold_start_is_not_calibrated_and_says_so() -> None:
    assert not COLD.calibrated
    assert "not calibrated here" in COLD.source


def test_a_course_past_the_longest_one_still_gets_its_line() -> None:
    assert follow(list(range(1, 31)), [14.0] * 30, course=COLD)[-1].session == 30


# Calibration: courses drawn from the course itself


def ranked(
    course: ExpectedCourse, *, draws: int, slope: float = COLD.beta[1]
) -> dict[str, list[float]]:
    """Where a deterioration, and an improvement, fall in their chances after three sessions."""
    rng, ranks = default_rng(13), {"worse": [], "better": []}
    v00, v01, v11 = course.cov
    for _ in range(draws):
        own = rng.multivariate_normal([course.beta[0], slope], [[v00, v01], [v01, v11]])
        last = 4
        while rng.random() >= course.stopping.chance(last, 0):
            last += 1
        sessions = np.array([1, 2, 3, last])
        scores = own[0] + own[1] * np.log(sessions) + rng.normal(0, course.noise, 4)
        told = follow([1, 2, 3], list(scores[:3]), course=course)[-1]
        moved = scores[3] - scores[0]
        line = course.reliable - 0.5
        ranks["worse"].append(of_chance(told.p_deterioration, bool(moved > line), rng))
        ranks["better"].append(of_chance(told.p_reliable_improvement, bool(moved < -line), rng))
    return ranks


ENDLESS = replace(COLD, low=-1000, high=1000, stopping=Stopping((-1.4, 0.33, 0, 0), 4, 12, 10.0))
"""No ends of the scale; when a course ends says nothing of how it goes."""


def test_truth_falls_evenly_into_the_chances() -> None:
    """Simulation-based calibration: 2,000 courses."""
    for name, ranks in ranked(ENDLESS, draws=draws(2000)).items():
        assert holds(f"the expected course, {name}", ranks), name


def test_a_course_that_falls_too_fast_is_seen_by_the_calibration() -> None:
    """The planted fault: nobody moves on the whole, and the course holds that people improve."""
    assert p_uniform(ranked(ENDLESS, draws=1000, slope=0.0)["better"]) < 1e-4


@pytest.mark.parametrize(
    ("sessions", "scores", "told"),
    [
        ([], [], "at least one score"),
        ([1, 2], [14], "one session for each score"),
        ([0], [14], "ascend from 1"),
        ([1, 1], [14, 13], "ascend from 1"),
        ([1], [28], "outside 0 to 27"),
        ([1], [float("nan")], "outside 0 to 27"),
    ],
)
def test_what_cannot_be_followed_is_refused(sessions, scores, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        follow(sessions, scores, course=COLD)
