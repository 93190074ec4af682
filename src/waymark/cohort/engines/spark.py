"""Apache Spark: the same SQL, said in Spark's words by SQLGlot, when one machine is outgrown."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from waymark.cohort.engine import Counts, Unusable
from waymark.cohort.engines.duck import gathered
from waymark.cohort.engines.source import REASONS, rules_sql
from waymark.cohort.engines.sql import facts_sql
from waymark.cohort.extract import COLUMNS, MISSING, OPTIONAL, STATUSES, Rules

LOCAL = "local[*]"
SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "true",
}
NO_ROWS = "Spark writes no line for each score: use the fused or the duckdb engine."
NEEDS = "Spark needs the extra: pip install 'waymark[spark]', and Java 17."


class Spark:
    """Counts on a Spark cluster; ``master`` as Spark writes it. One session for the object."""

    id = "spark"

    def __init__(self, *, master: str = LOCAL, settings: Mapping[str, str] | None = None) -> None:
        local = {"spark.sql.shuffle.partitions": "4"} if master.startswith("local") else {}
        self.master, self.settings = master, {**SETTINGS, **local, **(settings or {})}
        self._session: Any = None

    def count(
        self, path: Path, *, rules: Mapping[str, Rules], by: str = "", rows: Path | None = None
    ) -> Counts:
        if rows is not None:
            raise Unusable(NO_ROWS)
        session = self._started()
        try:
            shaped = _read(session, path)
            total, lost = _left_out(session, rules)
            session.sql(_words(facts_sql(rules, shaped))).createOrReplaceTempView("facts")
            session.catalog.cacheTable("facts")
            return gathered(
                lambda query: _ask(session, query),
                Counts(rows=total, left_out=lost),
                rules=rules,
                by=by,
            )
        except Exception as problem:
            raise _told(problem) from problem
        finally:
            session.catalog.clearCache()

    def stop(self) -> None:
        """End the session."""
        if self._session is not None:
            self._session.stop()
            self._session = None

    def _started(self) -> Any:
        if self._session is None:
            try:
                from pyspark.sql import SparkSession
            except ImportError as missing:
                raise Unusable(NEEDS) from missing
            builder = SparkSession.builder.master(self.master).appName("waymark cohort")
            for name, value in self.settings.items():
                builder = builder.config(name, value)
            self._session = builder.getOrCreate()
            self._session.sparkContext.setLogLevel("ERROR")
        return self._session


def _words(query: str) -> str:
    """DuckDB's SQL in Spark's words."""
    try:
        import sqlglot
    except ImportError as missing:
        raise Unusable(NEEDS) from missing
    return sqlglot.transpile(query, read="duckdb", write="spark")[0]


def _ask(session: Any, query: str) -> Sequence[Sequence[Any]]:
    return [tuple(row) for row in session.sql(_words(query)).collect()]


def _read(session: Any, path: Path) -> str:
    """The extract as the view `given`, and the SELECT that shapes it."""
    if path.suffix.lower() == ".parquet":
        frame = session.read.parquet(str(path))
    elif path.suffix.lower() in {".csv", ".tsv"}:
        sign = "\t" if path.suffix.lower() == ".tsv" else ","
        frame = session.read.csv(str(path), header=True, inferSchema=True, sep=sign)
    else:
        raise Unusable(f"{path}: give a Parquet or a CSV file, named .parquet or .csv.")
    names = {name.lower(): name for name in frame.columns}
    missing = [name for name in COLUMNS if name not in names]
    if missing:
        raise Unusable(f"{path} has no column {' and no column '.join(missing)}.")
    frame.createOrReplaceTempView("given")
    known = ", ".join(f"'{one}'" for one in STATUSES)
    score = "TRY_CAST(score AS DOUBLE) AS score"
    columns = ["client", "lower(instrument) AS instrument", "session", score]
    for name in OPTIONAL:
        held = f"'{MISSING}'"
        if name in names:
            held = f"coalesce(nullif(CAST({name} AS VARCHAR), ''), '{MISSING}')"
        if name == "status" and name in names:
            held = f"CASE WHEN lower({held}) IN ({known}) THEN lower({held}) ELSE '{MISSING}' END"
        columns.append(f"{held} AS {name}")
    return f"SELECT {', '.join(columns)} FROM given"


def _left_out(session: Any, rules: Mapping[str, Rules]) -> tuple[int, dict[str, int]]:
    cases = " ".join(f"WHEN {test} THEN '{reason}'" for reason, test in REASONS.items())
    query = (
        "WITH scores AS (SELECT client, lower(instrument) AS instrument, session, "
        "TRY_CAST(score AS DOUBLE) AS score "
        f"FROM given), rules AS ({rules_sql(rules)}) SELECT CASE {cases} END AS why, count(*) "
        "FROM scores LEFT JOIN rules USING (instrument) GROUP BY 1"
    )
    found = _ask(session, query)
    return sum(n for _, n in found), {why: n for why, n in found if why is not None}


def _told(problem: Exception) -> Exception:
    """A failure of Spark in one line; what was meant for the reader stays as it is."""
    if isinstance(problem, Unusable):
        return problem
    return Unusable(f"Spark could not finish: {str(problem).strip().splitlines()[0][:300]}")
