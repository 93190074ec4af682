"""Files that are odd and still right: every engine reads them alike. Those that cannot be right are
refused, and nothing is guessed."""

from pathlib import Path

import duckdb
import numpy as np
import pytest

from tests.agree.csv_files import HEAD, ODD_CSVS
from tests.agree.extracts import RULES
from waymark.cohort.engine import Engine, Unusable
from waymark.cohort.engines.duck import Duck
from waymark.cohort.engines.fused import Fused
from waymark.cohort.engines.reference import Reference
from waymark.cohort.measure import Share

ENGINES = [Reference(), Duck(), Fused(by_arrow=False), Fused(by_arrow=True)]
IDS = ["reference", "duckdb", "fused", "arrow"]
each_engine = pytest.mark.parametrize("engine", ENGINES, ids=IDS)
TWO = "(1, 'phq-9', 1, 18), (1, 'phq-9', 2, 9)"


def parquet(folder: Path, select: str) -> Path:
    path = folder / "extract.parquet"
    with duckdb.connect() as con:
        con.execute(f"COPY ({select}) TO '{path}' (FORMAT parquet, ROW_GROUP_SIZE 2048)")
    return path


def of(values: str, *, session: str = "INTEGER", score: str = "DOUBLE") -> str:
    return (
        f"SELECT client, instrument, CAST(session AS {session}) AS session, "
        f"CAST(score AS {score}) AS score FROM (VALUES {values}) "
        "AS t(client, instrument, session, score)"
    )


@each_engine
@pytest.mark.parametrize("session", ["UTINYINT", "USMALLINT", "UINTEGER", "TINYINT", "BIGINT"])
def test_a_missing_session_is_none_whatever_its_type(
    tmp_path: Path, engine: Engine, session: str
) -> None:
    """Client 1 has sessions 1 and 2, client 2 has session 1 and one that is missing."""
    rows = f"{TWO}, (2, 'phq-9', 1, 18), (2, 'phq-9', NULL, 9)"
    found = engine.count(parquet(tmp_path, of(rows, session=session)), rules=RULES)
    assert found.left_out == {"no session": 1}
    assert found.shares["recovery"]["phq-9", ""] == Share(1, 1)


@each_engine
def test_a_number_that_is_no_session_is_left_out(tmp_path: Path, engine: Engine) -> None:
    """A moment in milliseconds, where the session should stand."""
    rows = f"{TWO}, (2, 'phq-9', 1, 18), (2, 'phq-9', 1770000000000, 9)"
    found = engine.count(parquet(tmp_path, of(rows, session="BIGINT")), rules=RULES)
    assert found.left_out == {"session beyond 10,000": 1}
    assert found.shares["recovery"]["phq-9", ""] == Share(1, 1)


@each_engine
def test_names_of_columns_may_have_capitals_and_words_spaces(
    tmp_path: Path, engine: Engine
) -> None:
    select = (
        f"SELECT client AS Client, ' PHQ-9 ' AS Instrument, session AS Session, score AS Score "
        f"FROM ({of(TWO)})"
    )
    found = engine.count(parquet(tmp_path, select), rules=RULES)
    assert found.shares["recovery"]["phq-9", ""] == Share(1, 1)


@each_engine
def test_scores_between_points_are_subtracted_alike(tmp_path: Path, engine: Engine) -> None:
    """Single-precision scores that differ by a reliable change and a last bit."""
    rng = np.random.default_rng(4)
    first = np.round(rng.uniform(12, 27, 300), 1)
    rows = ", ".join(
        f"({n}, 'phq-9', 1, {one}), ({n}, 'phq-9', 2, {one - 6:.1f})" for n, one in enumerate(first)
    )
    path = parquet(tmp_path, of(rows, score="FLOAT") + " ORDER BY client, session")
    expected = Reference().count(path, rules=RULES)
    assert engine.count(path, rules=RULES).shares == expected.shares
    assert 0 < expected.shares["reliable-improvement"]["phq-9", ""].hits < 300


@each_engine
def test_four_hundred_sites_are_told_apart(tmp_path: Path, engine: Engine) -> None:
    select = (
        "SELECT client, 'phq-9' AS instrument, session, 20 - session AS score, "
        "'site ' || (client // 10) AS site "
        "FROM range(4000) AS c(client), range(1, 3) AS s(session) ORDER BY client, session"
    )
    found = engine.count(parquet(tmp_path, select), rules=RULES, by="site")
    paired = {site: share for (_, site), share in found.shares["completion"].items()}
    assert paired == {f"site {n}": Share(10, 10) for n in range(400)}


@each_engine
def test_groups_that_the_file_does_not_hold_are_refused(tmp_path: Path, engine: Engine) -> None:
    with pytest.raises(Unusable, match="has no column site"):
        engine.count(parquet(tmp_path, of(TWO)), rules=RULES, by="site")


CSV_ENGINES = pytest.mark.parametrize("engine", ENGINES[:3], ids=IDS[:3])


