"""`analyze --signals all`, `fit-course`, `sudden-gains`, `simulate`, `validate`: typed and read."""

import csv
import io
import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from waymark.interfaces.cli.analyst.commands.analyze import analyze
from waymark.interfaces.cli.analyst.commands.fit_course import fit_course
from waymark.interfaces.cli.analyst.commands.simulate import simulate
from waymark.interfaces.cli.analyst.commands.sudden_gains import sudden_gains
from waymark.interfaces.cli.analyst.commands.validate import validate
from waymark.interfaces.cli.main import main

HEAD = "client,instrument,session,score"


def file_of(**courses: str) -> str:
    """``ana="18 17 . 9"``: one score a session, a dot is a missed one."""
    rows = [
        f"{client},phq-9,{session},{score}"
        for client, drawn in courses.items()
        for session, score in enumerate(drawn.split(), 1)
        if score != "."
    ]
    return "\n".join([HEAD, *rows]) + "\n"


def judged(text: str, *options: str) -> list[dict]:
    words = ["-", "--signals", "all", "--format", "json", *options]
    result = CliRunner().invoke(analyze, words, input=text.encode())
    assert result.exit_code in {0, 1}, result.output
    return json.loads(result.stdout)


@pytest.fixture(scope="module")
def episodes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("scores") / "episodes.csv"
    CliRunner().invoke(simulate, ["episodes", "--people", "400", "-o", str(path)])
    return path


@pytest.fixture(scope="module")
def course(episodes: Path) -> Path:
    path = episodes.parent / "course.json"
    result = CliRunner().invoke(fit_course, [str(episodes), "-o", str(path)])
    assert result.exit_code == 0, result.output
    assert "80 clients were left out of the fit" in result.output
    return path


# Every documented field


def test_every_field_of_a_judged_course() -> None:
    (one,) = judged(file_of(ana="18 19 17 18 19 9 8 9 8 10 9 8"))
    assert set(one["change"]) == {"mean", "sd", "p_improved", "p_worse", "verdict", "observed"}
    assert one["change"]["verdict"] == "improved"
    assert one["change"]["observed"] == -10
    assert [step["session"] for step in one["change_by_session"]] == list(range(1, 13))
    assert one["change_by_session"][0]["verdict"] == "too-early"
    assert {key: one["change"][key] for key in ("mean", "sd")} == {
        key: one["change_by_session"][-1][key] for key in ("mean", "sd")
    }
    assert one["shift"]["when"] == 6
    assert one["shift"]["interval"] == [6, 6]
    assert -11 < one["shift"]["size"] < -8
    assert one["shift"]["p_shift"] > 0.9
    assert one["sudden_gains"] == [{"session": 5, "size": 10, "reversed": False}]
    assert one["cannot_judge"] == {}
    assert set(one["on_track"][0]) == {
        "session", "calibrated", "p_deterioration", "p_reliable_improvement", "band80", "band90",
        "off_track", "late_responder",
    }  # fmt: skip
    assert "not calibrated here" in one["course"]


def test_what_is_said_of_a_session_does_not_know_the_next() -> None:
    (whole,) = judged(file_of(ana="14 15 17 18 2 1"))
    (part,) = judged(file_of(ana="14 15 17 18"))
    assert whole["change_by_session"][:4] == part["change_by_session"]
    assert whole["on_track"][:4] == part["on_track"]


def test_a_missed_session_is_a_gap_for_gains_and_none_for_the_belief() -> None:
    (one,) = judged(file_of(ana="20 20 . 11 10 10"))
    assert one["sudden_gains"] == []
    assert [step["session"] for step in one["change_by_session"]] == [1, 2, 4, 5, 6]


@pytest.mark.parametrize(
    ("drawn", "asked"),
    [
        ("18 9 . 8", False),
        ("18 . 17 . 9 . 8", False),  # every other session: never two within three
        ("18 . 17 16 . 8", True),
        ("18 17 16 15", True),
    ],
)
def test_gains_that_cannot_be_asked_for_are_said_to_be(drawn: str, asked: bool) -> None:
    (one,) = judged(file_of(ana=drawn))
    assert one["sudden_gains"] == []
    assert ("no interval can be asked" in one["cannot_judge"].get("sudden_gains", "")) is not asked


