"""`waymark cohort`: one command from a file to a report that a service manager understands."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner, Result

from waymark.interfaces.cli.analyst.commands.cohort import cohort
from waymark.interfaces.cli.analyst.commands.simulate import simulate


@pytest.fixture(scope="module")
def extract(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """500 simulated clients; every third at the south site, two at a tiny one."""
    path = tmp_path_factory.mktemp("cohort") / "extract.csv"
    drawn = CliRunner().invoke(simulate, ["episodes", "--people", "500", "--seed", "4"]).output
    head, *rows = drawn.strip().splitlines()
    lines = [f"{head},site,part,status"]
    for row in rows:
        client = int(row.split(",")[0])
        site = "tiny" if client < 3 else "south" if client % 3 == 0 else "north"
        lines.append(f"{row},{site},{client % 2 + 1},{'dropout' if client % 5 == 0 else 'planned'}")
    path.write_text("\n".join(lines) + "\n")
    return path


def test_nothing_heavy_is_loaded_to_count() -> None:
    """SciPy alone would cost more than counting ten thousand clients."""
    told = "import sys, waymark.interfaces.cli.analyst.commands.cohort; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", told], capture_output=True, check=True, text=True
    )
    names = set(loaded.stdout.split())
    assert "waymark.cohort.engines.fused" in names
    assert not names & {"scipy", "pyspark", "pandas", "pyarrow", "waymark.record"}


def run(*words: object) -> Result:
    return CliRunner().invoke(cohort, [str(word) for word in words])


def test_the_table_has_every_measure_and_the_sessions(extract: Path) -> None:
    text = run(extract).output
    for title in ("Recovery", "Reliable improvement", "Response", "Remission", "A sudden gain"):
        assert f"  {title}: " in text
    assert "Reliable improvement by session: 0% by 1" in text
    assert "rounded to five" in text


def test_exact_totals_are_exact_and_groups_never(extract: Path) -> None:
    found = json.loads(run(extract, "--exact", "--by", "site", "--format", "json").output)
    (phq,) = found["instruments"]
    completion = next(one for one in phq["measures"] if one["measure"] == "completion")
    assert (completion["hits"], completion["of"]) == (500, 500)
    groups = completion["groups"]
    assert groups["tiny"]["withheld"]
    assert all(one["hits"] % 5 == 0 for one in groups.values() if not one["withheld"])


def measures(*words: object) -> dict[str, dict]:
    found = json.loads(run(*words, "--format", "json").output)
    return {one["measure"]: one for one in found["instruments"][0]["measures"]}


def test_no_withheld_site_is_what_is_left_of_an_exact_total(extract: Path) -> None:
    """Tiny has two clients; all the others together, taken from the total, leave another site."""
    for id, one in measures(extract, "--exact", "--by", "site").items():
        withheld = [name for name, share in one["groups"].items() if share["withheld"]]
        assert len(withheld) != 1, id
        assert "tiny" in withheld


def test_what_is_worked_out_of_hidden_counts_is_rounded_and_beside_its_group(
    mixed: Path,
) -> None:
    for one in measures(mixed, "--exact", "--by", "site").values():
        shown = {name for name, share in one["groups"].items() if not share["withheld"]}
        assert set(one["funnel"]) <= shown
        for stands in one["funnel"].values():
            expected = stands["expected"]
            assert expected["withheld"] or (expected["hits"] % 5, expected["of"] % 5) == (0, 0)


def test_no_small_count_is_read_off_the_shares_by_session(mixed: Path) -> None:
    """Times the number of courses they are multiples of five, none of them between one and nine."""
    (phq,) = json.loads(run(mixed, "--format", "json").output)["instruments"]
    assert len(phq["by_session"]) > 5
    for one in phq["by_session"]:
        for name in ("improved", "ended_without"):
            count = one[name] * phq["courses"]
            assert count == pytest.approx(5 * round(count / 5), abs=0.1)
            assert not 1 <= round(count) < 10


def test_a_gap_says_no_more_than_the_shares_it_lies_between(mixed: Path) -> None:
    compared = 0
    for one in measures(mixed, "--by", "part").values():
        if one["gap"]:
            high, low = (one["groups"][name]["value"] for name in one["gap"]["between"])
            assert one["gap"]["difference"] == pytest.approx(high - low, abs=1.1e-4)
            adjusted = one["adjusted_gap"]
            assert adjusted is None or round(100 * adjusted["difference"], 6).is_integer()
            compared += adjusted is not None
    assert compared


def test_one_client_of_a_band_moves_nothing_that_is_shown(tmp_path: Path) -> None:
    """Differencing: one client alone in a band of first scores, recovered or not. (Rounding draws
    lines, and one client may cross any of them: not these counts.)"""
    pages = []
    for last in (4, 26):
        rows = [
            f"{n},phq-9,{s},{y},{'a' if n % 2 else 'b'}"
            for n in range(196)
            for s, y in ((1, 12), (2, 4 if n % 3 else 12))
        ]
        rows += ["900,phq-9,1,27,a", f"900,phq-9,2,{last},a"]
        path = tmp_path / f"extract-{last}.csv"
        path.write_text("client,instrument,session,score,site\n" + "\n".join(rows) + "\n")
        found = json.loads(run(path, "--by", "site", "--format", "json").output)
        told = found["instruments"][0]["measures"]
        pages.append([(one["groups"], one["funnel"]) for one in told])
    assert pages[0] == pages[1]


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """1,500 simulated clients: those who begin high go to the west site, a few to a tiny one."""
    path = tmp_path_factory.mktemp("mixed") / "extract.csv"
    drawn = CliRunner().invoke(simulate, ["episodes", "--people", "1500", "--seed", "5"]).output
    head, *rows = drawn.strip().splitlines()
    first: dict[str, int] = {}
    for row in rows:
        client, _, _, score = row.split(",")
        first.setdefault(client, int(score))
    lines = [f"{head},site,part"]
    for row in rows:
        client = row.split(",")[0]
        west = first[client] >= 15 and int(client) % 4 != 0
        site = "tiny" if int(client) < 6 else "west" if west else ("east", "mid")[int(client) % 2]
        lines.append(f"{row},{site},{int(client) % 3 + 1}")
    path.write_text("\n".join(lines) + "\n")
    return path


def test_case_mix_is_told_side_by_side(mixed: Path) -> None:
    """West sees those who begin high: beyond a limit as counted, and much nearer with their mix."""
    recovery = measures(mixed, "--by", "site")["recovery"]
    west = recovery["funnel"]["west"]
    assert west["bare"] == "below 99.8%"
    assert west["adjusted"] != "below 99.8%"
    text = run(mixed, "--by", "site").output
    assert "(chance: below the 99.8% limit; with equal first scores: " in text
    page = run(mixed, "--by", "site", "--format", "html").output
    assert "as counted: below the 99.8% limit" in page
    assert "expected with these first scores" in page


def test_parts_are_told_with_equal_first_scores(mixed: Path) -> None:
    assert "with equal first scores: " in run(mixed, "--by", "part").output
    assert "With equal first scores: " in run(mixed, "--by", "part", "--format", "html").output


def test_the_expected_course_is_told_with_where_it_was_fitted(mixed: Path, tmp_path: Path) -> None:
    found = json.loads(run(mixed, "--format", "json").output)["instruments"][0]["expected_course"]
    assert (found["fitted_on"], found["courses"]) == ("this extract", 1500)
    assert [one["session"] for one in found["sessions"]] == [1, 4, 8, 12]
    for one in found["sessions"]:
        assert one["range80"][0] < one["score"] < one["range80"][1]
    assert "fitted on this extract, 1,500 courses" in run(mixed).output
    out = tmp_path / "counts.parquet"
    run(mixed, "--format", "parquet", "-o", out)
    with duckdb.connect() as con:
        rows = con.execute(
            f"SELECT session, value, low, high FROM '{out}' WHERE measure = 'expected-course'"
        ).fetchall()
    assert [row[0] for row in rows] == [1, 4, 8, 12]


def test_too_few_courses_have_no_expected_one_and_it_says_why(tmp_path: Path) -> None:
    path = tmp_path / "few.csv"
    path.write_text(
        "client,instrument,session,score\n"
        + "".join(f"{n},phq-9,{s},{12 - s}\n" for n in range(40) for s in (1, 2))
    )
    assert "Expected course: none, fewer than 200 courses" in run(path).output
    page = run(path, "--format", "html").output
    assert "None could be fitted on this extract: fewer than 200 courses" in page


def test_a_bad_cell_far_down_a_csv_is_left_out(tmp_path: Path) -> None:
    """Beyond the rows from which a reader usually guesses types."""
    path = tmp_path / "long.csv"
    rows = "".join(f"{n},phq-9,{s},{12 - s}\n" for n in range(15_000) for s in (1, 2))
    path.write_text(f"client,instrument,session,score\n{rows}15001,phq-9,1,n/a\n")
    result = run(path)
    assert result.exit_code == 0
    assert "1 no score" in result.output


def test_engines_give_the_same_answer_of_bad_rows_too(tmp_path: Path) -> None:
    path = tmp_path / "some.csv"
    path.write_text(
        "client,instrument,session,score,site\n1,phq-9,1,18,a\n1,phq-9,2,x,a\n,phq-9,1,9,b\n"
        "2,phq-9,,9,b\n3,phq-9,1,99,\n4,mood,1,3,b\n5,phq-9,1,7,\n"
    )
    answers = {run(path, "--by", "site", "--format", "json", "--engine", name).output
               for name in ("fused", "duckdb", "reference")}  # fmt: skip
    assert len(answers) == 1


def test_engines_give_the_same_answer(extract: Path) -> None:
    answers = {
        name: run(extract, "--engine", name, "--by", "part", "--format", "json").output
        for name in ("fused", "duckdb", "reference")
    }
    assert len(set(answers.values())) == 1


def test_parquet_holds_a_row_for_each_share(extract: Path, tmp_path: Path) -> None:
    out = tmp_path / "counts.parquet"
    assert run(extract, "--by", "site", "--format", "parquet", "-o", out).exit_code == 0
    with duckdb.connect() as con:
        rows = con.execute(f"SELECT measure, grp, withheld FROM '{out}'").fetchall()
        curve = con.execute(
            f"SELECT session, value FROM '{out}' WHERE measure = 'improved-by-session'"
        ).fetchall()
    told = json.loads(run(extract, "--by", "site", "--format", "json").output)
    steps = [(one["session"], one["improved"]) for one in told["instruments"][0]["by_session"]]
    assert [(session, round(value, 4)) for session, value in curve][: len(steps)] == steps != []
    assert ("completion", "", False) in rows
    assert ("completion", "tiny", True) in rows
    assert [path.name for path in tmp_path.iterdir()] == ["counts.parquet"]
    assert out.stat().st_mode & 0o077 == 0


def test_the_report_is_one_page_with_the_picture(extract: Path, tmp_path: Path) -> None:
    out = tmp_path / "report.html"
    assert run(extract, "--by", "site", "--format", "html", "-o", out).exit_code == 0
    page = out.read_text()
    assert "How reliable improvement builds up by session" in page
    assert page.count("<polyline") == 2
    assert "had at some session been reliably better than at first" in page
    assert "http" not in page.replace("http-equiv", "")
    assert "<script" not in page
    assert "compares one service with another" in page


def test_names_in_a_file_are_only_text(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    rows = [f"{n},phq-9,{s},{12 - s},<b>x</b>" for n in range(40) for s in (1, 2)]
    path.write_text("client,instrument,session,score,site\n" + "\n".join(rows) + "\n")
    page = run(path, "--by", "site", "--format", "html").output
    assert "<b>x</b>" not in page
    assert "&lt;b&gt;x" in page


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--master", "local[2]"], "--engine spark"),
        (["--format", "parquet"], "needs -o FILE"),
        (["-o", "/no/such/folder/x.html"], "does not exist"),
        (["--by", "color"], "Invalid value"),
        (["--rows", "/no/such/folder/x.parquet"], "the folder /no/such/folder does not exist"),
        (["--rows", "x.txt"], "named .parquet"),
        (["--rows", "x.parquet", "-o", "./x.parquet"], "that is --output itself"),
        (["--engine", "abacus"], "Invalid value"),
    ],
)
def test_options_that_cannot_be_followed(extract: Path, words: list[str], told: str) -> None:
    result = run(extract, *words)
    assert result.exit_code == 2
    assert told in result.output


def test_rows_that_were_not_counted_are_told(tmp_path: Path) -> None:
    path = tmp_path / "some.csv"
    path.write_text(
        "client,instrument,session,score\n1,phq-9,1,18\n1,phq-9,2,9\n2,phq-9,0,9\n"
        "3,phq-9,1,99\n4,mood,1,3\n"
    )
    result = run(path, "--exact")
    assert result.exit_code == 0
    for reason in ("1 no session", "1 score off the scale", "1 instrument not counted here"):
        assert reason in result.output
    assert "instruments left out: mood (counted: core-10, gad-7," in result.output


def test_words_that_are_no_status_are_named(tmp_path: Path) -> None:
    path = tmp_path / "some.csv"
    path.write_text(
        "client,instrument,session,score,status\n1,phq-9,1,18,Planned\n"
        + "".join(f"{n},phq-9,2,9,Discharged\n" for n in range(10))
        + "1,phq-9,3,9,moved in with her sister\n"
    )
    told = run(path, "--exact").output
    assert "No status: discharged, words in fewer than 10 rows. Those courses count without" in told
    assert "sister" not in told
    path.write_text(
        path.read_text().replace("Discharged", "open").replace("moved in with her sister", "open")
    )
    assert "No status" not in run(path, "--exact").output


def test_a_column_called_word_is_not_taken_for_the_statuses(tmp_path: Path) -> None:
    path = tmp_path / "some.csv"
    path.write_text(
        "client,instrument,session,score,status,word\n"
        + "".join(f"{n},phq-9,1,18,bogus,planned\n" for n in range(10))
        + "".join(f"{n},phq-9,2,9,{'b' * 60},planned\n" for n in range(10))
    )
    told = run(path, "--exact").output
    assert f"No status: {'b' * 40}, bogus. Those courses" in told


def test_a_name_of_a_column_does_not_act_on_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "some.csv"
    path.write_text("client,instrument,session,\x1b[31mevil\x07\n1,phq-9,1,18\n")
    told = run(path).output
    assert "evil" in told
    assert "\x1b" not in told
    assert "\x07" not in told


def test_every_site_has_a_line_in_every_measure(extract: Path) -> None:
    """A missing line would tell that nobody of a small site was a case."""
    path = extract.parent / "calm.csv"
    calm = [f"{900 + n},phq-9,{s},2,calm,1,open" for n in range(4) for s in (1, 2)]
    path.write_text(extract.read_text() + "\n".join(calm) + "\n")
    told = json.loads(run(path, "--by", "site", "--format", "json").output)
    measures = told["instruments"][0]["measures"]
    assert len(measures) > 5
    for one in measures:
        assert one["groups"]["calm"] == {"hits": None, "of": None, "value": None, "withheld": True}


def test_a_file_with_nothing_to_count(tmp_path: Path) -> None:
    path = tmp_path / "none.csv"
    path.write_text("client,instrument,session,score\n1,mood,1,3\n")
    result = run(path)
    assert result.exit_code == 2
    assert "no row could be counted" in result.output
    assert "1 instrument not counted here" in result.output


def test_rows_are_the_owners_alone_and_whole(extract: Path, tmp_path: Path) -> None:
    out = tmp_path / "rows.parquet"
    answer = run(extract, "--rows", out, "--by", "site", "--exact", "--format", "json")
    assert json.loads(answer.output)["rows"] == len(extract.read_text().splitlines()) - 1
    with duckdb.connect() as con:
        (clients,) = con.execute(f"SELECT count(DISTINCT client) FROM '{out}'").fetchone() or ()
    assert clients == 500
    assert out.stat().st_mode & 0o077 == 0
    assert list(tmp_path.iterdir()) == [out]


def test_the_extract_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "some.parquet"
    with duckdb.connect() as con:
        row = "SELECT 1 AS client, 'phq-9' AS instrument, 1 AS session, 9 AS score"
        con.execute(f"COPY ({row}) TO '{path}' (FORMAT parquet)")
    before = path.read_bytes()
    for option in ("--rows", "--output"):
        result = run(path, option, tmp_path / "." / "some.parquet")
        assert (result.exit_code, "the extract itself" in result.output) == (2, True)
    assert path.read_bytes() == before


def test_rows_are_not_kept_where_nothing_was_counted(tmp_path: Path) -> None:
    path = tmp_path / "none.csv"
    path.write_text("client,instrument,session,score\n1,mood,1,3\n")
    assert run(path, "--rows", tmp_path / "rows.parquet").exit_code == 2
    assert list(tmp_path.iterdir()) == [path]


STOPPED = """
import signal, sys
from waymark.cohort.engines import fused, duck
from waymark.interfaces.cli.analyst.commands.cohort import cohort

