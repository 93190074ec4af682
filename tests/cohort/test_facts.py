"""The facts of one course in plain Python, drawn by hand, and each measure over them."""

import pytest

from waymark.cohort.extract import MISSING, ScoreRow, known_rules
from waymark.cohort.facts import Facts, facts_of
from waymark.cohort.measures import MEASURES

RULES = known_rules()


def fact(drawn: str, instrument: str = "phq-9", **given: str) -> Facts:
    """``18 17 . 9``: one score a session; a dot is a missed one."""
    rows = [
        ScoreRow("ana", instrument, session, float(score), **given)
        for session, score in enumerate(drawn.split(), 1)
        if score != "."
    ]
    (one,) = facts_of(rows, rules=RULES)
    return one


@pytest.mark.parametrize(
    ("drawn", "holds"),
    [
        ("18 12 9", {"recovery", "reliable-improvement", "reliable-recovery", "response"}),
        ("18 12 4", {"recovery", "reliable-improvement", "reliable-recovery", "response",
                     "remission"}),
        ("11 10 9", {"recovery"}),
        ("12 14 18", {"deterioration"}),
        ("9 9 9", set()),
        ("18 18 18 9 9 9", {"recovery", "reliable-improvement", "reliable-recovery", "response",
                            "sudden-gain"}),
    ],
)  # fmt: skip
def test_a_drawn_course_and_what_holds_for_it(drawn: str, holds: set[str]) -> None:
    one = fact(drawn)
    found = {id for id, m in MEASURES.items() if m.of(one) and m.holds(one)}
    assert found == holds | {"completion"}


LINED = sorted(name for name, rules in RULES.items() if rules.case is not None)


@pytest.mark.parametrize("instrument", LINED)
def test_a_score_on_the_case_line_is_a_case(instrument: str) -> None:
    """On both sides of the line and on it, toward worse and toward better."""
    rules = RULES[instrument]
    line = rules.case or 0.0
    for score, case in ((line, True), (line + rules.sign, True), (line - rules.sign, False)):
        one = fact(f"{score} {score}", instrument)
        assert (one.case_first, one.case_last) == (case, case), score


def test_who_was_no_case_is_not_asked_about_recovery() -> None:
    assert not MEASURES["recovery"].of(fact("8 3"))
    assert MEASURES["reliable-improvement"].of(fact("8 3"))


def test_one_score_counts_for_completion_alone() -> None:
    one = fact("18")
    assert {id for id, m in MEASURES.items() if m.of(one)} == {"completion"}
    assert not MEASURES["completion"].holds(one)


def test_where_higher_is_better_a_rise_improves() -> None:
    one = fact("20 30 48", "who-5")
    assert (one.improved, one.worse, one.change) == (True, False, -28)
    assert not MEASURES["response"].of(one)


@pytest.mark.parametrize(
    ("drawn", "reached"), [("18 14 12 15", 3), ("18 . 11", 3), ("18 17", 0), ("5 0", 0)]
)
def test_the_session_at_which_it_first_stood(drawn: str, reached: int) -> None:
    assert fact(drawn).reached == reached


def test_scores_of_one_session_are_averaged() -> None:
    rows = [
        ScoreRow("ana", "phq-9", 1, 18),
        ScoreRow("ana", "phq-9", 2, 10),
        ScoreRow("ana", "phq-9", 2, 14),
    ]
    (one,) = facts_of(rows, rules=RULES)
    assert (one.n, one.last) == (2, 12)


@pytest.mark.parametrize(
    ("status", "of", "holds"),
    [("planned", True, True), ("dropout", True, False), ("open", False, False),
     (MISSING, False, False)],
)  # fmt: skip
def test_endings(status: str, of: bool, holds: bool) -> None:
    one = fact("18 9", status=status)
    measure = MEASURES["planned-ending"]
    assert measure.of(one) is of
    assert (measure.of(one) and measure.holds(one)) is holds


def test_what_has_no_rules_is_left_out() -> None:
    assert facts_of([ScoreRow("ana", "k10", 1, 20)], rules=RULES) == []
