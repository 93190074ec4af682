"""Apache Spark, when one machine is outgrown: the kernels by partition, or the SQL in its words.

Clients are dealt out whole. Each partition adds up its own with the kernels of the fused engine,
and the driver puts the sums together: they are whole numbers, so that nothing depends on how the
clients were dealt. The SQL way needs nothing but Java where the data are.
"""

import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

from waymark.cohort.engine import Counts, Unusable
from waymark.cohort.engines import partition
from waymark.cohort.engines.csv_file import sign_of
from waymark.cohort.engines.duck import gathered
from waymark.cohort.engines.fused import Tally
from waymark.cohort.engines.reading import few
from waymark.cohort.engines.source import (
    NUMBERS,
    Source,
    check,
    kind_of,
    left_out,
    open_source,
    reading,
    shaped,
    with_groups,
)
from waymark.cohort.engines.sql import facts_sql, scores_sql
from waymark.cohort.extract import OPTIONAL, STATUSES, Rules

LOCAL = "local[*]"
SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "true",
    "spark.sql.execution.arrow.maxRecordsPerBatch": "100000",
}
LOCAL_SETTINGS = {
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.shuffle.partitions": "4",
}
"""On this machine alone; on a cluster the executors must find the driver by its own name."""

NO_ROWS = "Spark writes no line for each score: use the fused or the duckdb engine."
NEEDS = "Spark needs the extra: pip install 'waymark[spark]', and Java 17."
TYPES: Mapping[str, str] = MappingProxyType(
    {"string": "VARCHAR", "int": "INTEGER", "decimal": "DECIMAL"}
)
"""Spark's names of types where they are not DuckDB's in small letters."""

KNOWN_FAILURES: Mapping[str, str] = MappingProxyType(
    {
        "Python worker exited unexpectedly": (
            "a Python worker died, most often for want of memory. Give executors more memory, or "
            "deal clients out to more partitions (spark.sql.shuffle.partitions)."
        ),
        "No module named": (
            "a worker lacks a package. Install waymark[spark] on every executor, or use "
            "--engine spark-sql, which needs only Java there."
        ),
    }
)


class Spark:
    """Counts on a Spark cluster; ``master`` as Spark writes it. One session for the object.

    With ``kernels``, executors run Python with this package; without, they run SQL alone.
    """

    id = "spark"

    def __init__(
        self,
        *,
        master: str = LOCAL,
        settings: Mapping[str, str] | None = None,
        kernels: bool = True,
    ) -> None:
        local = LOCAL_SETTINGS if master.startswith("local") else {}
        self.master, self.settings = master, {**SETTINGS, **local, **(settings or {})}
        self.kernels = kernels
        self._session: Any = None

    def count(
        self, path: Path, *, rules: Mapping[str, Rules], by: str = "", rows: Path | None = None
    ) -> Counts:
        """Count on Spark, by kernels a partition or by SQL: see `Engine.count`. No ``rows``."""
        if rows is not None:
            raise Unusable(NO_ROWS)
        kind = kind_of(path)
        session = self._started()
        way = _by_kernels if self.kernels else _by_sql
        try:
            source = with_groups(_opened(session, path, kind), by)
            total, lost = left_out(lambda query: _ask(session, query), source, rules)
            found = way(session, source, rules, by)
        except Exception as problem:
            raise _told(problem) from problem
        found.rows, found.left_out = total, lost
        return found

    def stop(self) -> None:
        """End the session."""
        if self._session is not None:
            self._session.stop()
            self._session = None

    def _started(self) -> Any:
        if self._session is None:
            self._session = _session(self.master, self.settings)
        return self._session


def _session(master: str, settings: Mapping[str, str]) -> Any:
    home = os.environ.get("JAVA_HOME")
    java = Path(home, "bin", "java").exists() if home else shutil.which("java") is not None
    try:
        import sqlglot  # noqa: F401 -- the SQL is said in Spark's words by it
        from pyspark.sql import SparkSession
    except ImportError as missing:
        raise Unusable(NEEDS) from missing
    if not java:
        raise Unusable(NEEDS)
    if master.startswith("local"):  # workers are this Python, whatever `python3` on the path is
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.master(master).appName("waymark cohort")
    for name, value in settings.items():
        builder = builder.config(name, value)
    try:
        session = builder.getOrCreate()
    except Exception as problem:
        raise Unusable(f"Spark did not start at {master}: {_first_line(problem)}") from problem
    session.sparkContext.setLogLevel("ERROR")
    return session


