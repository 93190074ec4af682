"""`waymark analyze`: what it answers, for whom it says nothing, and how it ends."""

import csv
import io
import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.needed import REFERENCE, beside
from waymark.interfaces.cli.analyst.commands.analyze import analyze

DATA = Path(__file__).parents[3] / "data"

HEAD = "client,instrument,date,score"
# S_diff of 10 clients made below is not needed: --sd 5 --reliability .68 gives 4, so 7.84 counts.
OWN = ("--reliability", ".68", "--sd", "5", "--better", "lower")


def run(text: str | bytes, *options: str) -> Result:
    data = text.encode() if isinstance(text, str) else text
    return CliRunner().invoke(analyze, ["-", *options], input=data)


def found(text: str | bytes, *options: str) -> list[dict]:
    result = run(text, "--format", "json", *options)
    assert result.exit_code in {0, 1}, result.output
    return json.loads(result.stdout)


def course(*scores: float, client: str = "ana", instrument: str = "phq-9") -> str:
    """Scores four weeks apart."""
    days = ["2026-01-05", "2026-02-02", "2026-03-02", "2026-03-30", "2026-04-27", "2026-05-25"]
    return "\n".join(
        f"{client},{instrument},{day},{score}" for day, score in zip(days, scores, strict=False)
    )


def file_of(*courses: str) -> str:
    return "\n".join([HEAD, *courses]) + "\n"


# The answer, with every documented field.


def test_every_field_of_a_result():
    assert found(file_of(course(18, 15, 12, 7))) == [
        {
            "client": "ana",
            "instrument": "phq-9",
            "n": 4,
            "first": 18,
            "last": 7,
            "change": -11,
            "rci": pytest.approx(-11 / (5.5 * 2**0.5 * 0.4), rel=1e-9),
            "reliable": True,
            "category": "recovered",
            "recovered": True,
            "reasons": [],
            "from": "2026-01-05",
            "to": "2026-03-30",
            "rule": "published",
            "threshold": 6,
            "cutoff": 10,
        }
    ]


@pytest.mark.parametrize(
    ("scores", "category", "recovered"),
    [
        ((18, 7), "recovered", True),
        ((16, 10), "improved", False),
        ((15, 10), "unchanged", False),
        ((9, 3), "improved", None),
        ((12, 18), "deteriorated", False),
        ((4, 12), "deteriorated", None),
    ],
)
def test_phq_9_is_judged_by_its_published_threshold(scores, category, recovered):
    (one,) = found(file_of(course(*scores)))
    assert (one["category"], one["recovered"]) == (category, recovered)


@pytest.mark.parametrize(
    ("instrument", "scores", "category"),
    [
        ("gad-7", (12, 8), "improved"),
        ("gad-7", (12, 7), "recovered"),
        ("gad-7", (12, 9), "unchanged"),
        ("pcl-5", (45, 35), "improved"),
        ("pcl-5", (45, 31), "recovered"),
    ],
)
def test_so_are_gad_7_and_pcl_5(instrument, scores, category):
    (one,) = found(file_of(course(*scores, instrument=instrument)))
    assert (one["category"], one["rule"]) == (category, "published")


def test_one_score_is_not_judged_and_says_why():
    (one,) = found(file_of(course(18)))
    assert (one["n"], one["first"], one["last"], one["change"]) == (1, 18, 18, None)
    assert (one["category"], one["reliable"], one["recovered"]) == ("not-judged", None, None)
    assert one["reasons"] == ["one-score"]


def test_an_instrument_without_a_known_error_is_not_judged_and_says_why():
    (one,) = found(file_of(course(20, 5, instrument="k6")))
    assert one["category"] == "not-judged"
    assert one["reasons"] == ["no-yardstick"]
    assert (one["rule"], one["threshold"]) == (None, None)


def test_scores_within_a_month_keep_their_label_and_carry_the_reason():
    text = f"{HEAD}\nana,phq-9,2026-01-05,18\nana,phq-9,2026-01-19,7\n"
    (one,) = found(text)
    assert one["category"] == "recovered"
    assert one["reasons"] == ["first-month"]


