"""Spark counts as the oracle does, both ways; partitions add up to the whole; failures are told.

Spark runs for real, in one worker; it needs Java.
"""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pyarrow
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.agree.csv_files import BAD_CSVS, HEAD, ODD_CSVS
from tests.agree.extracts import RULES, counted, improving, written
from tests.needed import lacks
from waymark.cohort.engine import Unusable
from waymark.cohort.engines import partition
from waymark.cohort.engines.fused import Fused, Tally
from waymark.cohort.engines.reference import Reference
from waymark.cohort.engines.spark import Spark
from waymark.interfaces.cli.analyst.commands.cohort import cohort

SETTINGS = {"spark.sql.shuffle.partitions": "3"}
WAYS = pytest.mark.parametrize("kernels", [True, False], ids=["kernels", "sql"])


@pytest.fixture(scope="module")
def spark() -> Iterator[Callable[[bool], Spark]]:
    """A real Spark on this machine, counting either way in one session."""
    if shutil.which("java") is None:
        lacks("no Java: install a JRE of version 17 or 21 to try Spark")
    ways = {way: Spark(master="local[1]", settings=SETTINGS, kernels=way) for way in (True, False)}
    yield ways.__getitem__
    ways[True].stop()


def on_spark(test: Callable[..., None]) -> Callable[..., None]:
    """One worker starts Spark, once; what its own packages warn of is theirs."""
    kinds = ("FutureWarning", "DeprecationWarning", "ResourceWarning", "UserWarning")
    quiet = pytest.mark.filterwarnings(*(f"ignore::{kind}" for kind in kinds))
    return pytest.mark.xdist_group("spark")(quiet(test))


EXAMPLE = [
    *((1, "phq-9", n, y, "north", "1", "planned") for n, y in enumerate((18, 19, 18, 9, 8, 9), 1)),
    *((1, "gad-7", n, y, "north", "1", "planned") for n, y in enumerate((14, 12, 9, 7), 1)),
    *((2, "phq-9", n, y, "south", "2", "dropout") for n, y in ((1, 9), (3, 17), (3, 15))),
    *((3, "phq-9", n, y, "south", "2", "open") for n, y in ((1, 12), (2, 28), (2, 11))),
    (4, "phq-9", 1, 20, "", "1", ""),
    (5, "unknown", 1, 3, "", "1", ""),
    *((6, "who-5", n, y, "south", "2", "planned") for n, y in ((1, 20), (2, 48))),
    *((7, "phq-9", n, 9, "south", "2", "planned") for n in (62, 63, 64)),
]
WITH_A_FIT = [*EXAMPLE, *((client + 100, *rest) for client, *rest in improving())]


@on_spark
@WAYS
@pytest.mark.parametrize("by", ["", "site"])
@pytest.mark.parametrize("kind", ["parquet", "csv"])
def test_spark_counts_the_same(
    spark: Callable[[bool], Spark], tmp_path: Path, by: str, kernels: bool, kind: str
) -> None:
    path = written(WITH_A_FIT, tmp_path, kind=kind, text_clients=kind == "csv")
    found, oracle = (counted(one, path, by) for one in (spark(kernels), Reference()))
    assert found == oracle
    assert found.expected == oracle.expected
    assert oracle.expected["phq-9"].stands


def batches(rows: list[tuple], *, size: int) -> list[pyarrow.RecordBatch]:
    """Rows as a partition gets them, in batches that part clients anywhere."""
    codes = {name: place for place, name in enumerate(RULES)}
    ends = {"planned": 0, "dropout": 1, "open": 2, "": -1}
    held = [
        {"client": f"c{client:04}", "instrument": codes[name], "session": session,
         "score": float(score), "grp": site, "status": ends[status]}
        for client, name, session, score, site, _, status in rows
    ]  # fmt: skip
    held.sort(key=lambda row: (row["client"], row["instrument"], row["session"]))
    return [
        pyarrow.RecordBatch.from_pylist(held[at : at + size]) for at in range(0, len(held), size)
    ]


