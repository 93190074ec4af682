"""Mistakes seen in other people's instruments, each held off by name.

The numbers are those of the list of traps; 1, 4, 5, 8 and 11 also have tests beside the rule they
break (safety, scoring).
"""

from itertools import product
from pathlib import Path

import pytest

from waymark.library import safety
from waymark.library.instrument import Method
from waymark.library.instruments import INSTRUMENTS
from waymark.library.instruments.pcl5 import provisional_ptsd
from waymark.library.scoring import beyond, score

LIBRARY = Path(safety.__file__).parent


def total(id: str, values: list[int | None]) -> float | None:
    """The total of the answers in printed order."""
    instrument = INSTRUMENTS[id]
    ids = [item.id for item in instrument.items]
    return score(instrument, dict(zip(ids, values, strict=False))).of("total").value


def test_danger_needs_no_total_and_no_finished_form() -> None:
    """Trap 1: the item-9 flag tied to the total or to sending; 'several days' passed over."""
    assert safety.positive(INSTRUMENTS["phq-9"], {"q9": 1})
    assert safety.positive(INSTRUMENTS["core-10"], {"q6": 1})


def test_the_difficulty_question_is_asked_and_never_added() -> None:
    """Trap 2: PHQ-9 with a maximum of 30."""
    phq9 = INSTRUMENTS["phq-9"]
    assert phq9.item("q10").scored is False
    assert total("phq-9", [3] * 10) == 27


def test_very_and_extremely_keep_their_own_codes() -> None:
    """Trap 2: LOINC numbered the two answers out of order."""
    codes = {option.label: option.loinc for option in INSTRUMENTS["phq-9"].item("q10").options}
    assert codes["Very difficult"] == "LA6575-0"
    assert codes["Extremely difficult"] == "LA6574-3"


@pytest.mark.parametrize("id", ["who-5", "scs-sf", "maas", "swls", "brs", "rosenberg"])
def test_a_rise_is_better_on_scales_that_rise(id: str) -> None:
    """Trap 3: a rise in well-being shown as worsening."""
    assert {scale.better.value for scale in INSTRUMENTS[id].scales} == {"higher"}


def test_four_and_a_half_and_ten_and_a_half_go_up() -> None:
    """Trap 4: banker's rounding."""
    assert total("phq-9", [1, 1, 1, 1, None, 0, 0, 0, 0]) == 5
    assert total("gad-7", [2, 2, 2, 1, 1, 1, None]) == 11


def test_ten_is_a_case_on_the_phq_9() -> None:
    """Trap 5: more than, where the paper says at least."""
    scale = INSTRUMENTS["phq-9"].scale("total")
    assert scale.cutoff is not None
    assert beyond(scale, 10, scale.cutoff)


def test_anxiety_stands_first_on_the_phq_4() -> None:
    """Trap 6: the two pairs the other way round."""
    words = [item.text for item in INSTRUMENTS["phq-4"].items]
    assert words[0].startswith("Feeling nervous")
    assert words[2].startswith("Little interest")


def test_k6_goes_by_the_words_and_not_by_the_printed_numbers() -> None:
    """Trap 6: the form prints 1 for all of the time."""
    worth = {option.label: option.value for option in INSTRUMENTS["k6"].items[0].options}
    assert worth["All of the time"] == 4
    assert worth["None of the time"] == 0


@pytest.mark.parametrize(
    ("id", "numbers"),
    [
        ("rosenberg", {3, 5, 8, 9, 10}),
        ("scs-sf", {1, 4, 8, 9, 11, 12}),
        ("maas", set()),
        ("brs", {2, 4, 6}),
        ("core-10", {2, 3}),
        ("who-5", set()),
    ],
)
def test_the_items_turned_round_are_those_of_this_very_order(id: str, numbers: set[int]) -> None:
    """Trap 6: the list of the other order, or a list where there is none."""
    turned = {int(item.id[1:]) for item in INSTRUMENTS[id].items if item.reverse}
    assert turned == numbers