def test_session_numbers_order_a_course_too():
    text = "client,instrument,session,score\nana,phq-9,10,7\nana,phq-9,9,18\n"
    (one,) = found(text)
    assert (one["first"], one["last"], one["from"], one["to"]) == (18, 7, 9, 10)


def test_several_scores_of_one_day_count_as_their_mean():
    text = file_of(course(18, 7), "ana,phq-9,2026-01-05,10")
    (one,) = found(text)
    assert (one["first"], one["n"], one["category"]) == (14, 3, "recovered")
    assert "mean-of-moment" in one["reasons"]


def test_times_of_a_day_order_its_scores():
    text = f"{HEAD}\nana,phq-9,2026-01-05T18:00,7\nana,phq-9,2026-01-05T09:00,18\n"
    (one,) = found(text)
    assert (one["first"], one["last"]) == (18, 7)


def test_where_some_rows_lack_a_time_days_are_what_counts():
    text = (
        f"{HEAD}\nana,phq-9,2026-01-05T18:00,7\nana,phq-9,2026-01-05,18\nana,phq-9,2026-03-05,3\n"
    )
    (one,) = found(text)
    assert (one["first"], one["from"]) == (12.5, "2026-01-05")


def test_order_of_arrival_changes_nothing():
    rows = [course(18, 15, 7), course(4, 9, 12, client="ben"), course(12, 7, instrument="gad-7")]
    lines = "\n".join(rows).splitlines()
    expected = found(file_of(*rows))
    for turn in range(len(lines)):
        assert found(file_of(*lines[turn:], *lines[:turn][::-1])) == expected


def test_clients_stand_in_a_natural_order():
    text = file_of(course(1, client="10"), course(1, client="9"), course(1, client="Zoe"))
    assert [one["client"] for one in found(text)] == ["9", "10", "Zoe"]


@pytest.mark.parametrize("written", ["phq-9", "PHQ-9", "PHQ9", "phq_9", "phq-9/total"])
def test_an_instrument_is_known_however_it_is_written(written):
    (one,) = found(file_of(course(18, 7, instrument=written)))
    assert one["instrument"] == "phq-9"


def test_two_ways_of_writing_are_one_course():
    text = file_of(course(18, 15), "ana,PHQ9,2026-09-01,7")
    (one,) = found(text)
    assert (one["n"], one["category"]) == (3, "recovered")


def test_a_scale_of_an_instrument_with_several():
    (one,) = found(file_of(course(5, 1, instrument="phq-4/anxiety")))
    assert one["instrument"] == "phq-4/anxiety"
    result = run(file_of(course(5, 1, instrument="phq-4/joy")))
    assert "write phq-4/total or phq-4/anxiety" in result.stderr


# Measures that are not in the library.


def test_a_measure_of_ones_own_by_jacobson_truax():
    (one,) = found(file_of(course(30, 22, instrument="own")), *OWN)
    assert one["rci"] == pytest.approx(-2)
    assert one["threshold"] == pytest.approx(1.959964 * 4, abs=1e-5)
    assert (one["rule"], one["category"]) == ("jacobson-truax", "improved")
    assert (one["cutoff"], one["recovered"]) == (None, None)
    assert one["reasons"] == ["no-cutoff"]


@pytest.mark.parametrize(
    ("cutoff", "value"),
    [("25", 25), ("a", 20), ("b", 16), ("c", pytest.approx(18.75)), ("C", 18.75)],
)
def test_cutoffs_of_ones_own(cutoff, value):
    """Mean 30 and SD 5; norms 10 and 3: a = 30-10, b = 10+6, c = (5 x 10 + 3 x 30) / 8 = 17.5."""
    norms = ("--mean", "30", "--norm-mean", "10", "--norm-sd", "3")
    (one,) = found(file_of(course(30, 10, instrument="own")), *OWN, *norms, "--cutoff", cutoff)
    expected = 17.5 if cutoff.lower() == "c" else value
    assert one["cutoff"] == expected
    assert one["category"] == "recovered"


def test_norms_alone_give_cutoff_c():
    norms = ("--mean", "30", "--norm-mean", "10", "--norm-sd", "3")
    (one,) = found(file_of(course(30, 10, instrument="own")), *OWN, *norms)
    assert one["cutoff"] == 17.5


