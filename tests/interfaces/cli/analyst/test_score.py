"""`waymark score`: the contract of its JSON, its words, and what it says of bad input."""

import json

import pytest
from click.testing import CliRunner, Result

from waymark.interfaces.cli.analyst.commands.score import score


def run(typed: str) -> Result:
    """The command as a person types it after `waymark score`."""
    return CliRunner().invoke(score, typed.split())


def test_json_has_the_agreed_keys_in_order() -> None:
    result = run("phq-9 1 0 2 3 - 0 0 0 1 --format json")
    assert result.exit_code == 0
    said = json.loads(result.stdout)
    assert list(said) == ["instrument", "version", "answers", "scales", "missing", "safety"]
    assert said["instrument"] == "phq-9"
    assert said["version"] == 1
    assert said["answers"] == {
        **{"q1": 1, "q2": 0, "q3": 2, "q4": 3, "q5": None},
        **{"q6": 0, "q7": 0, "q8": 0, "q9": 1},
    }
    assert said["missing"] == ["q5"]
    assert said["safety"] == [{"item": "q9", "value": 1}]
    (total,) = said["scales"]
    assert list(total)[:4] == ["scale", "value", "band", "prorated"]
    assert (total["scale"], total["value"], total["band"]) == ("total", 8, "mild")
    assert (total["prorated"], total["exact"]) == (True, 7.875)  # 7 of 8 answered, times 9


def test_an_unanswered_danger_is_told_with_a_null_value() -> None:
    said = json.loads(run("phq-9 0 0 0 0 0 0 0 0 - --format json").stdout)
    assert said["safety"] == [{"item": "q9", "value": None}]


def test_what_cannot_be_scored_is_null_with_the_reason() -> None:
    said = json.loads(run("who-5 5 5 5 5 - --format json").stdout)
    (total,) = said["scales"]
    assert total["value"] is None
    assert total["note"] == "No score: no answer to q5. All are needed."


def test_the_name_of_an_instrument_may_be_in_capitals() -> None:
    answers = "1 0 2 3 - 0 0 0 1"
    assert run(f"PHQ-9 {answers}").stdout == run(f"phq-9 {answers}").stdout


def test_every_scale_of_an_instrument_is_given() -> None:
    said = json.loads(run("phq-4 0 1 3 1 --format json").stdout)
    assert {s["scale"]: s["value"] for s in said["scales"]} == {
        **{"total": 5, "anxiety": 1, "depression": 4}
    }


def test_text_is_the_default_and_reads_as_sentences() -> None:
    result = run("gad-7 2 2 2 1 1 1 -")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "GAD-7, version 1",
        "GAD-7 total: 11, moderate (0 to 21, lower is better)",
        "  Line 8 (NHS): at it or beyond",
        "  No answer to q7; the mean of the others stands in.",
        "Developed by Drs. Robert L. Spitzer, Janet B.W. Williams, Kurt Kroenke and colleagues, "
        "with an educational grant from Pfizer Inc.",
    ]


def test_text_tells_dangers_with_the_words_that_were_chosen() -> None:
    said = run("phq-9 0 0 0 0 0 0 0 0 1").stdout
    assert "To be told: q9, Several days (thoughts of being better off dead" in said


def test_text_says_why_there_is_no_score() -> None:
    assert "PCL-5 total: none. No score: no answer to q1" in run("pcl-5" + " -" * 20).stdout


def test_text_says_when_a_score_is_short_of_the_line() -> None:
    assert "Line 10 (case): short of it" in run("phq-9" + " 0" * 9).stdout


def test_a_scale_without_line_or_band_is_just_its_number() -> None:
    said = run("maas" + " 4" * 15).stdout
    assert "MAAS, mean: 4 (1 to 6, higher is better)\n" in said
    assert "Line" not in said


def test_trailing_items_that_are_never_added_may_be_given_or_not() -> None:
    nine, ten = run("phq-9" + " 1" * 9), run("phq-9" + " 1" * 9 + " 3")
    assert "total: 9," in nine.stdout
    assert "total: 9," in ten.stdout


def test_gated_items_are_written_as_unanswered() -> None:
    said = json.loads(run("c-ssrs 0 0 - - - 0 - --format json").stdout)
    assert said["scales"][0]["value"] == 0
    assert said["missing"] == []
    assert said["safety"] == []


@pytest.mark.parametrize(("sex", "line"), [("male", 4), ("female", 3)])
def test_the_line_may_depend_on_sex(sex: str, line: int) -> None:
    said = json.loads(run(f"audit-c 2 1 0 --sex {sex} --format json").stdout)
    assert said["scales"][0]["cutoff"] == line


def test_sex_not_given_is_said() -> None:
    assert "more careful line (3)" in run("audit-c 2 1 0").stdout


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("phq9 0 0 0 0 0 0 0 0 0", "no instrument 'phq9'. Did you mean phq-9"),
        ("zzz 1", "no instrument 'zzz'. `waymark instruments` lists them all"),
        ("phq-9 0 4 0 0 0 0 0 0 0", "q2: 4 is not one of its answers. Give 0, 1, 2 or 3"),
        ("phq-9 0 1.5 0 0 0 0 0 0 0", "q2: '1.5' is not one of its answers"),
        ("phq-9 -1 0 0 0 0 0 0 0 0", "q1: '-1' is not one of its answers"),
        ("phq-9 0 0 0 0 0 0 0 0 yes", "q9: 'yes' is not one of its answers"),
        ("phq-9 0 0 0", "takes 9 answers, or 10 with q10; 3 were given. q4 is the first"),
        ("gad-7", "takes 7 answers; 0 were given. q1 is the first without one. Write -"),
        ("gad-2 1 1 1", "takes 2 answers; 3 were given. q2 is the last item, so drop"),
        ("phq-9 0 0 0 0 0 0 0 0 0 4", "q10: 4 is not one of its answers"),
        ("audit-c 1 1 1 --sex both", "'both' is not one of 'male', 'female'"),
    ],
)
def test_bad_input_ends_with_2_and_names_the_item_and_the_remedy(typed: str, said: str) -> None:
    result = run(typed)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""


def test_a_refused_answer_says_how_to_write_one_left_out() -> None:
    assert "Unanswered is written as -" in run("gad-2 7 0").stderr