def test_beyond_session_30_nothing_is_expected() -> None:
    (one,) = judged(file_of(ana="18 17 16 " * 15))
    assert [line["session"] for line in one["on_track"]] == list(range(1, 31))
    assert one["cannot_judge"]["on_track"] == "beyond session 30 nothing is expected"


def test_days_count_as_weeks_and_are_named_as_they_stand() -> None:
    text = (
        "client,instrument,date,score\n"
        "ana,phq-9,2026-01-05,18\nana,phq-9,2026-01-12,17\nana,phq-9,2026-03-09,8\n"
        "ana,phq-9,2026-03-16,8\nana,phq-9,2026-03-23,7\n"
    )
    (one,) = judged(text)
    assert one["change_by_session"][1]["session"] == "2026-01-12"
    assert [line["session"] for line in one["on_track"]] == [1, 2, 10, 11, 12]
    assert one["sudden_gains"] == []  # 17 and 8 lie eight weeks apart
    (near,) = judged(text.replace("-03-", "-02-"))  # four weeks exactly
    assert [gain["size"] for gain in near["sudden_gains"]] == [9]
    (late,) = judged(text.replace("03-23", "08-23"))
    assert [line["session"] for line in late["on_track"]] == [1, 2, 10, 11]
    assert late["cannot_judge"]["on_track"] == "beyond week 30 nothing is expected"


@pytest.mark.parametrize("drawn", ["14", "14 14 14 14 14 14", ". 9 . . 12"])
def test_little_or_constant_is_judged_with_care(drawn: str) -> None:
    (one,) = judged(file_of(ana=drawn))
    assert one["change"]["verdict"] in {"too-early", "no-change"}


def test_a_thousand_scores_of_one_client_have_outgrown_the_belief() -> None:
    rows = "\n".join(f"ana,phq-9,{n},{10 + n % 3}" for n in range(1, 1001))
    (one,) = judged(f"{HEAD}\n{rows}\n")
    assert one["change_by_session"] is None
    assert (one["change"]["mean"], one["change"]["verdict"]) == (None, "too-early")
    assert "more than 120 scores" in one["cannot_judge"]["change"]


def test_of_a_hundred_scores_some_in_between_are_left_out() -> None:
    rows = "\n".join(f"ana,phq-9,{n},{10 + n % 3}" for n in range(1, 101))
    (one,) = judged(f"{HEAD}\n{rows}\n")
    named = [line["session"] for line in one["change_by_session"]]
    assert (len(named), named[:20], named[-20:]) == (60, [*range(1, 21)], [*range(81, 101)])
    assert one["change"]["verdict"] == "no-change"


def test_a_measure_without_an_error_says_what_cannot_be_judged() -> None:
    (one,) = judged("client,instrument,session,score\nana,k10,1,30\nana,k10,2,20\n")
    assert one["change"] is None
    assert one["cannot_judge"] == {
        "change": "no measurement error is known",
        "on_track": "no expected course: make one with `waymark fit-course`, give --course",
        "sudden_gains": "no reliable change is known",
    }


def test_a_measure_of_ones_own_is_judged_by_its_figures() -> None:
    rows = "\n".join(
        f"{client},mood,{n},{score}"
        for client, drawn in (
            ("ana", "40 42 47 51 55 58 60 61"),
            ("eli", "44 41 43 45 44 42 44 43"),
        )
        for n, score in enumerate(drawn.split(), 1)
    )
    options = ("--reliability", ".9", "--better", "higher", "--mean", "42", "--sd", "8")
    ana, eli = judged(f"{HEAD}\n{rows}\n", *options)
    assert ana["change"]["verdict"] == "improved"
    assert ana["change"]["mean"] > 10
    assert eli["change"]["verdict"] == "no-change"


