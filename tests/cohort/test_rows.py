"""The line of each counted score, worked by hand, from the oracle and from every engine."""

from collections.abc import Callable
from pathlib import Path

import duckdb
import numpy as np
import pyarrow.parquet as parquet
import pytest

from waymark.cohort.engine import Engine
from waymark.cohort.engines.duck import Duck
from waymark.cohort.engines.fused import Fused
from waymark.cohort.engines.on_track import Guide
from waymark.cohort.engines.parquet import Kind, Writer, coded, flags, numbers, runs
from waymark.cohort.engines.reference import Reference
from waymark.cohort.extract import ScoreRow, known_rules
from waymark.cohort.refit import Refit
from waymark.cohort.rows import TRACKS, Scored, scored

RULES = known_rules()
ENGINES = pytest.mark.parametrize("engine", [Reference(), Duck(), Fused()], ids=lambda one: one.id)

DRAWN = """
 session  score  change  reliable  gain
       1     18       0  none      no
       2     19       1  none      no
       3     18       0  none      no
       4      9      -9  improved  yes
       5      8     -10  improved  no
       7      9      -9  improved  no
       8     24       6  worse     no
"""
"""PHQ-9, six points are reliable. From session 3 to 4 it falls by nine, half of the score before;
the means of 18.3 and 8.5 differ by more than 3.18 times the spread of 0.6 (session 6 is missed).
The rise by six points at the end is reliable too."""


def drawn() -> list[tuple[int, float, float, str, bool]]:
    found = []
    for line in DRAWN.strip().splitlines()[1:]:
        session, score, change, reliable, gain = line.split()
        found.append((int(session), float(score), float(change), reliable, gain == "yes"))
    return found


def extract(folder: Path, rows: list[tuple], *, client: str = "INTEGER") -> Path:
    path = folder / "extract.parquet"
    with duckdb.connect() as con:
        con.execute(
            f"CREATE TABLE t (client {client}, instrument VARCHAR, session SMALLINT, score TINYINT)"
        )
        con.executemany("INSERT INTO t VALUES (?, ?, ?, ?)", rows)
        con.execute(f"COPY t TO '{path}' (FORMAT parquet)")
    return path


def written(engine: Engine, path: Path, out: Path) -> list[tuple]:
    engine.count(path, rules=RULES, rows=out)
    with duckdb.connect() as con:
        return con.execute(f"FROM '{out}' ORDER BY client, instrument, session").fetchall()


def test_a_course_worked_by_hand() -> None:
    rows = [ScoreRow("7", "phq-9", session, score) for session, score, *_ in drawn()]
    assert scored(rows, rules=RULES, courses={}) == [
        Scored("7", "phq-9", *line) for line in drawn()
    ]


@ENGINES
def test_every_engine_writes_it(engine: Engine, tmp_path: Path) -> None:
    path = extract(tmp_path, [(7, "PHQ-9", line[0], line[1]) for line in drawn()])
    expected = [(7, "phq-9", *line, "unknown") for line in drawn()]
    assert written(engine, path, tmp_path / "rows.parquet") == expected


def test_a_score_beyond_the_worse_end_is_off_track() -> None:
    """A course worked by hand: clients differ by 4 points (SD) at the start and in nothing else,
    scores by 3; on the mean they stay at 15. Given a first score of 20, the next is expected at
    15 + 16/25 x 5 = 18.2, with a variance of 25 - 16 x 16/25 = 14.76, an SD of 3.842: on track up
    to 18.2 + 1.2816 x 3.842 = 23.12."""
    course = Refit("phq-9", 500, beta=(15.0, 0.0), cov=(16.0, 0.0, 0.0), noise=3.0)
    drawn = {1: 20, 2: 23, 3: 24, 64: 24}
    rows = [ScoreRow("7", "phq-9", session, score) for session, score in drawn.items()]
    found = [one.track for one in scored(rows, rules=RULES, courses={"phq-9": course})]
    assert found == ["unknown", "on", "off", "unknown"]
    guide, length = Guide.of(course), np.array([4])
    for kind in (np.int8, np.float64):
        session, score = np.array(list(drawn)), np.array(list(drawn.values()), dtype=kind)
        codes = guide.tracks(length, session, score, RULES["phq-9"])
        assert [TRACKS[code] for code in codes] == found