def test_negatively_worded_rosenberg_items_are_the_ones_turned_round() -> None:
    """Trap 6: the list belongs to the wording it stands beside."""
    turned = [item.text for item in INSTRUMENTS["rosenberg"].items if item.reverse]
    assert all(
        any(word in text for word in ("failure", "not have much", "I wish", "useless", "no good"))
        for text in turned
    )


def test_pcl_5_has_no_severity_words_and_no_change_of_five() -> None:
    """Trap 7: labels nobody published; the change threshold and code of the DSM-IV list."""
    pcl5 = INSTRUMENTS["pcl-5"]
    scale = pcl5.scale("total")
    assert scale.bands == ()
    assert scale.reliable_change is not None
    assert scale.reliable_change.value == 10
    assert {pcl5.loinc, scale.loinc} == {"101697-1", "101698-9"}


def test_pcl_5_is_the_month_form_and_says_so() -> None:
    """Trap 7: month and week forms in one line."""
    pcl5 = INSTRUMENTS["pcl-5"]
    assert pcl5.recall == "past month"
    assert "past month" in pcl5.stem + pcl5.introduction


def test_the_screener_is_a_table_and_never_a_count() -> None:
    """Trap 8: one Yes to 5 outranks a Yes to 1, 2 and 3 together."""
    screener = INSTRUMENTS["c-ssrs"]
    assert screener.scale("level").method is Method.LEVEL
    three = score(screener, {"q1": 1, "q2": 1, "q3": 1, "q4": 0, "q5": 0, "q6": 0}).of("level")
    one = score(screener, {"q1": 0, "q2": 1, "q3": 0, "q4": 0, "q5": 1, "q6": 0}).of("level")
    assert (three.value, one.value) == (2, 3)


def test_question_6_is_asked_after_two_no() -> None:
    """Trap 8: behavior skipped because thoughts were denied."""
    assert INSTRUMENTS["c-ssrs"].item("q6").gate is None
    assert score(INSTRUMENTS["c-ssrs"], {"q1": 0, "q2": 0}).missing == ("q6",)


def test_staff_read_which_answers_were_yes_and_no_grade() -> None:
    """Trap 8: 'low risk' or 'safe' as a label."""
    labels = " ".join(band.label for band in INSTRUMENTS["c-ssrs"].scale("level").bands).lower()
    for word in ("low", "moderate", "high", "safe", "risk", "severe"):
        assert word not in labels


def test_who_5_is_times_four_and_raw_13_is_above_the_line() -> None:
    """Trap 9: not multiplied; raw 13 treated as low."""
    who5 = INSTRUMENTS["who-5"].scale("total")
    assert who5.cutoff is not None
    assert total("who-5", [3, 3, 3, 2, 2]) == 52
    assert not beyond(who5, 52, who5.cutoff)


@pytest.mark.parametrize("id", ["dass-21", "epds", "isi", "ors", "srs", "pss-10", "wsas", "wai"])
def test_what_is_not_free_is_not_on_the_shelf(id: str) -> None:
    """Trap 10: bundled as if free."""
    assert id not in INSTRUMENTS


def test_words_that_are_known_reproduction_errors_are_absent() -> None:
    """Trap 10: 'Not at all sure', 'TV', 'active and energetic', a week where it is two."""
    words = " ".join(
        text
        for instrument in INSTRUMENTS.values()
        for item in instrument.items
        for text in (item.text, *(option.label for option in item.options))
    )
    for wrong in ("Not at all sure", " TV", "energetic", "inadequacies are shared"):
        assert wrong not in words
    for id in ("phq-9", "phq-8", "phq-2", "phq-4", "gad-7", "gad-2", "who-5"):
        assert "week" in INSTRUMENTS[id].recall
        assert "past week" not in INSTRUMENTS[id].stem


def test_never_drinking_is_a_complete_answer_of_zero() -> None:
    """Trap 11: 'Never' treated as unfinished."""
    result = score(INSTRUMENTS["audit-c"], {"q1": 0}, sex="male")
    assert result.of("total").value == 0
    assert result.missing == ()


def test_not_at_all_to_all_of_core_10_is_eight() -> None:
    """Trap 12: all zeros summed to 0."""
    assert total("core-10", [0] * 10) == 8