def test_a_score_on_a_cutoff_of_ones_own_is_on_neither_side():
    (one,) = found(file_of(course(30, 20, instrument="own")), *OWN, "--cutoff", "20")
    assert (one["category"], one["recovered"]) == ("improved", False)
    assert one["reasons"] == ["on-the-cutoff"]


def test_harmed_exists_under_jacobson_truax():
    (one,) = found(file_of(course(10, 30, instrument="own")), *OWN, "--cutoff", "20")
    assert one["category"] == "harmed"


def test_higher_can_be_better():
    better = ("--reliability", ".68", "--sd", "5", "--better", "higher", "--cutoff", "20")
    (one,) = found(file_of(course(10, 30, instrument="own")), *better)
    assert one["category"] == "recovered"


def test_mean_and_sd_come_from_the_first_scores_of_those_who_have_a_later_one():
    """First scores 20, 24, 28: SD 4, S_diff 4 x sqrt(2) x sqrt(1 - .5) = 4. Dee came once."""
    text = file_of(
        course(20, 10, client="ana", instrument="own"),
        course(24, 20, client="ben", instrument="own"),
        course(28, 20, client="cleo", instrument="own"),
        course(99, client="dee", instrument="own"),
    )
    results = found(text, "--reliability", ".5", "--better", "lower")
    assert [one["rci"] for one in results] == [
        pytest.approx(-2.5),
        pytest.approx(-1),
        pytest.approx(-2),
        None,
    ]


@pytest.mark.parametrize("others", [[], [course(20, 5, client="ben", instrument="own")]])
def test_where_the_file_gives_no_sd_nothing_is_judged(others):
    text = file_of(course(20, 10, instrument="own"), *others)
    results = found(text, "--reliability", ".5", "--better", "lower")
    assert {one["category"] for one in results} == {"not-judged"}
    assert all("no-yardstick" in one["reasons"] for one in results)


def test_each_measure_has_an_sd_of_its_own():
    text = file_of(
        *(course(score, 1, client=str(score), instrument="small") for score in (10, 11, 12)),
        *(course(score, 1, client=str(score), instrument="large") for score in (10, 20, 30)),
    )
    thresholds = {
        one["instrument"]: one["threshold"]
        for one in found(text, "--reliability", ".5", "--better", "lower")
    }
    assert thresholds["large"] == pytest.approx(10 * thresholds["small"])


def test_the_rule_can_be_asked_for():
    text = file_of(course(18, 12))
    assert found(text, "--rule", "published")[0]["category"] == "improved"
    (one,) = found(text, "--rule", "jacobson-truax")
    assert (one["rule"], one["category"]) == ("jacobson-truax", "unchanged")
    assert one["threshold"] == pytest.approx(1.959964 * 5.5 * 2**0.5 * 0.4, abs=1e-5)


def test_figures_replace_the_librarys_where_jacobson_truax_is_asked_for():
    text = file_of(course(18, 12))
    figures = ("--reliability", ".9", "--sd", "4", "--cutoff", "15")
    (one,) = found(text, "--rule", "jacobson-truax", *figures)
    assert (one["cutoff"], one["category"]) == (15, "recovered")


def test_figures_that_nothing_needs_are_said_to_be_unused():
    result = run(file_of(course(18, 12)), "--reliability", ".9")
    assert "not used" in result.stderr
    assert "not used" not in run(file_of(course(30, 12, instrument="own")), *OWN).stderr


def test_no_published_threshold_means_no_judgement_where_one_is_asked_for():
    text = file_of(course(20, 4, instrument="own"))
    (one,) = found(text, "--rule", "published", "--better", "lower")
    assert (one["category"], one["reasons"]) == ("not-judged", ["no-yardstick"])


# The reference data, where they lie beside the checkout.


def reshaped(name: str, outcome: str) -> str:
    path = REFERENCE / name
    with path.open(newline="") as file:
        rows = [row for row in csv.DictReader(file) if row[outcome]]
    session = {"pre": 1, "post": 2}
    lines = [f"{row['subject']},{outcome},{session[row['time']]},{row[outcome]}" for row in rows]
    return "\n".join(["client,instrument,session,score", *lines])


