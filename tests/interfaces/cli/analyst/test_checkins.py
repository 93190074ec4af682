"""`waymark analyze --checkins`: recovery from setbacks and early warning, and bad input."""

import json

import numpy as np
import pytest
from click.testing import CliRunner, Result

from waymark.interfaces.cli.analyst.commands.analyze import analyze


def run(text: str, *words: str) -> Result:
    given = ["--checkins", "-", "--format", "json", *words]
    return CliRunner().invoke(analyze, given, input=text.encode())


def days_of(phis: tuple[float, float], *, seed: int = 1, days: int = 120) -> str:
    """Distress of a person who is hit every tenth day, and comes back by phi a day."""
    rng, level, rows = np.random.default_rng(seed), 0.0, []
    for day in range(1, days + 1):
        hit = day % 10 == 5
        level = phis[day > days / 2] * level + 25.0 * hit + rng.normal(0, 3)
        score = float(np.clip(round(40 + level + rng.normal(0, 3)), 0, 100))
        rows.append(f"ana,{day},{score:g},{int(hit)}")
    return "client,day,distress,setback\n" + "\n".join(rows) + "\n"


def judged(text: str, *words: str) -> dict:
    result = run(text, *words)
    assert result.exit_code in {0, 1}, result.output
    (one,) = json.loads(result.stdout)
    return one


def test_a_faster_return_is_found_with_both_half_lives() -> None:
    found = judged(days_of((0.85, 0.4)))["recovery"]
    assert found["verdict"] == "faster"
    assert found["p_faster"] > 0.95
    assert found["half_life_after"] < found["half_life_before"]
    assert found["setbacks"] == [6, 6]
    assert found["cannot_judge"] is None


def test_too_few_setbacks_are_said_and_not_guessed_from() -> None:
    found = judged(days_of((0.85, 0.4), days=30))["recovery"]
    assert found["verdict"] == "too-early"
    assert found["p_faster"] is None
    assert found["cannot_judge"]


def test_a_lasting_rise_is_unusual_and_then_worth_talking_about() -> None:
    rng = np.random.default_rng(2)
    rows = [
        f"ana,{day},{np.clip(round(30 + 25 * (day > 80) + rng.normal(0, 6)), 0, 100):g}"
        for day in range(1, 111)
    ]
    found = judged("client,day,worry\n" + "\n".join(rows) + "\n")["early_warning"]
    stages = [one["stage"] for one in found]
    assert "talk-about-it" in stages
    assert min(one["day"] for one in found if one["stage"] == "talk-about-it") > 80
    assert {one["item"] for one in found} == {"worry"}


def test_findings_are_told_in_words_to_both() -> None:
    """Back sooner than before on the first item; nothing noted of the second but its answers."""
    one = judged(days_of((0.85, 0.4)))
    (said,) = (each for each in one["findings"] if each["signal"] == "faster-return")
    assert (said["item"], said["version"], said["verdict"]) == ("distress", 1, "better")
    for audience in ("client", "clinician"):
        assert set(said[audience]) == {"headline", "detail", "next_step", "how_we_know"}
    assert "let go of you sooner" in said["client"]["headline"]
    assert "probability" in said["clinician"]["headline"]
    rows = "\n".join(f"ana,{day},{2 + day % 3}" for day in range(1, 85))
    text = f"client,day,how_i_slept\n{rows}\n"
    (alike,) = judged(text, "--high", "10")["findings"]
    assert alike["signal"] == "days-alike"
    assert alike["client"]["headline"] == "Your how i slept answers show no large move so far."
    assert judged(text)["findings"] == []  # no least size is known for 0 to 100