# A course of one's own


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"noise": 10**400}, "noise must lie within a million of 0"),
        ({"noise": 5e-324}, "noise must lie above 0"),
        ({"beta": [1e308, 0]}, "beta must lie within a million of 0"),
        ({"cov": [-1, 0, -1]}, "cov is no covariance"),
        ({"cov": [1, 5, 1]}, "cov is no covariance"),
        ({"low": 27, "high": 0}, "low must lie below its high"),
        ({"thresholds": [5, -5]}, "thresholds must lie between 0 and 1"),
        (
            {"stopping": {"weights": [0, 0, 0, 0], "first": 3, "longest": 10**5, "middle": 10}},
            "1000",
        ),
    ],
)
def test_figures_that_no_fit_gave_are_refused(
    course: Path, tmp_path: Path, given: dict, told: str
) -> None:
    path = tmp_path / "course.json"
    path.write_text(json.dumps({**json.loads(course.read_text()), **given}))
    words = ["-", "--signals", "all", "--format", "json", "--course", str(path)]
    result = CliRunner().invoke(analyze, words, input=file_of(ana="9 8").encode())
    assert result.exit_code == 2
    assert told in result.output


def test_lists_without_an_end_are_no_course(tmp_path: Path) -> None:
    path = tmp_path / "course.json"
    path.write_text("[" * 200_000)
    words = ["-", "--signals", "all", "--format", "json", "--course", str(path)]
    result = CliRunner().invoke(analyze, words, input=file_of(ana="9 8").encode())
    assert result.exit_code == 2
    assert "too many to be a course" in result.output


def test_a_fitted_course_replaces_the_cold_start(course: Path) -> None:
    (one,) = judged(file_of(ana="14 15 17 18 19"), "--course", str(course))
    assert one["course"] == "fitted on 400 finished episodes"
    assert one["on_track"][-1]["off_track"] is True


@pytest.mark.parametrize(
    ("held", "told"),
    [
        ("{}", "no expected course"),
        ("[]", "no expected course"),
        ("nonsense", "Expecting value"),
        ('{"kind": "waymark expected course", "version": 2}', "version 2"),
        ('{"kind": "waymark expected course", "version": 1}', "lacks"),
    ],
)
def test_a_file_that_holds_no_course_is_refused(tmp_path: Path, held: str, told: str) -> None:
    path = tmp_path / "course.json"
    path.write_text(held)
    words = ["-", "--signals", "all", "--format", "json", "--course", str(path)]
    result = CliRunner().invoke(analyze, words, input=file_of(ana="9 8").encode())
    assert result.exit_code == 2
    assert told in result.output


@pytest.mark.parametrize(
    ("field", "value"),
    [("noise", 0), ("beta", [1]), ("beta", "x"), ("low", None), ("stopping", {}),
     ("width80", {"lines": [1, 2], "by_session": []}), ("worth", {"clients": 3})],
)  # fmt: skip
def test_a_spoiled_course_names_its_field(
    course: Path, tmp_path: Path, field: str, value: object
) -> None:
    held = {**json.loads(course.read_text()), field: value}
    path = tmp_path / "spoiled.json"
    path.write_text(json.dumps(held))
    words = ["-", "--signals", "all", "--format", "json", "--course", str(path)]
    result = CliRunner().invoke(analyze, words, input=file_of(ana="9 8").encode())
    assert result.exit_code == 2
    assert field in result.output


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--signals", "all"], "--format json"),
        (["--course", "{course}"], "--signals all"),
        (["--signals", "some"], "Invalid value"),
    ],
)
def test_options_that_do_not_go_together(course: Path, words: list[str], told: str) -> None:
    words = [word.format(course=course) for word in words]
    result = CliRunner().invoke(analyze, ["-", *words], input=file_of(ana="9 8").encode())
    assert result.exit_code == 2
    assert told in result.output


def test_too_few_episodes_are_refused_and_leave_no_file(tmp_path: Path) -> None:
    scores, out = tmp_path / "few.csv", tmp_path / "course.json"
    scores.write_text(file_of(ana="14 12 9", eli="12 12"))
    result = CliRunner().invoke(fit_course, [str(scores), "-o", str(out)])
    assert result.exit_code == 2
    assert "at least 200 finished episodes" in result.output
    assert not out.exists()