@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_however_clients_are_dealt_out_the_sums_are_the_same(data: st.DataObject) -> None:
    """Whole clients to one to five partitions, batches and blocks of any size, merged in any order.

    ``Tally`` over everything at once is the whole; it is held to the oracle with `Fused`."""
    rows = improving()
    whole = Tally(list(RULES.values()), ("north", "south"))
    add_up = partition.adding_up(list(RULES.values()), ("north", "south"))
    whole.merge(partition.unpacked(next(add_up(batches(rows, size=10_000)))["sums"][0].as_py()))
    dealt = data.draw(st.lists(st.integers(0, 4), min_size=240, max_size=240))
    parts = [[row for row in rows if dealt[row[0]] == n] for n in range(5)]
    held = Tally(list(RULES.values()), ("north", "south"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(partition, "BLOCK", data.draw(st.integers(1, 400)))
        for part in data.draw(st.permutations(parts)):
            size = data.draw(st.integers(1, 300))
            held.merge(
                partition.unpacked(next(add_up(batches(part, size=size)))["sums"][0].as_py())
            )
    one, two = (tally.counts(rows=0, by="site") for tally in (held, whole))
    assert one == two
    assert one.expected == two.expected


def test_a_partition_that_is_lost_is_seen() -> None:
    """The planted fault, and that one partition alone counts as the fused engine does."""
    rows = improving()
    add_up = partition.adding_up(list(RULES.values()), ("north", "south"))
    held = partition.unpacked(next(add_up(batches(rows[:600], size=100)))["sums"][0].as_py())
    less = held.counts(rows=0, by="site")
    rest = partition.unpacked(next(add_up(batches(rows[600:], size=100)))["sums"][0].as_py())
    held.merge(rest)
    assert held.counts(rows=0, by="site").shares != less.shares


def test_a_partition_counts_as_the_fused_engine_does(tmp_path: Path) -> None:
    path = written(improving(), tmp_path, kind="parquet")
    fused = Fused().count(path, rules=RULES, by="site")
    add_up = partition.adding_up(list(RULES.values()), ("north", "south"))
    (sums,) = add_up(batches(improving(), size=50))
    found = partition.unpacked(sums["sums"][0].as_py()).counts(rows=fused.rows, by="site")
    assert found == fused


def test_only_sums_are_unpacked() -> None:
    import pickle

    with pytest.raises(TypeError, match="something else"):
        partition.unpacked(pickle.dumps({"sums": 1}))


def dying(*_: object) -> Callable[..., Iterator[object]]:
    """A worker that is ended from outside while it counts, as by a machine without memory."""

    def add_up(batches: object) -> Iterator[object]:
        os.kill(os.getpid(), signal.SIGKILL)
        yield batches

    return add_up


def lacking(*_: object) -> Callable[..., Iterator[object]]:
    """A worker on which the package is not installed."""

    def add_up(batches: object) -> Iterator[object]:
        raise ModuleNotFoundError("No module named 'waymark'")
        yield batches

    return add_up


@on_spark
@pytest.mark.parametrize(
    ("worker", "told"), [(dying, "a Python worker died"), (lacking, "a worker lacks a package")]
)
def test_a_worker_that_fails_is_told_in_a_line_and_nothing_is_half_written(
    spark: Callable[[bool], Spark],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    worker: Callable[..., object],
    told: str,
) -> None:
    path = written(EXAMPLE, tmp_path, kind="parquet")
    spark(True).count(path, rules=RULES)
    monkeypatch.setattr(partition, "adding_up", worker)
    monkeypatch.setattr("waymark.cohort.engines.spark.LOCAL", "local[1]")
    out = tmp_path / "out"
    out.mkdir()
    kept = out / "report.json"
    kept.write_text("kept")
    words = [str(path), "--engine", "spark", "--format", "json", "-o", str(kept)]
    result = CliRunner().invoke(cohort, words)
    assert result.exit_code == 2
    (line,) = (one for one in result.output.splitlines() if one.startswith("Error:"))
    assert told in line
    assert "Traceback" not in result.output
    assert [one.read_text() for one in out.iterdir()] == ["kept"]
    monkeypatch.undo()
    assert spark(True).count(path, rules=RULES).rows == len(EXAMPLE)


@on_spark
@WAYS
@pytest.mark.parametrize(
    ("columns", "told"),
    [
        ("1 AS client, 'phq-9' AS instrument, 1 AS session, 'x' AS score", "score must be a num"),
        ("1 AS client, 'phq-9' AS instrument, 'x' AS session, 1 AS score", "session must be a wh"),
        ("1 AS client, 'phq-9' AS instrument, 'x' AS date, 1 AS score", "date must be a date"),
        ("1 AS client, 'phq-9' AS instrument, 1 AS session", "has no column score"),
        ("1 AS client, 'phq-9' AS instrument, 1 AS score", "has no column session"),
    ],
)
def test_a_parquet_that_cannot_be_counted_is_named(
    spark: Callable[[bool], Spark], tmp_path: Path, columns: str, told: str, kernels: bool
) -> None:
    path = tmp_path / "bad.parquet"
    with duckdb.connect() as con:
        con.execute(f"COPY (SELECT {columns}) TO '{path}' (FORMAT parquet)")
    with pytest.raises(Unusable, match=told):
        spark(kernels).count(path, rules=RULES)


@on_spark
@WAYS
def test_dates_are_counted_into_sessions(
    spark: Callable[[bool], Spark], tmp_path: Path, kernels: bool
) -> None:
    path = tmp_path / "dated.csv"
    days = [("2026-01-05", 18), ("2026-01-12", 15), ("2026-01-26", 9)]
    rows = "".join(f"{n},phq-9,{day},{y}\n" for n in range(3) for day, y in days)
    path.write_text(f"client,instrument,date,score\n{rows}")
    assert counted(spark(kernels), path, "") == counted(Reference(), path, "")


@on_spark
@pytest.mark.parametrize(
    "text", [*ODD_CSVS, f"{HEAD}007,phq-9,1,18\n007,phq-9,2,x9\n7,phq-9,2,9\n"]
)
def test_spark_reads_a_csv_as_the_others_do(
    spark: Callable[[bool], Spark], tmp_path: Path, text: str
) -> None:
    path = tmp_path / "scores.csv"
    path.write_text(text)
    assert counted(spark(True), path, "") == counted(Reference(), path, "")


@on_spark
@pytest.mark.parametrize(("text", "told"), BAD_CSVS)
def test_a_csv_that_cannot_be_counted_is_named_on_spark(
    spark: Callable[[bool], Spark], tmp_path: Path, text: str, told: str
) -> None:
    path = tmp_path / "scores.csv"
    path.write_text(text)
    with pytest.raises(Unusable, match=told):
        spark(True).count(path, rules=RULES)


@on_spark
def test_a_broken_parquet_is_told_in_a_line(spark: Callable[[bool], Spark], tmp_path: Path) -> None:
    path = tmp_path / "broken.parquet"
    path.write_bytes(b"PAR1 nothing PAR1")
    with pytest.raises(Unusable, match=r"^Spark could not finish: [^\n]+$"):
        spark(True).count(path, rules=RULES)
    with pytest.raises(Unusable, match="does not exist"):
        spark(True).count(tmp_path / "absent.parquet", rules=RULES)


def started(words: list[str], env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own."""
    code = "from waymark.interfaces.cli.main import main; main()"
    return subprocess.run([sys.executable, "-c", code, "cohort", *words], env=env,
                          capture_output=True, text=True, check=False)  # fmt: skip


@pytest.mark.parametrize("home", [None, "/nowhere"])
def test_without_java_it_says_what_is_needed(tmp_path: Path, home: str | None) -> None:
    """Neither on the path nor where JAVA_HOME points."""
    path = written(EXAMPLE, tmp_path, kind="csv")
    held = {name: value for name, value in os.environ.items() if name != "JAVA_HOME"}
    env = held | {"PATH": str(tmp_path)} | ({"JAVA_HOME": home} if home else {})
    out = tmp_path / "report.html"
    done = started(
        [str(path), "--engine", "spark", "--format", "html", "-o", str(out)],
        env,
    )
    assert done.returncode == 2
    assert "Spark needs the extra: pip install 'waymark[spark]', and Java 17." in done.stderr
    assert "Traceback" not in done.stderr
    assert not out.exists()


@on_spark
def test_a_master_that_is_none_is_told(spark: Callable[[bool], Spark], tmp_path: Path) -> None:
    path = written(EXAMPLE, tmp_path, kind="csv")
    done = started([str(path), "--engine", "spark", "--master", "nowhere"], dict(os.environ))
    assert done.returncode == 2
    assert "Spark did not start at nowhere: " in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("absent", ["pyspark.sql", "sqlglot"])
def test_without_its_packages_it_says_what_is_needed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, absent: str
) -> None:
    monkeypatch.setitem(sys.modules, absent, None)
    with pytest.raises(Unusable, match="Spark needs the extra"):
        Spark().count(written(EXAMPLE, tmp_path, kind="csv"), rules=RULES)
