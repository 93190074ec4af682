"""Answers of danger: found on raw answers, whatever the total, and routed by the agreed table."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waymark.library import safety
from waymark.library.answers import BadAnswer
from waymark.library.instrument import Safety
from waymark.library.instruments import INSTRUMENTS
from waymark.library.safety import Risk, Tier
from waymark.library.scoring import score

PHQ9 = INSTRUMENTS["phq-9"]
CORE10 = INSTRUMENTS["core-10"]
C_SSRS = INSTRUMENTS["c-ssrs"]
PCL5 = INSTRUMENTS["pcl-5"]


@pytest.mark.parametrize("value", [1, 2, 3])
def test_item_9_is_told_from_several_days_on_with_the_exact_words(value: int) -> None:
    """Rule 7, trap 1: 'several days' counts, with no total and no other answer."""
    words = {1: "Several days", 2: "More than half the days", 3: "Nearly every day"}[value]
    about = "thoughts of being better off dead or of hurting oneself"
    assert safety.risks(PHQ9, {"q9": value}) == (Risk("q9", value, words, about),)
    assert score(PHQ9, {"q9": value}).of("total").value is None


def test_item_9_at_not_at_all_is_not_told() -> None:
    assert safety.risks(PHQ9, {"q9": 0}) == ()


@pytest.mark.parametrize(
    "total", [dict.fromkeys((f"q{n}" for n in range(1, 9)), v) for v in (0, 3)]
)
def test_item_9_does_not_depend_on_the_total(total: dict[str, int]) -> None:
    """Trap 1: not tied to the total."""
    assert [risk.value for risk in safety.risks(PHQ9, total | {"q9": 1})] == [1]


def test_item_9_left_out_is_told_as_unanswered_and_is_not_positive() -> None:
    """Trap 1: never imputed."""
    answers = {f"q{n}": 3 for n in range(1, 9)}
    assert safety.positive(PHQ9, answers) == ()
    (risk,) = safety.unanswered(PHQ9, answers)
    assert (risk.item, risk.value, risk.label) == ("q9", None, "no answer")


def test_only_instruments_that_ask_about_danger_have_risk_items() -> None:
    assert {id: [item.id for item in INSTRUMENTS[id].risk_items] for id in INSTRUMENTS} == {
        **{id: [] for id in INSTRUMENTS},
        "phq-9": ["q9"],
        "core-10": ["q6"],
        "c-ssrs": ["q1", "q2", "q3", "q4", "q5", "q6", "q6b"],
    }


@pytest.mark.parametrize(("instrument", "item"), [(PHQ9, "q9"), (CORE10, "q6")])
@pytest.mark.parametrize(
    ("value", "before", "tier"),
    [
        (1, [], Tier.SAME_DAY),  # first positive ever
        (1, [0, 0], Tier.SAME_DAY),
        (1, [1], Tier.REVIEW),
        (1, [3, 0], Tier.REVIEW),
        (2, [2], Tier.SAME_DAY),
        (3, [1], Tier.SAME_DAY),  # a rise of two
        (3, [3], Tier.SAME_DAY),
        (0, [3], None),
        (None, [3], None),
    ],
)
def test_item_9_and_core_item_6_are_routed_by_the_table(
    instrument: safety.Instrument,
    item: str,
    value: int | None,
    before: list[int],
    tier: Tier | None,
) -> None:
    previous = [{item: old} for old in before]
    assert safety.tier(instrument, {item: value}, previous=previous) is tier


def test_an_earlier_form_that_left_the_item_out_is_not_a_first_answer() -> None:
    previous = [{"q9": 1}, {"q9": None}, {}]
    assert safety.tier(PHQ9, {"q9": 1}, previous=previous) is Tier.REVIEW


@pytest.mark.parametrize(
    ("before", "value", "tier"),
    [((1, 1), 3, Tier.SAME_DAY), ((1, 2), 3, Tier.REVIEW), ((3, 1), 3, Tier.SAME_DAY)],
)
def test_a_rise_is_counted_from_the_last_answer(
    before: tuple[int, ...], value: int, tier: Tier
) -> None:
    """On an item whose answers are all for review, so that nothing but the rise is faster."""
    item = replace(CORE10.item("q6"), safety=Safety(1, about="plans", same_day=9))
    slow = replace(CORE10, items=(item,))
    assert safety.tier(slow, {"q6": value}, previous=[{"q6": one} for one in before]) is tier


def test_a_rise_of_two_counts_on_any_risk_item() -> None:
    """The rule stands on its own, for an item whose same-day answers start higher."""
    slow = safety.Safety(1, about="made up", same_day=9)
    assert safety._route(slow, 3, [1]) is Tier.SAME_DAY
    assert safety._route(slow, 2, [1]) is Tier.REVIEW


@pytest.mark.parametrize(
    ("yes", "tier", "backup"),
    [
        ("q1", Tier.SAME_DAY, False),
        ("q2", Tier.SAME_DAY, False),
        ("q6", Tier.SAME_DAY, False),
        ("q3", Tier.SAME_DAY, True),
        ("q4", Tier.URGENT, True),
        ("q5", Tier.URGENT, True),
        ("q6b", Tier.URGENT, True),
    ],
)
def test_any_yes_on_the_screener_is_routed_by_the_table(yes: str, tier: Tier, backup: bool) -> None:
    """Trap 8: a single Yes to 4, 5 or 6b is the fastest route; and a repeat is never slower."""
    again = [{yes: 1}, {yes: 1}]
    assert safety.tier(C_SSRS, {yes: 1}, previous=()) is tier
    assert safety.tier(C_SSRS, {yes: 1}, previous=again) is tier
    assert safety.backup_told(C_SSRS, {yes: 1}) is backup


def test_the_fastest_route_wins() -> None:
    answers = {"q1": 1, "q2": 1, "q5": 1}
    assert safety.tier(C_SSRS, answers, previous=()) is Tier.URGENT


def test_a_yes_behind_a_closed_gate_is_told_all_the_same() -> None:
    """A draft may hold a No to 2 and an older Yes to 4: what was said is not dropped."""
    answers = {"q1": 0, "q2": 0, "q4": 1, "q6": 0}
    assert [risk.item for risk in safety.positive(C_SSRS, answers)] == ["q4"]
    assert score(C_SSRS, answers).of("level").value == 3


def test_a_value_no_form_offers_is_refused_and_not_passed_over() -> None:
    with pytest.raises(BadAnswer, match="q9"):
        safety.risks(PHQ9, {"q9": "2"})  # type: ignore[dict-item]  -- the point of the test
    with pytest.raises(BadAnswer, match="q9"):
        safety.tier(PHQ9, {"q9": 7}, previous=())


def test_a_bad_answer_elsewhere_does_not_hide_a_danger() -> None:
    """Rule 7: safety comes before scoring, so a fault in another item cannot hold it up."""
    assert [risk.item for risk in safety.risks(PHQ9, {"q1": 99, "q9": 1})] == ["q9"]


def test_pcl_5_item_16_is_a_soft_note_and_no_concern() -> None:
    assert safety.remarks(PCL5, {"q16": 2}) == ()
    assert safety.remarks(PCL5, {}) == ()
    assert len(safety.remarks(PCL5, {"q16": 3})) == 1
    assert safety.risks(PCL5, {"q16": 4}) == ()


def test_backup_is_not_told_where_nothing_was_answered() -> None:
    assert safety.backup_told(C_SSRS, {}) is False


@settings(derandomize=True, deadline=None)
@given(
    st.fixed_dictionaries(
        {item.id: st.sampled_from([None, 0, 1]) for item in C_SSRS.items},
    )
)
def test_the_screener_has_a_route_exactly_when_something_is_yes(
    answers: dict[str, int | None],
) -> None:
    said_yes = 1 in answers.values()
    assert (safety.tier(C_SSRS, answers, previous=()) is not None) is said_yes
    assert bool(safety.positive(C_SSRS, answers)) is said_yes
    level = score(C_SSRS, answers).of("level").value
    assert level is None or (level > 0) is said_yes