def test_core_10_item_6_stands_in_its_own_file_and_nowhere_else() -> None:
    """Trap 12: its licence allows no other use of the item."""
    holders = [
        path.name for path in LIBRARY.rglob("*.py") if "plans to end my life" in path.read_text()
    ]
    assert holders == ["core10.py"]


def test_a_panel_code_is_never_a_score_code() -> None:
    """Trap 13: 55757-9 as the PHQ-2 score, 70272-0 as the GAD-2."""
    panels = {instrument.loinc for instrument in INSTRUMENTS.values()} - {None}
    scores = [
        scale.loinc
        for instrument in INSTRUMENTS.values()
        for scale in instrument.scales
        if scale.loinc
    ]
    assert panels.isdisjoint(scores)
    assert len(set(scores)) == len(scores)
    assert INSTRUMENTS["phq-2"].scale("total").loinc == "55758-7"
    assert INSTRUMENTS["phq-4"].scale("total").loinc == "70272-0"
    assert INSTRUMENTS["gad-2"].scale("total").loinc is None


@pytest.mark.parametrize("id", ["pcl-5", "rosenberg", "maas", "who-5", "ucla-3", "k6", "audit-c"])
def test_there_are_no_bands_where_the_authors_publish_none(id: str) -> None:
    """Trap 14, rule 9."""
    assert all(scale.bands == () for scale in INSTRUMENTS[id].scales)


def test_no_band_names_an_illness() -> None:
    """Trap 15: 'You have severe depression'."""
    for instrument in INSTRUMENTS.values():
        for scale in instrument.scales:
            for band in scale.bands:
                for word in ("depress", "anxi", "ptsd", "disorder", "you "):
                    assert word not in band.label.lower()


def pcl(**at_two: range) -> dict[str, int | None]:
    """PCL-5 answers: 1 everywhere, and 2 on the items named by cluster."""
    raised = {number for numbers in at_two.values() for number in numbers}
    return {f"q{n}": 2 if n in raised else 1 for n in range(1, 21)}


def test_provisional_ptsd_needs_one_b_one_c_two_d_and_two_e() -> None:
    """The rule of the National Center for PTSD; items count from 'Moderately' on."""
    enough = {"b": range(1, 2), "c": range(6, 7), "d": range(8, 10), "e": range(15, 17)}
    assert provisional_ptsd(pcl(**enough)) is True
    for cluster, fewer in (
        ("b", range(0)),
        ("c", range(0)),
        ("d", range(14, 15)),
        ("e", range(20, 21)),
    ):
        assert provisional_ptsd(pcl(**enough | {cluster: fewer})) is False


def test_provisional_ptsd_is_not_given_while_an_answer_is_missing() -> None:
    assert provisional_ptsd(pcl() | {"q20": None}) is None
    assert provisional_ptsd({}) is None


RUNGS = {"q1": 1, "q2": 1, "q3": 2, "q6": 2, "q4": 3, "q5": 3, "q6b": 3}
BEHIND = {"q3": "q2", "q4": "q2", "q5": "q2", "q6b": "q6"}


def could_become(answers: dict[str, int | None]) -> int:
    """The highest level that answers still to come could lead to: all of them tried."""
    still_open = [item for item, value in answers.items() if value is None]
    levels = []
    for given in product((0, 1), repeat=len(still_open)):
        whole = answers | dict(zip(still_open, given, strict=True))
        yes = [
            item
            for item in RUNGS
            if whole[item] == 1 and (answers[item] == 1 or whole.get(BEHIND.get(item, ""), 1) == 1)
        ]
        levels.append(max((RUNGS[item] for item in yes), default=0))
    return max(levels)


def test_an_interview_has_a_level_exactly_where_no_gap_could_raise_it() -> None:
    """Every set of answers and gaps that there is, against all the ways to fill the gaps."""
    screener = INSTRUMENTS["c-ssrs"]
    for given in product((0, 1, None), repeat=len(RUNGS)):
        answers = dict(zip(RUNGS, given, strict=True))
        reached = max((RUNGS[item] for item, value in answers.items() if value == 1), default=0)
        expected = None if could_become(answers) > reached else reached
        assert score(screener, answers).of("level").value == expected, answers
