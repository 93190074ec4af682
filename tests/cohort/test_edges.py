"""The edges of a cohort: nobody to count, nothing to compare, what no figure rests on."""

from pathlib import Path

import numpy as np
import pytest
from numpy.random import default_rng

from tests.cohort.test_course import episodes
from tests.cohort.test_growth import courses
from waymark.cohort import course, growth
from waymark.cohort.engine import Counts, Ending, Unusable, with_totals
from waymark.cohort.engines import arrow, csv_file, spans, spark
from waymark.cohort.engines import reading as kinds
from waymark.cohort.engines.fused import Fused
from waymark.cohort.engines.reference import Reference
from waymark.cohort.engines.source import Source, open_source, reading
from waymark.cohort.extract import known_rules
from waymark.cohort.measure import Measure, Share
from waymark.cohort.measures import MEASURES
from waymark.cohort.outcomes import funnel, incidence
from waymark.cohort.reports.plain import as_json
from waymark.cohort.reports.summary import summary_of
from waymark.library.instruments import INSTRUMENTS
from waymark.progress.course.expected import cold_phq9

RULES = known_rules()


def test_a_scale_without_a_known_error_is_fitted_by_nobody() -> None:
    with pytest.raises(ValueError, match="no measurement error"):
        course.measured("c-ssrs", INSTRUMENTS["c-ssrs"].scale("level"))


def test_where_nobody_got_worse_the_threshold_stays_as_it_was() -> None:
    better = [one for one in episodes(3, clients=300) if one.scores[-1] <= one.scores[0]]
    assert course._flagged(cold_phq9(), better) is not None
    assert course._flagged(cold_phq9(), better).thresholds == cold_phq9().thresholds


def test_weights_that_have_not_settled_are_those_so_far() -> None:
    """One round of thirty: finite, of the right sign, and short of where it would come to rest."""
    rng = default_rng(1)
    x = np.column_stack([np.ones(400), rng.normal(size=(400, 3))])
    y = (rng.random(400) < 1 / (1 + np.exp(-x[:, 1]))).astype(float)
    one, all_of_them = (course._logistic(x, y, rounds=rounds)[1] for rounds in (1, 30))
    assert 0 < one < all_of_them


def test_a_session_far_beyond_any_course_still_counts() -> None:
    """Patterns are kept by small whole numbers; a session of four digits is kept as it is."""
    rows = courses(default_rng(2), clients=40)
    far = rows[1].copy()
    far[-1] = 5000
    assert growth.fit(growth.sums_of(rows[0], far, rows[2])).scores == len(far)


def test_own_courses_are_of_a_model_without_severity() -> None:
    rows = courses(default_rng(2), clients=40)
    first = rows[2][rows[0]]
    held = growth.fit(
        growth.sums_of(*rows[:3], severity=first - first.mean()), severity=float(first.mean())
    )
    with pytest.raises(ValueError, match="without severity"):
        growth.own_courses(held, *rows[:3])


def test_a_measure_is_counted_by_one_way() -> None:
    one = next(iter(MEASURES.values()))
    given = {name: getattr(one, name) for name in one.__dataclass_fields__}
    for ways in ({"masks": None, "waits": None}, {"masks": len, "waits": len}):
        with pytest.raises(ValueError, match="needs masks, or waits"):
            Measure(**{**given, **ways})


def test_open_courses_leave_nobody_at_risk() -> None:
    """Ten reached it at 2; the last course was last seen at 3, open: nothing can be said of 4."""
    endings = {Ending(2, 4, False): 10, Ending(0, 3, True): 5}
    assert [step.session for step in incidence(endings)] == [1, 2, 3]
    assert incidence({}) == incidence({Ending(2, 4, False): 0}) == []


def test_a_funnel_of_nobody_is_empty_and_of_all_is_one_point() -> None:
    assert funnel({"north": Share(0, 0)}) == []
    (whole,) = funnel({"north": Share(12, 12)})
    assert (whole.low95, whole.high95, whole.stands) == (1.0, 1.0, "within")


@pytest.mark.parametrize(("hits", "of", "all_hits", "all_of"), [(0, 3, 1, 900), (3, 3, 899, 900)])
def test_the_limits_of_a_small_site_hold_its_own_share(
    hits: int, of: int, all_hits: int, all_of: int
) -> None:
    """Nobody, or everybody, of three: such a site lies at its own limit and not beyond it."""
    shares = {"small": Share(hits, of), "rest": Share(all_hits - hits, all_of - of)}
    small = next(one for one in funnel(shares) if one.site == "small")
    assert 0 <= small.low95 <= small.share <= small.high95 <= 1


def test_official_rates_stand_beside_the_measures(tmp_path: Path) -> None:
    """40 people with both measures: 30 end at 4 and 4 (recovered), 10 stay at 18 and 15."""
    path = tmp_path / "extract.csv"
    lines = ["client,instrument,session,score,status,site"]
    for client in range(40):
        last = (4, 4) if client < 30 else (18, 15)
        for id, scores in (("phq-9", (18, last[0])), ("gad-7", (15, last[1]))):
            lines += [f"{client},{id},{n},{s},planned,north" for n, s in enumerate(scores, 1)]
    path.write_text("\n".join(lines) + "\n")
    counts = with_totals(Reference().count(path, rules=RULES, by="site"))
    summary = summary_of(counts, name="ours", by="site", exact=True)
    rates = summary.nhs
    assert {(one.hits, one.of) for title, one in rates.items() if "ecovery" in title} == {(30, 40)}
    assert as_json(summary)["nhs"]


