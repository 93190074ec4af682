"""Every engine counts the same: plain Python is the oracle, on generated extracts, bad rows too."""

from dataclasses import replace
from pathlib import Path

import duckdb
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import waymark.cohort.refit
from tests.agree.csv_files import BAD_CSVS, HEAD
from tests.agree.extracts import RULES, counted, improving, written
from waymark.cohort.engine import Engine, Unusable
from waymark.cohort.engines import duck, fused
from waymark.cohort.engines.duck import Duck
from waymark.cohort.engines.fused import Fused
from waymark.cohort.engines.reference import Reference
from waymark.cohort.measure import Share
from waymark.cohort.refit import Refit

SCORES = {"phq-9": (0, 27), "gad-7": (0, 21), "who-5": (0, 100), "unknown": (0, 9)}
SITES = st.sampled_from(["north", "south", ""])
ENDS = st.sampled_from(["planned", "dropout", "open", "", "other"])


@st.composite
def courses(draw: st.DrawFn) -> list[tuple]:
    """A few clients: gaps, repeated sessions, scores off the scale, unknown instruments."""
    rows = []
    for client in range(draw(st.integers(1, 6))):
        site, part, status = draw(SITES), draw(st.sampled_from(["1", "2"])), draw(ENDS)
        for instrument in draw(st.lists(st.sampled_from(list(SCORES)), unique=True)):
            low, high = SCORES[instrument]
            sessions = draw(st.lists(st.integers(0, 9), min_size=1, max_size=9))
            start = draw(st.integers(low, high))
            for session in sessions:
                drop = draw(st.integers(-4, 9))
                score = draw(st.sampled_from([start, max(start - drop, low - 1), high + 1]))
                rows.append((client, instrument, session, score, site, part, status))
    return draw(st.permutations(rows)) if draw(st.booleans()) else sorted(rows)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    rows=courses(),
    kind=st.sampled_from(["parquet", "csv"]),
    by=st.sampled_from(["", "site", "part"]),
    block=st.sampled_from([7, 1000]),
    words=st.booleans(),
)
def test_engines_agree(
    tmp_path: Path, rows: list[tuple], kind: str, by: str, block: int, words: bool
) -> None:
    if not rows:
        return
    path = written(rows, tmp_path, kind=kind, text_clients=words)
    oracle = counted(Reference(), path, by)
    assert counted(Duck(), path, by) == oracle
    assert counted(Fused(block=block, by_arrow=False), path, by) == oracle
    assert counted(Fused(block=block, by_arrow=True), path, by) == oracle


def rows_of(engine: Engine, path: Path, out: Path) -> list[tuple]:
    """Every line that the engine writes, in one order, with the types of its columns."""
    engine.count(path, rules=RULES, rows=out)
    with duckdb.connect() as con:
        types = con.execute(f"SELECT column_name, column_type FROM (DESCRIBE FROM '{out}')")
        return [*types.fetchall(), *con.execute(f"FROM '{out}' ORDER BY ALL").fetchall()]


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    rows=courses(),
    kind=st.sampled_from(["parquet", "csv"]),
    block=st.sampled_from([7, 1000]),
    words=st.booleans(),
)
def test_engines_write_the_same_rows(
    tmp_path: Path, rows: list[tuple], kind: str, block: int, words: bool
) -> None:
    if not rows:
        return
    path = written(rows, tmp_path, kind=kind, text_clients=words)
    oracle = rows_of(Reference(), path, tmp_path / "oracle.parquet")
    assert rows_of(Duck(), path, tmp_path / "duck.parquet") == oracle
    for by_arrow in (False, True):
        fused = Fused(block=block, by_arrow=by_arrow)
        assert rows_of(fused, path, tmp_path / "fused.parquet") == oracle


