"""The array kernels against the plain twin, on courses that fall suddenly and miss sessions."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waymark.cohort.engines.kernels import Block, judge
from waymark.cohort.extract import ScoreRow, known_rules
from waymark.cohort.rows import LABELS, scored

RULES = known_rules()
COURSES = 300


def falling(seed: int, instrument: str, *, whole: bool) -> list[ScoreRow]:
    """Courses on one level, then on another; a fifth of the sessions missed, and the start or the
    end of many."""
    rng, rules = np.random.default_rng(seed), RULES[instrument]
    span, rows = rules.high - rules.low, []
    for client in range(COURSES):
        fall, levels = rng.integers(2, 9), rng.uniform(rules.low, rules.high, 2)
        begins, ends = rng.choice([1, 1, 1, 4, 7]), rng.choice([3, 6, 12, 12, 12])
        for session in range(1, 13):
            if rng.random() < 0.2 or not begins <= session <= ends:
                continue
            score = levels[int(session > fall)] + rng.normal(0, span / 25)
            score = float(np.clip(np.round(score) if whole else score, rules.low, rules.high))
            rows.append(ScoreRow(f"{client:04}", instrument, session, score))
    return rows


def block_of(rows: list[ScoreRow], *, whole: bool, sessions: type) -> Block:
    client = np.array([int(row.client) for row in rows])
    starts = np.flatnonzero(np.diff(client, prepend=-1))
    nothing = np.zeros(len(starts), dtype=np.int64)
    score = np.array([row.score for row in rows], dtype=np.int8 if whole else np.float64)
    session = np.array([row.session for row in rows], dtype=sessions)
    return Block(starts, session, score, client[starts], nothing, nothing)


@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.parametrize("instrument", ["phq-9", "gad-7", "who-5", "pcl-5"])
@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 2**32), sessions=st.sampled_from([np.int16, np.uint8, np.int64]))
def test_every_row_is_judged_as_its_plain_twin(
    seed: int, instrument: str, whole: bool, sessions: type
) -> None:
    rows = falling(seed, instrument, whole=whole)
    judged = judge(block_of(rows, whole=whole, sessions=sessions), RULES[instrument])
    expected = scored(rows, rules=RULES, courses={})
    landed = {place for place, one in enumerate(expected) if one.sudden_gain}
    assert len(landed) > COURSES / 30
    assert set(judged.landed.tolist()) == landed
    label = judged.better + 2 * judged.worse
    assert [LABELS[one] for one in label] == [one.reliable for one in expected]
    assert judged.change.tolist() == [one.change for one in expected]