@beside("jacobson_1989.csv", instead="test_norms_and_a_cutoff_judge_as_worked_by_hand")
@pytest.mark.parametrize("cutoff", ["a", "c"])
@pytest.mark.parametrize("outcome", ["das", "gds"])
def test_the_example_of_jacobson_and_truax_comes_out_as_published(outcome, cutoff):
    text = reshaped("jacobson_1989.csv", outcome)
    known = json.loads((DATA / "clinsig_constants.json").read_text())[f"jacobson_{outcome}"]
    figures = [
        *("--reliability", str(known["reliability"]), "--better", known["better_is"]),
        *("--norm-mean", str(known["m_functional"]), "--norm-sd", str(known["sd_functional"])),
        *("--cutoff", cutoff),
    ]
    results = found(text, *figures)
    with (DATA / "clinsig_counts_jt.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            if (row["dataset"], row["approach"], row["cutoff"]) == (
                f"jacobson_{outcome}",
                "combined",
                cutoff,
            ):
                counted = sum(one["category"] == row["category"] for one in results)
                assert counted == int(row["n"])


@pytest.mark.parametrize(
    ("cutoff", "expected"),
    [
        # The five below have first scores with a mean of 40 and an SD of 10; reliability .75 makes
        # 13.859 points count; norms 19 (SD 5) make cut-off a 20, b 29, c 26.
        ("a", ["improved", "improved", "unchanged", "recovered", "deteriorated"]),
        ("b", ["recovered", "recovered", "unchanged", "recovered", "deteriorated"]),
        ("c", ["recovered", "improved", "unchanged", "recovered", "deteriorated"]),
    ],
)
def test_norms_and_a_cutoff_judge_as_worked_by_hand(cutoff: str, expected: list[str]) -> None:
    people = [(50, 25), (50, 28), (40, 27), (30, 10), (30, 44)]
    courses = [course(*two, client=f"c{n}", instrument="own") for n, two in enumerate(people)]
    figures = ("--reliability", ".75", "--better", "lower", "--cutoff", cutoff)
    norms = ("--norm-mean", "19", "--norm-sd", "5")
    results = found(file_of(*courses), *figures, *norms)
    assert [one["category"] for one in results] == expected


# NHS Talking Therapies.


def nhs_file() -> str:
    with (DATA / "nhs_truth_table_200.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    lines = [
        f"{place},{instrument},{session},{row[f'{name}_{end}']}"
        for place, row in enumerate(rows)
        for name, instrument in (("phq", "phq-9"), ("gad", "gad-7"))
        for session, end in ((1, "first"), (2, "last"))
    ]
    return "\n".join(["client,instrument,session,score", *lines])


