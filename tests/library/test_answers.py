"""Which answers an instrument takes."""

from decimal import Decimal

import pytest

from waymark.library.answers import BadAnswer, accept, check, missing
from waymark.library.instruments import INSTRUMENTS
from waymark.library.scoring import score

PHQ9 = INSTRUMENTS["phq-9"]
C_SSRS = INSTRUMENTS["c-ssrs"]


@pytest.mark.parametrize("value", [4, -1, 1.5, 1.0, "1", "", True, False, Decimal(1), [1]])
def test_only_listed_whole_numbers_are_taken(value: object) -> None:
    """Rule 1: 4 on a 0-3 item, 1.5, strings and booleans are refused."""
    with pytest.raises(BadAnswer) as refused:
        score(PHQ9, {"q3": value})  # type: ignore[dict-item]  -- the point of the test
    assert refused.value.item == "q3"
    assert "Give 0, 1, 2 or 3, or leave it unanswered." in str(refused.value)


def test_the_refusal_names_the_value_that_was_given() -> None:
    with pytest.raises(BadAnswer, match=r"q3: 4 is not one of its answers"):
        check(PHQ9, {"q3": 4})


def test_an_unknown_item_is_refused_with_the_items_there_are() -> None:
    with pytest.raises(BadAnswer, match=r"q11: PHQ-9 has no such item. Its items are q1, q2"):
        check(PHQ9, {"q11": 1})


def test_none_is_unanswered_and_never_zero() -> None:
    """Rule 1: null is unanswered, never 0."""
    nothing = dict.fromkeys((item.id for item in PHQ9.items), None)
    check(PHQ9, nothing)
    assert score(PHQ9, nothing).of("total").value is None
    assert score(PHQ9, {}).missing == score(PHQ9, nothing).missing


def test_values_are_listed_from_low_to_high_whatever_the_form_prints() -> None:
    with pytest.raises(BadAnswer, match="Give 0 or 1"):
        accept(C_SSRS.item("q1"), 2)


def test_an_item_behind_a_closed_gate_is_not_missing() -> None:
    assert missing(C_SSRS, {"q1": 0, "q2": 0, "q6": 0}) == ()


def test_an_item_behind_an_open_gate_is_missing() -> None:
    assert missing(C_SSRS, {"q1": 0, "q2": 1, "q6": 0}) == ("q3", "q4", "q5")


def test_an_item_behind_an_unanswered_gate_is_not_asked_and_the_gate_is_missing() -> None:
    assert missing(C_SSRS, {"q1": 0, "q6": 0}) == ("q2",)


def test_an_item_that_is_not_scored_is_never_missing() -> None:
    answers = {f"q{n}": 0 for n in range(1, 10)}
    assert missing(PHQ9, answers) == ()
