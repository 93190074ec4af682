"""Courses kept until the expected one is fitted: put together, they are still the same courses."""

import numpy as np
import pytest
from numpy.random import Generator, default_rng

from waymark.cohort.engine import Counts, with_totals
from waymark.cohort.engines import spans
from waymark.cohort.engines.spans import Ends, Line
from waymark.cohort.extract import known_rules
from waymark.cohort.measure import Share
from waymark.cohort.refit import Refit

PHQ = known_rules()["phq-9"]
COURSE = Refit("phq-9", 300, lines={(1, 2): (0.5, 5.25), (1, 3): (0.4, 4.0), (2, 3): (0.5, 6.0)})


def line(rng: Generator, *, of: int, grain: float = 1.0, kind: type = np.float64) -> Line:
    """Some begin and end where no line was fitted."""
    began = rng.integers(1, 3, of).astype(np.uint8)
    ended = (began + rng.integers(1, 4, of)).astype(np.uint8)
    drawn = (np.round(rng.uniform(0, 27, of) / grain) * grain for _ in range(2))
    first, last = (scores.astype(kind) for scores in drawn)
    return rng.integers(0, 40, of), began, ended, first, last, np.ones(of, dtype=np.int64)


def counted(held: Ends) -> tuple[list[int], list[int], list[float]]:
    """By group: how many have an expected course, how many are on it; and all first scores."""
    beside, group, first, courses = held.followed(COURSE, PHQ)
    of, on = (np.bincount(group, weights=courses * mask, minlength=40).tolist()
              for mask in (beside.fitted, beside.fitted & beside.on_track))  # fmt: skip
    return of, on, np.sort(np.repeat(first, courses)).tolist()


def one_by_one(lines: list[Line]) -> tuple[list[int], list[int], list[float]]:
    """The same, of one course after the other."""
    of, on, firsts = [0] * 40, [0] * 40, []
    for group, began, ended, first, last, _ in (row for one in lines for row in zip(*one)):  # noqa: B905
        firsts.append(float(first))
        if (began, ended) in COURSE.lines:
            slope, upper = COURSE.lines[began, ended]
            of[group] += 1
            on[group] += last <= upper + slope * first
    return of, on, sorted(firsts)


@pytest.mark.parametrize("most", [6000, 1_000_000])
@pytest.mark.parametrize(
    ("grain", "kind"), [(1.0, np.int8), (1.0, np.float64), (0.5, np.float64), (1e-6, np.float64)]
)
def test_equal_courses_put_together_count_the_same(
    monkeypatch: pytest.MonkeyPatch, grain: float, kind: type, most: int
) -> None:
    """Whole points, halves, and so many levels that nothing is put together; on the way, and at
    the end alone."""
    monkeypatch.setattr(spans, "MOST_HELD", most)
    rng = default_rng(1)
    lines = [line(rng, of=4000, grain=grain, kind=kind) for _ in range(8)]
    packed = Ends()
    for one in lines:
        packed.add(one)
    assert (len(packed.lines) < 8) == (most < 8 * 4000)
    assert counted(packed) == one_by_one(lines)


def test_what_is_held_shrinks_to_what_differs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spans, "MOST_HELD", 500)
    held, one = Ends(), line(default_rng(2), of=100)
    for _ in range(40):
        held.add(one)
    assert sum(len(kept[0]) for kept in held.lines) <= 600
    assert sum(int(kept[5].sum()) for kept in held.lines) == 4000


def test_a_limit_is_looked_up_by_first_and_last_session() -> None:
    column = [np.array(one) for one in ((0, 1, 2, 3), (1, 1, 2, 1), (2, 2, 3, 9))]
    scores = np.array([10.0, 10.0, 10.0, 10.0]), np.array([10.25, 10.5, 11.0, 0.0])
    held = Ends()
    held.add((*column, *scores, np.ones(4, dtype=np.int64)))
    beside, *_ = held.followed(COURSE, PHQ)
    assert beside.fitted.tolist() == [True, True, True, False]
    assert beside.on_track.tolist() == [True, False, True, False]


def test_all_groups_together_are_their_sum() -> None:
    names = ("finished", "paired", "not_at_caseness", "recovery", "reliable_recovery",
             "improvement", "deterioration", "no_reliable_change")  # fmt: skip
    counts = Counts(
        shares={"recovery": {("phq-9", "a"): Share(3, 9), ("phq-9", "b"): Share(4, 6)}},
        nhs={"a": dict.fromkeys(names, 2), "b": dict.fromkeys(names, 5)},
    )
    found = with_totals(counts)
    assert found.shares["recovery"]["phq-9", ""] == Share(7, 15)
    assert found.nhs[""] == dict.fromkeys(names, 7)
    assert Counts() != "counts"