def test_the_nhs_truth_table_agrees_on_every_row():
    results = found(nhs_file(), "--rule", "nhs")
    flags = {one["client"]: one for one in results if one["instrument"] == "nhs"}
    with (DATA / "nhs_truth_table_200.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(flags) == len(rows) == 200
    for place, row in enumerate(rows):
        one = flags[str(place)]
        assert {name: str(one[name]).upper() for name in row} == row
        assert one["reasons"] == []


def test_the_nhs_object_stands_after_the_clients_results():
    results = found(nhs_file(), "--rule", "nhs")
    assert [one["instrument"] for one in results[:3]] == ["gad-7", "phq-9", "nhs"]
    assert len(results) == 600


def test_a_client_without_a_pair_has_no_flags_and_the_reason():
    text = file_of(course(18, 7), course(12, instrument="gad-7"))
    nhs = found(text, "--rule", "nhs")[-1]
    assert (nhs["phq_first"], nhs["phq_last"], nhs["gad_first"]) == (18, 7, None)
    assert nhs["recovery"] is None
    assert nhs["reasons"] == ["no-pair-gad-7"]


def test_only_the_nhs_rule_adds_the_object():
    assert all(one["instrument"] != "nhs" for one in found(nhs_file()))


def test_the_table_gives_the_nhs_rates_with_their_denominators():
    text = file_of(
        course(18, 7, client="1"), course(14, 5, client="1", instrument="gad-7"),
        course(5, 5, client="2"), course(5, 5, client="2", instrument="gad-7"),
        course(18, client="3"),
    )  # fmt: skip
    table = run(text, "--rule", "nhs").stdout
    assert "nhs: 3 courses, 2 not known to be below caseness" in table
    assert "nhs: reliable improvement 1 of 3, 33.3%" in table
    assert "nhs: reliable recovery 1 of 2, 50.0%" in table


def test_rates_of_nobody_are_not_invented():
    table = run(file_of(course(5, 5), course(5, 5, instrument="gad-7")), "--rule", "nhs").stdout
    assert "nhs: recovery 0 of 0, -" in table


# Other forms of output.


def test_the_table_is_for_reading():
    lines = run(file_of(course(18, 7), course(14, 13, client="ben"))).stdout.splitlines()
    assert lines[0].split() == [
        "client", "instrument", "n", "first", "last", "change", "category", "recovered", "reasons",
    ]  # fmt: skip
    assert lines[1].split() == ["ana", "phq-9", "2", "18", "7", "-11", "recovered", "true"]
    assert lines[-1] == (
        "phq-9: 2 clients, 2 judged: 1 recovered, 0 improved, 1 unchanged, 0 deteriorated, 0 harmed"
    )


def test_one_client_is_not_told_in_the_plural():
    assert "phq-9: 1 client, 1 judged" in run(file_of(course(18, 7))).stdout


def test_csv_keeps_the_other_columns_from_the_row_of_the_last_score():
    text = "site,client,instrument,date,score,n\nnorth,ana,phq-9,2026-01-05,18,x\n"
    text += "south,ana,phq-9,2026-03-05,7,y\n"
    (row,) = csv.DictReader(io.StringIO(run(text, "--format", "csv").stdout))
    assert (row["site"], row["in_n"], row["n"]) == ("south", "y", "2")
    assert (row["recovered"], row["reliable"], row["reasons"]) == ("true", "true", "")


@pytest.mark.parametrize("cell", ["=cmd|' /C calc'!A0", "+1", "-x", "@SUM(A1)", "+1-312 555"])
def test_no_cell_of_csv_is_a_formula_for_a_spreadsheet(cell: str):
    """What stands in somebody's file must not run in a colleague's; numbers stay numbers."""
    text = f'client,instrument,date,score,{cell},note\n"{cell}",phq-9,2026-01-05,18,1,"{cell}"\n'
    text += f'"{cell}",phq-9,2026-03-05,7,-5,"{cell}"\n'
    written = run(text, "--format", "csv").stdout
    (row,) = csv.DictReader(io.StringIO(written))
    tame = cell if cell == "+1" else f"'{cell}"
    assert (row["client"], row["note"]) == (tame, tame)
    assert (row[tame.lower()], row["change"]) == ("-5", "-11")


def test_csv_holds_the_nhs_flags_in_rows_of_their_own():
    text = file_of(course(18, 7), course(14, 5, instrument="gad-7"))
    rows = list(csv.DictReader(io.StringIO(run(text, "--format", "csv", "--rule", "nhs").stdout)))
    assert [row["instrument"] for row in rows] == ["gad-7", "phq-9", "nhs"]
    assert rows[2]["reliable_recovery"] == "true"
    assert "recovery" not in run(text, "--format", "csv").stdout.splitlines()[0]


def test_a_terminal_does_not_act_on_what_stands_in_a_file():
    result = run(file_of(course(18, 7, client="\x1b[31mana")))
    assert "\x1b" not in result.stdout
    assert "\x1b" not in run(file_of("\x1b[31mana,phq-9,2026-01-05,99")).stderr


# Files.


def test_output_goes_to_a_file_that_only_its_owner_reads(tmp_path):
    scores = tmp_path / "scores.csv"
    scores.write_text(file_of(course(18, 7)))
    out = tmp_path / "out.json"
    result = CliRunner().invoke(analyze, [str(scores), "--format", "json", "-o", str(out)])
    assert (result.exit_code, result.stdout) == (0, "")
    assert json.loads(out.read_text())[0]["category"] == "recovered"
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.json", "scores.csv"]


def test_an_existing_file_keeps_its_mode(tmp_path):
    out = tmp_path / "out.json"
    out.write_text("old")
    out.chmod(0o640)
    assert run(file_of(course(18, 7)), "--format", "json", "-o", str(out)).exit_code == 0
    assert stat.S_IMODE(out.stat().st_mode) == 0o640
    assert out.read_text().startswith("[")


def test_a_link_is_followed_and_stays_a_link(tmp_path):
    real, link = tmp_path / "real.json", tmp_path / "link.json"
    real.write_text("old")
    link.symlink_to(real)
    run(file_of(course(18, 7)), "--format", "json", "-o", str(link))
    assert link.is_symlink()
    assert real.read_text().startswith("[")


def test_what_fails_half_way_leaves_the_old_file_and_nothing_beside_it(tmp_path, monkeypatch):
    out = tmp_path / "out.json"
    out.write_text("old")

    def refuse(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)
    result = run(file_of(course(18, 7)), "-o", str(out))
    assert result.exit_code == 2
    assert "No space left on device" in result.stderr
    assert out.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["out.json"]


def test_output_can_be_a_pipe():
    command = [
        sys.executable,
        "-c",
        "from waymark.interfaces.cli.analyst.commands.analyze import analyze; analyze()",
    ]
    done = subprocess.run(
        [*command, "-", "--format", "json", "-o", "/dev/stdout"],
        input=file_of(course(18, 7)), capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert json.loads(done.stdout)[0]["category"] == "recovered"


def test_a_device_is_written_to_and_stays_a_device():
    assert run(file_of(course(18, 7)), "-o", "/dev/null").exit_code == 0
    assert Path("/dev/null").is_char_device()


def test_a_folder_that_is_not_there_is_named(tmp_path):
    result = run(file_of(course(18, 7)), "-o", str(tmp_path / "no" / "out.json"))
    assert result.exit_code == 2
    assert "does not exist" in result.stderr


def test_the_scores_are_never_overwritten(tmp_path):
    scores = tmp_path / "scores.csv"
    scores.write_text(file_of(course(18, 7)))
    result = CliRunner().invoke(analyze, [str(scores), "-o", str(scores)])
    assert result.exit_code == 2
    assert scores.read_text().startswith(HEAD)


def test_a_missing_file_is_named():
    result = CliRunner().invoke(analyze, ["nowhere.csv"])
    assert result.exit_code == 2
    assert "nowhere.csv" in result.stderr


def test_no_settings_and_no_database_are_needed(tmp_path):
    scores = tmp_path / "scores.csv"
    scores.write_text(file_of(course(18, 7)))
    command = "from waymark.interfaces.cli.analyst.commands.analyze import analyze; analyze()"
    bare = {"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-c", command, str(scores), "--format", "html"],
        capture_output=True, text=True, env=bare, check=True,
    )  # fmt: skip
    assert done.stdout.startswith("<!doctype html>")


# Options that cannot be followed.


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--reliability", "1.2"), "between 0 and 1"),
        (("--reliability", "1"), "between 0 and 1"),
        (("--sd", "0"), "between 0 and inf"),
        (("--sd", "five"), "not a number"),
        (("--mean", "nan"), "does not lie"),
        (("--cutoff", "d"), "not a number, nor one of the letters a, b, c"),
        (("--better", "up"), "lower"),
        (("--rule", "mine"), "published"),
    ],
)
def test_an_option_that_means_nothing_is_refused(options, said):
    result = run(file_of(course(18, 7)), *options)
    assert result.exit_code == 2
    assert said in result.stderr


@pytest.mark.parametrize(
    ("cutoff", "given", "said"),
    [
        ("a", (), "needs --mean"),
        ("b", (), "needs --norm-mean and --norm-sd"),
        ("b", ("--norm-mean", "10"), "needs --norm-sd"),
        ("c", ("--mean", "30"), "needs --norm-mean and --norm-sd"),
    ],
)
def test_a_cutoff_names_the_figures_it_lacks(cutoff, given, said):
    result = run(file_of(course(30, instrument="own")), *OWN, "--cutoff", cutoff, *given)
    assert result.exit_code == 2
    assert said in result.stderr