def held(engine):
    real = engine.count
    def count(self, *given, rows=None, **more):
        found = real(self, *given, rows=rows, **more)
        print(rows.stat().st_size, flush=True)
        while True:
            pass
    engine.count = count

signal.signal(signal.SIGINT, signal.default_int_handler)  # a run in the background has it off
held(fused.Fused)
held(duck.Duck)
cohort(sys.argv[1:])
"""


@pytest.mark.parametrize("engine", ["fused", "duckdb"])
@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_a_run_that_is_stopped_leaves_nothing(
    extract: Path, tmp_path: Path, engine: str, sign: signal.Signals
) -> None:
    """Stopped with every row written, and before they are moved to their place."""
    words = [extract, "--engine", engine, "--rows", tmp_path / "rows.parquet"]
    program = [sys.executable, "-c", STOPPED, *map(str, words)]
    with subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout is not None
        assert int(process.stdout.readline()) > 0
        assert len(list(tmp_path.iterdir())) == 1
        process.send_signal(sign)
        assert process.wait() != 0
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_forbids_writing_is_told_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folder is there, and nothing may be written to it."""
    extract = tmp_path / "scores.csv"
    extract.write_text("client,instrument,session,score\n1,phq-9,1,18\n1,phq-9,2,9\n")

    def forbidden(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("tempfile.mkstemp", forbidden)
    for words in (["--format", "html", "-o", "r.html"], ["--rows", "r.parquet"]):
        words[-1] = str(tmp_path / words[-1])
        result = CliRunner().invoke(cohort, [str(extract), *words])
        assert result.exit_code == 2
        assert "cannot be written: Permission denied" in result.output