@ENGINES
def test_where_higher_is_better_the_change_is_still_in_points(
    engine: Engine, tmp_path: Path
) -> None:
    path = extract(tmp_path, [(7, "who-5", 1, 20), (7, "who-5", 2, 48)])
    last = written(engine, path, tmp_path / "rows.parquet")[-1]
    assert last == (7, "who-5", 2, 48.0, 28.0, "improved", False, "unknown")


@ENGINES
@pytest.mark.parametrize(
    ("client", "value", "kept"),
    [("VARCHAR", "Zoë", "Zoë"), ("BIGINT", -(2**40), -(2**40)), ("UBIGINT", 2**63, f"{2**63}")],
)
def test_clients_are_called_as_in_the_extract(
    engine: Engine, tmp_path: Path, client: str, value: object, kept: object
) -> None:
    path = extract(tmp_path, [(value, "phq-9", 1, 9), (value, "phq-9", 2, 9)], client=client)
    assert [line[0] for line in written(engine, path, tmp_path / "rows.parquet")] == [kept, kept]


@ENGINES
def test_scores_of_one_session_are_one_line(engine: Engine, tmp_path: Path) -> None:
    path = extract(tmp_path, [(7, "phq-9", 1, 9), (7, "phq-9", 2, 3), (7, "phq-9", 2, 2)])
    lines = written(engine, path, tmp_path / "rows.parquet")
    assert [line[2:6] for line in lines] == [(1, 9.0, 0.0, "none"), (2, 2.5, -6.5, "improved")]


def by_duckdb(path: Path) -> list[tuple]:
    with duckdb.connect() as con:
        return con.execute(f"FROM '{path}'").fetchall()


def by_pyarrow(path: Path) -> list[tuple]:
    return [tuple(line.values()) for line in parquet.read_table(path).to_pylist()]


@pytest.mark.parametrize("read", [by_duckdb, by_pyarrow])
def test_other_readers_see_what_was_written(
    tmp_path: Path, read: Callable[[Path], list[tuple]]
) -> None:
    """Two row groups; long runs, spans for one byte, for two and for none, and halves."""
    path, lengths = tmp_path / "t.parquet", np.array([1, 200, 63, 64])
    who = [str(one) for one in np.repeat(["a", "b", "ç", ""], lengths)]
    spans = {"narrow": 100, "wider": 60_000, "wide": 10**12}
    columns = {"who": Kind.TEXT, **dict.fromkeys(spans, Kind.WHOLE), "half": Kind.NUMBER}
    expected = []
    with Writer(path, {**columns, "odd": Kind.FLAG, "word": Kind.TEXT}) as out:
        for start in (0, -40):
            whole = [
                np.linspace(start, start + span, len(who)).astype(np.int64)
                for span in spans.values()
            ]
            odd, half = whole[0] % 2 == 1, whole[0] / 2
            chunks = [
                runs(["a", "b", "ç", ""], lengths, Kind.TEXT),
                *(numbers(one, Kind.WHOLE) for one in whole),
                numbers(half, Kind.NUMBER),
                flags(odd),
                coded(["even", "odd"], odd.view(np.uint8), Kind.TEXT),
            ]
            out.add(chunks, rows=len(who))
            words = ["odd" if one else "even" for one in odd]
            lists = [one.tolist() for one in (*whole, half, odd)]
            expected += list(zip(who, *lists, words, strict=True))
    assert read(path) == expected


def test_what_goes_wrong_leaves_no_footer(tmp_path: Path) -> None:
    """A reader refuses what was not finished."""
    path = tmp_path / "t.parquet"
    with pytest.raises(ValueError, match="lacks a column"), Writer(path, {"odd": Kind.FLAG}) as out:
        out.add([], rows=1)
    with pytest.raises(duckdb.Error, match=str(path)):
        by_duckdb(path)
