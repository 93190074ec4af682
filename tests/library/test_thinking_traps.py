"""The sixteen thinking traps, and that a thought may be true."""

from waymark.library.trap import MAY_BE_TRUE, TRAPS

# Ids are stored with what was chosen: none is ever taken out.
NAMED = (
    "all-or-nothing overgeneralizing mental-filter discounting-the-positive mind-reading "
    "fortune-telling catastrophizing minimizing emotional-reasoning should-rules labeling "
    "personalizing blaming-others unfair-comparison perfectionist-standard what-if-chain"
)


def test_there_are_sixteen() -> None:
    assert list(TRAPS) == [one.id for one in TRAPS.values()] == NAMED.split()
    assert len(TRAPS) == 16


def test_each_is_explained_in_one_line_and_loosened_by_one_question() -> None:
    for trap in TRAPS.values():
        assert trap.explanation.count(".") == 1
        assert trap.explanation.endswith(".")
        assert trap.question.count("?") == 1
        assert trap.question.endswith("?")
    for part in ("name", "explanation", "question"):
        assert len({getattr(trap, part) for trap in TRAPS.values()}) == 16


def test_a_true_thought_is_not_disputed() -> None:
    assert "can also be true" in MAY_BE_TRUE
    assert MAY_BE_TRUE.endswith("What would help you now?")