def _by_sql(session: Any, source: Source, rules: Mapping[str, Rules], by: str) -> Counts:
    """The SQL of the measures, from beginning to end."""
    facts = facts_sql(rules, shaped(source, extra=OPTIONAL))
    session.sql(_words(facts)).createOrReplaceTempView("facts")
    session.catalog.cacheTable("facts")
    try:
        return gathered(lambda query: _ask(session, query), Counts(), rules=rules, by=by)
    finally:
        session.catalog.uncacheTable("facts")


def _by_kernels(session: Any, source: Source, rules: Mapping[str, Rules], by: str) -> Counts:
    """Scores dealt out by client and put in order; kernels by partition; sums put together."""
    scores = scores_sql(rules, shaped(source, extra=OPTIONAL))
    groups: tuple[str, ...] = ("",)
    if by:
        groups = few(_ask(session, f"SELECT DISTINCT {by} FROM ({scores}) AS s ORDER BY 1"), by)
    dealt = session.sql(_words(_coded(scores, rules, by))).repartition("client")
    ordered = dealt.sortWithinPartitions("client", "instrument", "session")
    held = Tally(list(rules.values()), groups)
    add_up = partition.adding_up(list(rules.values()), groups)
    for (sums,) in ordered.mapInArrow(add_up, "sums binary").collect():
        held.merge(partition.unpacked(bytes(sums)))
    return held.counts(rows=0, by=by)


def _coded(scores: str, rules: Mapping[str, Rules], by: str) -> str:
    """Instruments and statuses as numbers, clients as text: what `partition` reads."""
    codes = " ".join(f"WHEN '{name}' THEN {place}" for place, name in enumerate(rules))
    status = " ".join(f"WHEN '{one}' THEN {place}" for place, one in enumerate(STATUSES))
    group = by or "''"
    return (
        "SELECT CAST(client AS VARCHAR) AS client, "
        f"CAST(CASE instrument {codes} END AS INTEGER) AS instrument, "
        f"CAST(session AS BIGINT) AS session, score, {group} AS grp, "
        f"CAST(CASE status {status} ELSE -1 END AS INTEGER) AS status FROM ({scores}) AS s"
    )


def _words(query: str) -> str:
    """DuckDB's SQL in Spark's words."""
    import sqlglot

    return sqlglot.transpile(query, read="duckdb", write="spark")[0]


def _ask(session: Any, query: str) -> Sequence[Sequence[Any]]:
    return [tuple(row) for row in session.sql(_words(query)).collect()]


def _opened(session: Any, path: Path, kind: str) -> Source:
    """The extract as the view `given`, its columns checked as everywhere."""
    frame = session.read.parquet(str(path)) if kind == ".parquet" else _of_csv(session, path)
    frame.createOrReplaceTempView("given")
    types = {name.lower(): _type(held) for name, held in frame.dtypes}
    check(path, types)
    return Source(path, "given", types)


def _of_csv(session: Any, path: Path) -> Any:
    """A CSV in the columns, types and signs that DuckDB sees, which names what cannot be right."""
    with reading(path) as con:
        types, sign = open_source(con, path, by="").types, sign_of(con, path)
    schema = ", ".join(f"`{name.replace('`', '``')}` {_spark_type(types[name])}" for name in types)
    frame = session.read.csv(
        str(path), header=True, schema=schema, sep=sign, multiLine=True, escape='"'
    )
    whole = frame["session"].cast("bigint") if "session" in types else None
    return frame if whole is None else frame.withColumn("session", whole)


def _spark_type(held: str) -> str:
    """Whole numbers are read as any number: a spreadsheet may have written 1.0."""
    if held in NUMBERS:
        return "double"
    return held.lower() if held in {"DATE", "TIMESTAMP"} else "string"


def _type(held: str) -> str:
    plain = held.split("(")[0]
    return TYPES.get(plain, plain.upper())


def _told(problem: Exception) -> Exception:
    """A failure of Spark in one line; what was meant for the reader stays as it is."""
    if isinstance(problem, Unusable):
        return problem
    for sign, words in KNOWN_FAILURES.items():
        if sign in str(problem):
            return Unusable(f"Spark could not finish: {words}")
    return Unusable(f"Spark could not finish: {_first_line(problem)}")


def _first_line(problem: Exception) -> str:
    return str(problem).strip().splitlines()[0][:300]