# Sudden gains


def gains(text: str, *options: str) -> Result:
    return CliRunner().invoke(sudden_gains, ["-", *options], input=text.encode())


def test_sudden_gains_of_a_file() -> None:
    text = file_of(ana="20 21 20 11 10 11", eli="14 13 12 11 10")
    result = gains(text, "--cutoff", "6", "--format", "json")
    assert json.loads(result.stdout) == [
        {"client": "ana", "instrument": "phq-9", "session": 3, "size": 9, "reversed": False}
    ]
    assert "1 found; 5 of 5 intervals" in gains(text, "--cutoff", "6").output


def test_with_an_intake_the_first_session_is_asked_too() -> None:
    text = file_of(ana="20 20 10 10 10")
    result = gains(text, "--cutoff", "6", "--baseline", "--format", "csv")
    (row,) = csv.DictReader(io.StringIO(result.output))
    assert row["session"] == "1"


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--cutoff", "0"], "cut-off"),
        (["--cutoff", "6", "--criteria", "1,9"], "criteria"),
        (["--cutoff", "6", "--criteria", "one"], "--criteria one"),
        ([], "--cutoff"),
    ],
)
def test_bad_options_of_sudden_gains(options: list[str], told: str) -> None:
    result = gains(file_of(ana="9 8"), *options)
    assert result.exit_code == 2
    assert told in result.output


# Simulated people, and the judgements tried on them


def test_the_same_seed_draws_the_same_people() -> None:
    words = ["sessions", "--people", "5", "--seed", "3", "--truth"]
    first, again = (CliRunner().invoke(simulate, words).output for _ in range(2))
    assert first == again
    rows = list(csv.DictReader(io.StringIO(first)))
    assert {row["client"] for row in rows} == {"1", "2", "3", "4", "5"}
    assert all(0 <= float(row["score"]) <= 27 for row in rows)
    assert set(rows[0]) >= {"true_level", "pattern", "shift_at"}


def test_an_unknown_population_is_named() -> None:
    result = CliRunner().invoke(simulate, ["nobody"])
    assert result.exit_code == 2
    assert "no-change, " in result.output


def test_a_validation_prints_its_figures_beside_the_simple_rule() -> None:
    result = CliRunner().invoke(validate, ["shift", "--people", "400", "--seed", "2"])
    assert "found, of sudden gains" in result.output
    assert "simple rule" in result.output
    assert "published .604" in result.output


def test_a_missed_target_is_said_and_ends_with_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """The planted fault: a shift is called one on any suspicion."""
    monkeypatch.setattr("waymark.progress.change.belief.SHIFT", 0.01)
    words = ["shift", "--people", "400", "--seed", "2", "--format", "json"]
    result = CliRunner().invoke(validate, words)
    assert result.exit_code == 1
    rows = json.loads(result.stdout)
    missed = [row["figure"] for row in rows if row["met"] is False]
    assert "found, of gradual courses" in missed
    assert {"value", "low", "high", "of", "target", "simple_rule", "published"} <= set(rows[0])
    assert all(row["why"] for row in rows if row["met"] is False)
    assert not any(row["why"] for row in rows if row["met"] is not False)


def test_seeds_are_decided_on_together() -> None:
    words = ["shift", "--people", "400", "--seed", "2", "--seed", "3", "--format", "json"]
    rows = json.loads(CliRunner().invoke(validate, words).stdout)
    counts = {row["seed"]: row["of"] for row in rows if row["figure"] == "found, of sudden gains"}
    assert counts[None] == counts[2] + counts[3]


def test_an_arm_too_small_to_decide_says_so() -> None:
    words = ["shift", "--people", "400", "--seed", "2"]
    assert "of 2,000, so far met" in CliRunner().invoke(validate, words).output
    page = CliRunner().invoke(validate, [*words, "--format", "markdown"]).output
    assert "*few*" in page