def test_dates_are_named_as_dates_and_items_stand_apart() -> None:
    rows = [f"ana,2026-03-{day:02d},{30 + day % 3},{50 - day % 3}" for day in range(1, 32)]
    found = judged("client,date,worry,calm\n" + "\n".join(rows) + "\n")
    assert list(found["recovery_by_item"]) == ["worry", "calm"]
    assert found["check_ins"] == 31


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (",1,30,0", "client is empty"),
        ("ana,first,30,0", "not a whole number"),
        ("ana,1,many,0", "distress 'many' is not a number"),
        ("ana,1,130,0", "outside 0 to 100"),
        ("ana,1,30,maybe", "neither 1 nor 0"),
        ("ana,1,30,0,5", "more fields than the header"),
        (f"ana,{'9' * 24},30,0", "outside 0 to 100,000"),
    ],
)
def test_a_bad_row_is_named_and_the_others_are_judged(row: str, told: str) -> None:
    result = run(f"client,day,distress,setback\n{row}\nana,2,31,0\n")
    assert result.exit_code == 1
    assert "line 2" in result.output
    assert told in result.output


@pytest.mark.parametrize(
    ("text", "words", "told"),
    [
        ("client,distress\nana,3\n", [], "client, day or date"),
        ("client,day\nana,3\n", [], "no column holds an item"),
        ("client,day,distress\nana,1,3\n", ["--low", "9", "--high", "3"], "--low lies below"),
        ("client,day,distress\nana,1,3\n", ["--format", "table"], "--format json"),
    ],
)
def test_what_cannot_be_judged_at_all(text: str, words: list[str], told: str) -> None:
    result = run(text, *words)
    assert result.exit_code == 2
    assert told in result.output


def test_scores_or_check_ins_and_not_both() -> None:
    result = CliRunner().invoke(analyze, [])
    assert result.exit_code == 2
    assert "Give a file of SCORES" in result.output


def test_a_file_without_setbacks_is_told_so_and_not_that_there_are_few() -> None:
    rows = "\n".join(f"ana,{day},{40 + day % 7}" for day in range(1, 121))
    found = judged(f"client,day,distress\n{rows}\n")["recovery"]
    assert found["cannot_judge"].startswith("the file has no column setback")
    assert found["half_life_before"] is None


def test_a_day_and_a_date_of_one_client_are_not_put_in_order() -> None:
    text = "client,day,date,distress\nana,1,,40\nana,,2026-03-02,50\nben,,2026-03-02,50\n"
    result = run(text)
    assert result.exit_code == 1
    assert "line 3: one row of a client has a day, another a date" in result.output
    assert [one["check_ins"] for one in json.loads(result.stdout)] == [1, 1]


@pytest.mark.parametrize("zone", ["Z", "+00:00", "-0600"])
def test_a_moment_with_a_zone_names_no_day(zone: str) -> None:
    text = f"client,date,distress\nana,2026-03-04T01:00{zone},40\nana,2026-03-05T09:30,50\n"
    result = run(text)
    assert result.exit_code == 1
    assert "carries a time zone: write the day where the person was" in result.output


def test_a_scale_that_ends_at_ten_is_asked_about() -> None:
    text = "client,day,mood\n" + "".join(f"ana,{day},{day % 8}\n" for day in range(1, 20))
    assert "No score is above 10. If the scale ends there: --high 10." in run(text).output
    assert "No score" not in run(text, "--high", "10").output


def test_check_ins_that_never_move_hold_no_half_life() -> None:
    rows = "\n".join(f"ana,{day},40,{int(day % 10 == 5)}" for day in range(1, 121))
    found = judged(f"client,day,distress,setback\n{rows}\n")["recovery"]
    assert found["half_life_before"] is None
    assert found["cannot_judge"] == "all check-ins of one of the two periods are the same"


def test_a_file_of_another_country_parts_its_columns_by_semicolons() -> None:
    text = days_of((0.85, 0.4))
    assert judged("\ufeff" + text.replace(",", ";")) == judged(text)


def test_a_column_of_words_is_named_once_with_what_to_do() -> None:
    rows = "\n".join(f"ana,{day},40,a long day" for day in range(1, 121))
    result = run(f"client,day,distress,note\n{rows}\n")
    assert result.exit_code == 2
    assert "note 'a long day' is not a number" in result.output
    assert "Columns that hold no numbers are left out of the file." in result.output
    assert result.output.count("a long day") == 1