@CSV_ENGINES
@pytest.mark.parametrize("text", ODD_CSVS)
def test_an_odd_csv_is_counted(tmp_path: Path, engine: Engine, text: str) -> None:
    path = tmp_path / "scores.csv"
    path.write_text(text)
    found = engine.count(path, rules=RULES)
    assert (found.rows, found.left_out) == (2, {})
    assert found.shares["recovery"]["phq-9", ""] == Share(1, 1)


@CSV_ENGINES
@pytest.mark.parametrize("pair", [("007", "7"), ("1.10", "1.1"), ("1e5", "100000")])
def test_two_names_are_two_clients(tmp_path: Path, engine: Engine, pair: tuple[str, str]) -> None:
    path = tmp_path / "scores.csv"
    path.write_text(HEAD + "".join(f"{one},phq-9,1,18\n{one},phq-9,2,9\n" for one in pair))
    assert engine.count(path, rules=RULES).shares["recovery"]["phq-9", ""] == Share(2, 2)


@CSV_ENGINES
@pytest.mark.parametrize(
    "days", [("03/05/2026", "04/02/2026"), ("05-03-26", "02-04-26"), ("5.3.2026", "2.4.2026")]
)
def test_the_order_of_day_and_month_is_never_guessed(
    tmp_path: Path, engine: Engine, days: tuple[str, str]
) -> None:
    path = tmp_path / "scores.csv"
    path.write_text(f"client,instrument,date,score\n1,phq-9,{days[0]},18\n1,phq-9,{days[1]},9\n")
    with pytest.raises(Unusable, match="row 1 below the header: date must be a date, such as 2026"):
        engine.count(path, rules=RULES)


@CSV_ENGINES
def test_signs_in_the_name_of_a_file_stand_for_themselves(tmp_path: Path, engine: Engine) -> None:
    (tmp_path / "g1.csv").write_text(HEAD + "1,phq-9,1,18\n" * 9)
    odd = tmp_path / "g[1].csv"
    odd.write_text(HEAD + "1,phq-9,1,18\n1,phq-9,2,9\n")
    assert engine.count(odd, rules=RULES).rows == 2


def test_a_header_is_no_sql(tmp_path: Path) -> None:
    """A name that ends the question it is put into, and asks one of its own."""
    stolen = tmp_path / "stolen.csv"
    name = (
        "1 as value, true as bad from range(1)) where bad; "
        f"copy (select 1) to '{stolen}'; select null where false; --"
    )
    path = tmp_path / "scores.csv"
    path.write_text(
        f'client,instrument,session,score,"a\nb","{name}"\n1,phq-9,1,18,,\n1,phq-9,2,9,,\n'
    )
    for engine in ENGINES[:3]:
        assert engine.count(path, rules=RULES).rows == 2
    assert not stolen.exists()


def test_what_reads_like_a_number_to_programs_alone_is_none(tmp_path: Path) -> None:
    path = tmp_path / "scores.csv"
    path.write_text(f"{HEAD}1,phq-9,1,1_8\n1,phq-9,2,x\n ,phq-9,1,9\n2,phq-9,1,9\n")
    for engine in ENGINES[:3]:
        found = engine.count(path, rules=RULES)
        assert found.left_out == {"no score": 2, "no client": 1}
        assert found.shares["completion"]["phq-9", ""] == Share(0, 1)


@each_engine
def test_days_of_pandas_are_days(tmp_path: Path, engine: Engine) -> None:
    days = "(1, 'phq-9', '2026-03-01', 18), (1, 'phq-9', '2026-03-08', 9)"
    select = (
        "SELECT client, instrument, CAST(date AS TIMESTAMP_NS) AS date, score FROM (VALUES "
        f"{days}) AS t(client, instrument, date, score)"
    )
    found = engine.count(parquet(tmp_path, select), rules=RULES)
    assert found.shares["recovery"]["phq-9", ""] == Share(1, 1)


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        ("1 AS client, 'phq-9' AS instrument, 1 AS session, [1.5] AS score", "score must be a num"),
        ("1 AS client, 9 AS instrument, 1 AS session, 1 AS score", "instrument must be a name"),
    ],
)
@each_engine
def test_columns_of_another_kind_are_named(
    tmp_path: Path, engine: Engine, columns: str, told: str
) -> None:
    with pytest.raises(Unusable, match=told):
        engine.count(parquet(tmp_path, f"SELECT {columns}"), rules=RULES)


def test_two_kinds_of_ends_of_lines_are_told(tmp_path: Path) -> None:
    path = tmp_path / "scores.csv"
    path.write_bytes(f"{HEAD}1,phq-9,1,18\r\n1,phq-9,2,9\n".encode())
    with pytest.raises(Unusable, match="mixes two kinds of ends of lines"):
        Fused().count(path, rules=RULES)


def test_a_packed_file_is_told_to_be_one(tmp_path: Path) -> None:
    path = tmp_path / "scores.csv"
    path.write_bytes(b"PK\x03\x04\xff\xfe rest")
    with pytest.raises(Unusable, match="save it as CSV UTF-8"):
        Fused().count(path, rules=RULES)