def test_counts_are_like_counts_alone() -> None:
    assert Counts() != "nothing"


def test_a_quote_without_an_end_names_no_columns(tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text('client,"session\n' + "x" * 140_000)
    assert csv_file._header(path, ",") == []


def test_more_groups_than_can_be_compared_are_refused() -> None:
    many = [(f"site {n}",) for n in range(kinds.MOST_GROUPS + 1)]
    with pytest.raises(Unusable, match="at most"):
        kinds.few(many, "site")


def test_a_client_that_is_missing_is_read_by_name() -> None:
    missing = np.ma.MaskedArray(np.array([1, 2]), mask=[False, True])
    with pytest.raises(kinds.OutOfOrder):
        kinds._plain({"client": missing})


def test_few_kinds_of_courses_are_added_up_without_sorting() -> None:
    """Codes 2, 0, 2 of three possible ones, with 1, 4 and 5 courses; and the same, sorted."""
    code, many = np.array([2, 0, 2]), np.array([1, 4, 5])
    for cells in (3, 10**6):
        kept, total = spans._added(code, many, cells)
        assert (kept.tolist(), total.tolist()) == ([0, 2], [4, 6])


def test_nobody_scored_writes_an_empty_table(tmp_path: Path) -> None:
    path, rows = tmp_path / "extract.csv", tmp_path / "rows.parquet"
    path.write_text("client,instrument,session,score\n1,unknown,1,3\n")
    found = Reference().count(path, rules=RULES, rows=rows)
    assert (found.rows, rows.exists()) == (1, True)


def test_a_comma_at_the_end_of_each_line_is_no_column(tmp_path: Path) -> None:
    path = tmp_path / "extract.csv"
    for end in (",", ",,"):
        path.write_text(f"client,instrument,session,score\n1,phq-9,1,18{end}\n1,phq-9,2,8{end}\n")
        assert Reference().count(path, rules=RULES).rows == 2


@pytest.mark.parametrize("by_arrow", [True, False])
def test_where_every_score_lies_off_the_scale_there_is_no_course(
    tmp_path: Path, by_arrow: bool
) -> None:
    """Of the PHQ-9; the GAD-7 of the same file has one."""
    path = tmp_path / "extract.parquet"
    rows = "(1, 'phq-9', 1, 99), (1, 'phq-9', 2, 98), (1, 'gad-7', 1, 15), (1, 'gad-7', 2, 4)"
    with reading(path) as con:
        con.execute(
            f"COPY (SELECT client, instrument, session, score::DOUBLE AS score FROM (VALUES {rows})"
            f" AS t(client, instrument, session, score)) TO '{path}' (FORMAT parquet)"
        )
    found = Fused(by_arrow=by_arrow).count(path, rules=RULES)
    assert found.left_out == {"score off the scale": 2}
    assert set(found.endings) == {"gad-7"}


@pytest.mark.parametrize(("kind", "may"), [("DOUBLE", True), ("DECIMAL(4, 1)", False)])
def test_arrow_reads_what_it_reads_as_duckdb_does(tmp_path: Path, kind: str, may: bool) -> None:
    assert arrow.installed()
    assert arrow.readable(one_score(tmp_path, kind), "", size=1000) is may


def test_without_a_column_of_sites_all_are_of_one_group(tmp_path: Path) -> None:
    source = one_score(tmp_path, "DOUBLE")
    (rows,) = arrow.read(source, rules=RULES, by="site", groups=("",), size=1000)
    assert rows["grp"].tolist() == [0]


def one_score(folder: Path, kind: str) -> Source:
    path = folder / "extract.parquet"
    select = f"SELECT 1 AS client, 'phq-9' AS instrument, 1 AS session, 18::{kind} AS score"
    with reading(path) as con:
        con.execute(f"COPY ({select}) TO '{path}' (FORMAT parquet)")
        return open_source(con, path, by="")


class Nowhere:
    """A session of Spark that finds nobody at its address."""

    def __getattr__(self, _: str) -> object:
        return lambda *_: self

    def getOrCreate(self) -> None:
        raise RuntimeError("no such host")


Nowhere.builder = Nowhere()


def test_spark_says_what_it_cannot_and_what_it_lacks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = spark.Spark()
    asked.stop()  # it never began
    with pytest.raises(Unusable, match="no line for each score"):
        asked.count(tmp_path / "extract.csv", rules=RULES, rows=tmp_path / "rows.parquet")
    monkeypatch.setattr("pyspark.sql.SparkSession", Nowhere)
    monkeypatch.setattr(spark.shutil, "which", lambda _: "/usr/bin/java")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(Unusable, match="did not start at spark://nowhere: no such host"):
        spark._session("spark://nowhere", {})
    monkeypatch.setattr(spark.shutil, "which", lambda _: None)
    with pytest.raises(Unusable, match=r"Java|waymark\[spark\]"):
        spark._session("local[1]", {})
