"""The course refitted on an extract: against whole matrices, known truth, and drawn patterns."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.random import Generator, default_rng

from waymark.cohort.extract import ScoreRow, known_rules
from waymark.cohort.facts import Facts, facts_of
from waymark.cohort.growth import fit, sums_of
from waymark.cohort.refit import Refit, followed, merged, place, refit, refitted, table_of

RULES = known_rules()
TRUE_COV = np.array([[22.0, -2.0], [-2.0, 1.7]])


def rows_of(
    rng: Generator, *, clients: int, whole: bool = True, longest: int = 12, slope: float = -2.3
) -> list[ScoreRow]:
    """PHQ-9 courses of two sessions or more; every fifth session after the second is missed."""
    rows = []
    for client in range(clients):
        own = rng.multivariate_normal([15.6, slope], TRUE_COV)
        for session in range(1, int(rng.integers(2, longest + 1)) + 1):
            if session > 2 and rng.random() < 0.2:
                continue
            score = own[0] + own[1] * np.log(session) + rng.normal(0, 2.1)
            held = float(np.clip(round(score) if whole else score, 0, 27))
            rows.append(ScoreRow(f"c{client:04}", "phq-9", session, held))
    return rows


def fitted(rows: list[ScoreRow]) -> tuple[Refit, list[Facts]]:
    facts = facts_of(rows, rules=RULES)
    course = refitted(facts, RULES)["phq-9"]
    courses = dict.fromkeys(RULES, Refit("other", 0, "nothing")) | {"phq-9": course}
    return course, [followed(one, courses, RULES) for one in facts]


def test_the_table_gives_the_fit_of_the_single_scores() -> None:
    """`growth` fits from single scores with ln(session) itself; 1/256 of grain moves it little."""
    rows = rows_of(default_rng(1), clients=300)
    course, facts = fitted(rows)
    starts = np.cumsum([0, *(one.n for one in facts)])[:-1]
    sessions = np.array([float(s) for one in facts for s, _ in one.path])
    scores = np.array([y for one in facts for _, y in one.path])
    single = fit(sums_of(starts.astype(np.intp), sessions, scores))
    assert course.beta == pytest.approx(single.beta, abs=5e-3)
    assert course.cov[0] == pytest.approx(single.cov[0, 0], rel=2e-3)
    assert course.cov[2] == pytest.approx(single.cov[1, 1], rel=5e-3)
    assert course.noise == pytest.approx(np.sqrt(single.sigma2), rel=1e-3)


def test_on_the_grain_it_is_the_same_fit() -> None:
    rows = rows_of(default_rng(2), clients=300)
    course, facts = fitted(rows)
    starts = np.cumsum([0, *(one.n for one in facts)])[:-1]
    grained = np.exp([place(s) for one in facts for s, _ in one.path])
    scores = np.array([y for one in facts for _, y in one.path])
    single = fit(sums_of(starts.astype(np.intp), grained, scores))
    assert course.beta == pytest.approx(single.beta, rel=1e-6)
    assert course.cov == pytest.approx([single.cov[0, 0], single.cov[0, 1], single.cov[1, 1]],
                                       rel=1e-5)  # fmt: skip


def test_a_line_is_the_normal_law_given_the_first_score() -> None:
    """Drawn by brute force from the fitted model: 90% of last scores lie on the better side."""
    course, _ = fitted(rows_of(default_rng(3), clients=400))
    slope, upper = course.lines[1, 8]
    rng, at = default_rng(30), np.array([[1, 0], [1, place(8)]])
    v00, v01, v11 = course.cov
    own = rng.multivariate_normal(course.beta, [[v00, v01], [v01, v11]], 400_000)
    first, last = (own @ at.T + rng.normal(0, course.noise, (400_000, 2))).T
    for low, high in ((5, 10), (10, 15), (20, 27)):
        there = (first >= low) & (first < high)
        on_track = (last <= upper + slope * first)[there].mean()
        assert on_track == pytest.approx(0.9, abs=0.006), (low, high)


def test_nine_in_ten_are_on_the_course_that_was_fitted_on_them() -> None:
    _, facts = fitted(rows_of(default_rng(4), clients=2000, whole=False))
    known = [one for one in facts if one.fitted]
    assert len(known) > 1900
    assert np.mean([one.on_track for one in known]) == pytest.approx(0.9, abs=0.02)


def test_a_group_that_fares_worse_is_seen_against_the_course_of_all() -> None:
    usual = rows_of(default_rng(5), clients=900)
    worse = [
        replace(row, client=f"w{row.client}")
        for row in rows_of(default_rng(6), clients=100, slope=0.5)
    ]
    _, facts = fitted(usual + worse)
    share = {
        mark: np.mean([one.on_track for one in facts if one.fitted and (one.client[0] == "w") is
                       mark])
        for mark in (True, False)
    }  # fmt: skip
    assert share[False] - share[True] > 0.15


def test_the_expected_score_and_its_range() -> None:
    course, _ = fitted(rows_of(default_rng(7), clients=2000))
    found = course.at(8, RULES["phq-9"])
    spread = np.sqrt(22 - 2 * 2 * np.log(8) + 1.7 * np.log(8) ** 2 + 2.1**2)
    assert found.score == pytest.approx(15.6 - 2.3 * np.log(8), abs=0.7)
    assert (found.low, found.high) == pytest.approx(
        (found.score - 1.2816 * spread, found.score + 1.2816 * spread), abs=0.8
    )
    assert course.at(60, RULES["phq-9"]).low >= 0


def test_where_higher_is_better_the_range_is_turned_back() -> None:
    rows = [
        replace(row, instrument="who-5", score=100 - 3 * row.score)
        for row in rows_of(default_rng(8), clients=400)
    ]
    course = refitted(facts_of(rows, rules=RULES), RULES)["who-5"]
    found = course.at(4, RULES["who-5"])
    assert 0 <= found.low < found.score < found.high <= 100
    assert found.score == pytest.approx(100 - 3 * (15.6 - 2.3 * np.log(4)), abs=4)


def test_merging_parts_is_adding_the_whole() -> None:
    rng = default_rng(9)
    pattern = rng.choice([0b11, 0b1011, 0b111], 500).astype(np.int64)
    total, weighted, squares = rng.integers(0, 200, (3, 500)).astype(float)
    whole = table_of(pattern, total, weighted, squares)
    parts = [
        table_of(pattern[at], total[at], weighted[at], squares[at])
        for at in (slice(0, 120), slice(120, 121), slice(121, 500))
    ]
    found = merged(parts)
    assert (found.pattern == whole.pattern).all()
    assert (found.sums == whole.sums).all()


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (rows_of(default_rng(1), clients=199), "fewer than 200"),
        (rows_of(default_rng(1), clients=300, longest=2), "fewer than 50 courses of three"),
        ([ScoreRow(f"c{n}", "phq-9", s, 9) for n in range(300) for s in (1, 2, 3)], "settle"),
        (
            [ScoreRow(f"c{n}", "phq-9", s, 3 + n % 9) for n in range(300) for s in (1, 2, 3)],
            "settle",
        ),
        (
            [ScoreRow(f"c{n}", "phq-9", s, 9) for n in range(300) for s in (70, 71, 72)],
            "fewer than 200",
        ),
    ],
)
def test_a_course_that_cannot_be_fitted_says_why(rows: list[ScoreRow], told: str) -> None:
    course, facts = fitted(rows)
    assert told in course.reason
    assert not course.stands
    assert not any(one.fitted for one in facts)


def test_an_empty_table_is_refused() -> None:
    nothing = np.zeros(0)
    table = table_of(nothing.astype(np.int64), nothing, nothing, nothing)
    assert refit("phq-9", table).reason.startswith("fewer than 200")
