"""An expected course from one's own episodes: what it is worth on clients it has not seen."""

import numpy as np
import pytest
from numpy.random import default_rng
from scipy.special import expit

from waymark.cohort.course import (
    FEWEST,
    Episode,
    Measured,
    conformal,
    fit_course,
    weigh,
)

PHQ = Measured("phq-9", "total", noise=2.66, reliable=6, low=0, high=27)


def episodes(seed: int, *, clients: int) -> list[Episode]:
    """Courses of 3 to 20 sessions; who feels better stops sooner (drawn here, by hand)."""
    rng = default_rng(seed)
    found = []
    for _ in range(clients):
        first = np.clip(rng.normal(14.5, 5.1), 3, 27)
        slope = -0.44 - 0.12 * first + rng.normal(0, 2.1)
        scores: list[float] = []
        for session in range(1, 21):
            level = np.clip(first + slope * np.log(session), 0, 27)
            scores.append(float(np.clip(np.round(level + rng.normal(0, 2.65)), 0, 27)))
            logit = -1.1 + 0.35 * (session - 7) - 0.02 * (session - 7) ** 2 - 0.05 * (level - 10)
            if session >= 3 and rng.random() < expit(logit):
                break
        found.append(Episode(tuple(range(1, len(scores) + 1)), tuple(scores)))
    return found


@pytest.fixture(scope="module")
def course():
    return fit_course(episodes(1, clients=1500), of=PHQ)


def test_bands_cover_as_often_as_they_say_on_clients_never_seen(course) -> None:
    """2,000 clients, some 13,000 bands: 80% and 90%, give or take three points."""
    worth = weigh(course, episodes(2, clients=2000))
    assert worth.coverage80 == pytest.approx(0.80, abs=0.03)
    assert worth.coverage90 == pytest.approx(0.90, abs=0.03)


def test_the_flag_finds_most_who_end_worse_before_the_last_session(course) -> None:
    worth = weigh(course, episodes(3, clients=2000))
    assert worth.sensitivity is not None
    assert worth.sensitivity > 0.88
    assert worth.specificity is not None
    assert worth.specificity > 0.68


def test_a_shuffled_end_is_seen_in_the_worth(course) -> None:
    """The planted fault: last scores that belong to somebody else. The flag is worth little then,
    and the bands cover less than they say."""
    mixed = episodes(4, clients=1000)
    ends = default_rng(5).permutation([one.scores[-1] for one in mixed])
    swapped = [
        Episode(one.sessions, (*one.scores[:-1], float(end)))
        for one, end in zip(mixed, ends, strict=True)
    ]
    worth, true = weigh(course, swapped), weigh(course, mixed)
    assert worth.coverage90 < true.coverage90 - 0.05
    assert (worth.worse_of_10_flagged or 0) / 10 < 0.5
    assert (worth.sensitivity or 0) < (true.sensitivity or 0) - 0.15


def test_the_worth_comes_with_the_course(course) -> None:
    assert course.calibrated
    assert course.worth.clients == 300
    assert course.clients == 1500
    assert "1500 finished episodes" in course.source


def test_the_same_episodes_give_the_same_course() -> None:
    held = episodes(6, clients=300)
    assert fit_course(held, of=PHQ) == fit_course(list(held), of=PHQ)


def test_fewer_than_two_hundred_are_not_enough() -> None:
    with pytest.raises(ValueError, match=f"at least {FEWEST} finished episodes"):
        fit_course(episodes(7, clients=FEWEST - 1), of=PHQ)


def test_episodes_of_one_score_do_not_count() -> None:
    alone = [Episode((1,), (14.0,))] * 300
    with pytest.raises(ValueError, match="0 here"):
        fit_course(alone, of=PHQ)


@pytest.mark.parametrize(
    ("misses", "share", "width"),
    [
        (list(range(1, 10)), 0.8, 8),  # ceil(10 x .8) = the 8th of 9
        (list(range(1, 10)), 0.9, 9),
        ([1, 2, 3], 0.9, 3),  # ceil(3.6) would be the 4th: the largest stands in
        ([5, 1, 3, 2, 4], 0.5, 3),
    ],
)
def test_a_conformal_width_by_hand(misses, share: float, width: float) -> None:
    assert conformal(misses, share=share) == width


@pytest.mark.parametrize(("sessions", "scores"), [((), ()), ((1, 2), (3.0,)), ((2, 1), (3.0, 4.0))])
def test_an_impossible_episode_is_refused(sessions, scores) -> None:
    with pytest.raises(ValueError, match="session"):
        Episode(sessions, scores)
