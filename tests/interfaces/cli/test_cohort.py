"""`waymark cohort`: one command from a file to a report that a service manager understands."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner, Result

from waymark.interfaces.cli.cohort import cohort
from waymark.interfaces.cli.simulate import simulate


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
    told = "import sys, waymark.interfaces.cli.cohort; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", told], capture_output=True, check=True, text=True
    )
    names = set(loaded.stdout.split())
    assert "waymark.cohort.engines.fused" in names
    assert not names & {"scipy", "pyspark", "pandas", "numba", "waymark.record"}


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
    assert "had improved reliably and" in page
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
import sys
from waymark.cohort.engines import fused, duck
from waymark.interfaces.cli.cohort import cohort

def held(engine):
    real = engine.count
    def count(self, *given, rows=None, **more):
        found = real(self, *given, rows=rows, **more)
        print(rows.stat().st_size, flush=True)
        while True:
            pass
    engine.count = count

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