def test_the_page_of_a_validation_holds_its_populations() -> None:
    words = ["shift", "--people", "400", "--seed", "1", "--seed", "2", "--format", "markdown"]
    page = CliRunner().invoke(validate, words).output
    assert "| seed 1 | seed 2 |" in page
    assert "## The simulated people" in page


def test_an_unknown_validation_is_named() -> None:
    result = CliRunner().invoke(validate, ["luck"])
    assert result.exit_code == 2
    assert "change" in result.output


def test_commands_with_a_hyphen_are_found() -> None:
    for name in ("fit-course", "sudden-gains"):
        result = CliRunner().invoke(main, [name, "--help"])
        assert result.exit_code == 0, result.output
        assert "SCORES" in result.output


# What an analyst might do by mistake


def test_the_library_knows_which_way_is_better(tmp_path: Path) -> None:
    """WHO-5 rises from 20 to 90 for b, and falls for d: the gain is b's."""
    path = tmp_path / "who.csv"
    rows = [("b", (20, 20, 90, 90)), ("d", (90, 90, 20, 20))]
    lines = [f"{c},who-5,{n},{y}" for c, course in rows for n, y in enumerate(course, 1)]
    path.write_text("client,instrument,session,score\n" + "\n".join(lines) + "\n")
    run = [str(path), "--cutoff", "20", "--format", "json"]
    found = json.loads(CliRunner().invoke(sudden_gains, run).stdout)
    assert [one["client"] for one in found] == ["b"]
    against = CliRunner().invoke(sudden_gains, [*run, "--better", "lower"])
    assert against.exit_code == 2
    assert "of who-5, higher is better" in against.output
    path.write_text(path.read_text().replace("who-5", "own-scale"))
    unknown = CliRunner().invoke(sudden_gains, run)
    assert unknown.exit_code == 2
    assert "say with --better which way is better" in unknown.output


@pytest.mark.parametrize(
    ("command", "words"),
    [(fit_course, ["{0}", "-o", "{0}"]), (sudden_gains, ["{0}", "--cutoff", "6", "-o", "{0}"])],
)
def test_what_is_read_is_not_written_over(
    episodes: Path, tmp_path: Path, command: click.Command, words: list[str]
) -> None:
    mine = tmp_path / "mine.csv"
    mine.write_bytes(episodes.read_bytes())
    result = CliRunner().invoke(command, [one.format(mine) for one in words])
    assert result.exit_code == 2
    assert "that is the file that is read" in result.output
    assert mine.read_bytes() == episodes.read_bytes()


@pytest.mark.parametrize("name", ["nosuch/x.csv", "x" * 300])
def test_a_place_that_cannot_be_written_is_named_before_the_work(tmp_path: Path, name: str) -> None:
    for command, words in ((simulate, ["no-change"]), (validate, ["change", "--people", "400"])):
        result = CliRunner().invoke(command, [*words, "-o", str(tmp_path / name)])
        assert result.exit_code == 2
        assert "--output" in result.output


def test_scores_are_drawn_for_scales_that_they_fit() -> None:
    result = CliRunner().invoke(simulate, ["no-change", "--people", "3", "--instrument", "who-5"])
    assert result.exit_code == 2
    assert "run from 0 to 27" in result.output


def test_a_session_0_leaves_missed_sessions_missed() -> None:
    """Sessions 0, 1, 2 and 4, 5, 6: the fall lies across the missed third."""
    drawn = zip((0, 1, 2, 4, 5, 6), (20, 20, 20, 8, 8, 8), strict=True)
    rows = "\n".join(f"ana,phq-9,{session},{score}" for session, score in drawn)
    (one,) = judged(f"{HEAD}\n{rows}\n")
    assert one["sudden_gains"] == []


def test_sessions_are_called_as_the_file_numbers_them() -> None:
    rows = "\n".join(f"ana,phq-9,{n},{18 - n}" for n in range(5))
    (one,) = judged(f"{HEAD}\n{rows}\n")
    assert [line["session"] for line in one["on_track"]] == [0, 1, 2, 3, 4]
    assert [line["session"] for line in one["change_by_session"]] == [0, 1, 2, 3, 4]