@st.composite
def large_extracts(draw: st.DrawFn) -> list[tuple]:
    """Two hundred courses and more, so that an expected course is fitted: gaps, first sessions
    after the first, a session twice, sessions beyond the longest pattern."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    instrument = draw(st.sampled_from(["phq-9", "gad-7", "who-5"]))
    low, high = SCORES[instrument]
    missed, late, twice = (draw(st.sampled_from([0.0, 0.2])) for _ in range(3))
    rows = []
    for client in range(draw(st.integers(195, 260))):
        own = rng.normal((0.6, -0.1 if instrument != "who-5" else 0.1), (0.2, 0.08))
        begin = 1 + int(rng.random() < late) * int(rng.integers(1, 4))
        last = begin + int(rng.integers(0, 11)) + 60 * int(rng.random() < late / 10)
        site, part = str(rng.choice(["north", "south"])), str(rng.integers(1, 4))
        for session in [begin, *(n for n in range(begin + 1, last + 1) if rng.random() >= missed)]:
            level = own[0] + own[1] * np.log(session) + rng.normal(0, 0.1)
            score = int(np.clip(round(low + level * (high - low)), low, high))
            row = (client, instrument, session, score, site, part, "planned")
            again = rng.random() < twice
            rows += [row, (*row[:3], min(score + 1, high), *row[4:])] if again else [row]
    return rows


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    rows=large_extracts(),
    kind=st.sampled_from(["parquet", "csv"]),
    block=st.sampled_from([300, 100_000]),
)
def test_engines_write_the_same_rows_by_the_fitted_course(
    tmp_path: Path, rows: list[tuple], kind: str, block: int
) -> None:
    path = written(rows, tmp_path, kind=kind)
    oracle = rows_of(Reference(), path, tmp_path / "oracle.parquet")
    assert rows_of(Duck(), path, tmp_path / "duck.parquet") == oracle
    assert rows_of(Fused(block=block), path, tmp_path / "fused.parquet") == oracle


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    rows=large_extracts(),
    kind=st.sampled_from(["parquet", "csv"]),
    by=st.sampled_from(["", "site", "part"]),
    block=st.sampled_from([300, 100_000]),
)
def test_engines_fit_the_same_course(
    tmp_path: Path, rows: list[tuple], kind: str, by: str, block: int
) -> None:
    """Sums over whole scores are exact, so that the course is the same to the last bit."""
    path = written(rows, tmp_path, kind=kind)
    oracle = counted(Reference(), path, by)
    for engine in (Duck(), Fused(block=block)):
        found = counted(engine, path, by)
        assert found == oracle
        assert found.expected == oracle.expected


def test_an_expected_course_is_fitted_and_its_share_counted(tmp_path: Path) -> None:
    """The control: without a course that stands, agreement on it says nothing."""
    path = written(improving(), tmp_path, kind="parquet")
    found = Reference().count(path, rules=RULES, by="site")
    assert found.expected["phq-9"].stands
    shares = found.shares["on-track"]
    assert set(shares) == {("phq-9", "north"), ("phq-9", "south")}
    assert 0.8 < sum(one.hits for one in shares.values()) / 240 < 0.98
    bands = found.bands["on-track"]
    assert sum(one.of for one in bands.values()) == 240


@pytest.mark.parametrize("engine", [Reference(), Duck(), Fused()], ids=lambda one: one.id)
@pytest.mark.parametrize(("instrument", "worse"), [("phq-9", 1), ("who-5", -1)])
def test_a_score_on_the_limit_is_on_track_in_every_engine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, engine: Engine, instrument: str, worse: int
) -> None:
    """A limit of 5 + half the first severity: 10 after 10 lies on it, one point worse beyond."""
    drawn = Refit(instrument, 300, lines={(1, 2): (0.5, 5.0 if worse > 0 else -5.0)})
    for module in (duck, fused, waymark.cohort.refit):
        monkeypatch.setattr(
            module, "refit", lambda id, _: drawn if id == instrument else Refit(id, 0, "none")
        )
    ends = {"on": 10, "beyond": 10 + worse, "better": 10 - worse}
    rows = [
        (n, instrument, session, 10 if session == 1 else last, site, "1", "")
        for n, (site, last) in enumerate(ends.items())
        for session in (1, 2)
    ]
    found = engine.count(written(rows, tmp_path, kind="csv"), rules=RULES, by="site")
    assert found.shares["on-track"] == {
        (instrument, "on"): Share(1, 1),
        (instrument, "beyond"): Share(0, 1),
        (instrument, "better"): Share(1, 1),
    }


def test_a_course_fitted_on_other_scores_is_seen(tmp_path: Path) -> None:
    """The planted fault: one engine leaves out a client."""
    whole = Fused().count(written(improving(), tmp_path, kind="csv"), rules=RULES)
    less = Duck().count(written(improving()[3:], tmp_path, kind="csv"), rules=RULES)
    assert whole.expected != less.expected


def test_a_band_drawn_elsewhere_is_seen(tmp_path: Path) -> None:
    """The planted fault: one engine cuts the first scores at 11 instead of 10."""
    path = written(improving(), tmp_path, kind="csv")
    wrong = {**RULES, "phq-9": replace(RULES["phq-9"], bands=(5, 11, 15, 20))}
    one, two = (engine.count(path, rules=held, by="part") for engine, held in
                ((Fused(), wrong), (Reference(), RULES)))  # fmt: skip
    assert one.shares == two.shares
    assert one != two


def test_a_wrong_threshold_is_seen(tmp_path: Path) -> None:
    """The planted fault: one engine counts from 5 points on."""
    rows = [(1, "phq-9", 1, 15, "", "1", ""), (1, "phq-9", 2, 10, "", "1", "")]
    wrong = {**RULES, "phq-9": replace(RULES["phq-9"], reliable=5)}
    path = written(rows, tmp_path, kind="csv")
    assert Fused().count(path, rules=wrong) != Reference().count(path, rules=RULES)


@pytest.mark.parametrize("engine", [Reference(), Duck(), Fused()], ids=lambda one: one.id)
@pytest.mark.parametrize(("text", "told"), BAD_CSVS)
def test_what_cannot_be_counted_is_named(
    tmp_path: Path, engine: Engine, text: str, told: str
) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(text)
    with pytest.raises(Unusable, match=told):
        engine.count(path, rules=RULES)


@pytest.mark.parametrize(("encoding", "told"), [("utf-16", "UTF-16"), ("cp1252", "WINDOWS-1252")])
def test_another_encoding_is_named_with_the_way_out(
    tmp_path: Path, encoding: str, told: str
) -> None:
    path = tmp_path / "scores.csv"
    path.write_bytes(f"{HEAD}Zo\u00eb,phq-9,1,9\n".encode(encoding))
    with pytest.raises(Unusable, match=f"not UTF-8.*iconv -f {told} -t UTF-8 scores.csv"):
        Fused().count(path, rules=RULES)


@pytest.mark.parametrize("engine", [Reference(), Duck(), Fused()], ids=lambda one: one.id)
def test_a_short_row_is_left_out_and_a_row_without_a_date(tmp_path: Path, engine: Engine) -> None:
    """Client 2's row breaks off; client 3's second score has no date, and is no session."""
    path = tmp_path / "scores.csv"
    path.write_text(
        "client,instrument,date,score\n1,phq-9,2026-03-01,18\n1,phq-9,2026-03-08,9\n2,phq-9\n"
        "3,phq-9,2026-03-01,18\n3,phq-9,,2\n"
    )
    found = engine.count(path, rules=RULES)
    assert (found.rows, found.left_out) == (5, {"no score": 1, "no session": 1})
    assert found.shares["completion"]["phq-9", ""] == Share(1, 2)


@pytest.mark.parametrize("kind", ["DOUBLE", "FLOAT"])
@pytest.mark.parametrize(
    "engine", [Reference(), Duck(), Fused(by_arrow=False), Fused(by_arrow=True)]
)
def test_a_number_that_is_none_is_no_score(tmp_path: Path, engine: Engine, kind: str) -> None:
    path = tmp_path / "scores.parquet"
    with duckdb.connect() as con:
        con.execute(
            f"COPY (SELECT client, 'phq-9' AS instrument, session, CAST(score AS {kind}) AS score "
            "FROM (VALUES (1, 1, '18'), (1, 2, 'nan'), (1, 3, '9'), (1, 4, 'inf')) "
            f"AS t(client, session, score)) TO '{path}' (FORMAT parquet)"
        )
    found = engine.count(path, rules=RULES)
    assert found.left_out == {"no score": 1, "score off the scale": 1}
    assert found.shares["recovery"]["phq-9", ""] == Share(1, 1)


@pytest.mark.parametrize("engine", [Reference(), Duck(), Fused()], ids=lambda one: one.id)
def test_one_bad_cell_of_a_csv_is_left_out_and_the_rest_counted(
    tmp_path: Path, engine: Engine
) -> None:
    path = tmp_path / "bad.csv"
    path.write_text("client,instrument,session,score\n1,phq-9,1,18\n1,phq-9,2,x\n1,phq-9,3,9\n")
    found = engine.count(path, rules=RULES)
    assert (found.rows, found.left_out) == (3, {"no score": 1})
    assert found.shares["recovery"]["phq-9", ""] == Share(1, 1)


def test_a_score_that_is_no_number_is_refused_in_parquet(tmp_path: Path) -> None:
    path = tmp_path / "bad.parquet"
    with duckdb.connect() as con:
        con.execute(
            "COPY (SELECT 1 AS client, 'phq-9' AS instrument, 1 AS session, 'x' AS score) "
            f"TO '{path}' (FORMAT parquet)"
        )
    with pytest.raises(Unusable, match="score must be a number"):
        Fused().count(path, rules=RULES)


@pytest.mark.parametrize("engine", [Reference(), Duck(), Fused()], ids=lambda one: one.id)
def test_a_file_that_is_not_there_or_is_none(tmp_path: Path, engine: Engine) -> None:
    with pytest.raises(Unusable, match="does not exist"):
        engine.count(tmp_path / "absent.csv", rules=RULES)
    broken = tmp_path / "broken.parquet"
    broken.write_bytes(b"PAR1")
    with pytest.raises(Unusable, match="cannot be read"):
        engine.count(broken, rules=RULES)
    odd = tmp_path / "scores.xlsx"
    odd.write_bytes(b"x")
    with pytest.raises(Unusable, match="Parquet or a CSV"):
        engine.count(odd, rules=RULES)
