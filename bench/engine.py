"""What judging costs: one course, a cohort against a bare scan and its SQL, the growth model."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import process_time

import numpy as np

from bench.clock import alternated

CLIENTS = int(os.environ.get("WAYMARK_BENCH_CLIENTS", "100000"))


def main() -> None:
    _one_course()
    with tempfile.TemporaryDirectory(prefix="waymark-bench-") as folder:
        path = Path(folder) / "cohort.parquet"
        draw(path, clients=CLIENTS, seed=1)
        _cohort(path)
        small = Path(folder) / "small.parquet"
        draw(small, clients=10_000, seed=2)
        _cold(small)
    _growth()
    _gains()


def draw(path: Path, *, clients: int, seed: int) -> None:
    """PHQ-9 and GAD-7 at each of some ten sessions, rows by client; drawn whole in arrays."""
    import duckdb

    rng = np.random.default_rng(seed)
    lengths = np.clip(rng.poisson(9, clients) + 1, 2, 24)
    who = np.repeat(np.arange(clients, dtype=np.int32), lengths)
    begins = np.repeat(np.cumsum(lengths) - lengths, lengths)
    session = (np.arange(len(who)) - begins + 1).astype(np.int16)
    columns = [_scores(rng, who, session, *given) for given in ((27, 15.6, 4.7), (21, 13.3, 4.3))]
    stacked = np.stack(columns, axis=1).reshape(-1)
    held = {
        "client": np.repeat(who, 2),
        "session": np.repeat(session, 2),
        "code": np.tile(np.array([0, 1], dtype=np.int8), len(who)),
        "score": stacked,
    }
    with duckdb.connect() as con:
        con.register("held", held)
        con.execute(
            "COPY (SELECT client, CASE code WHEN 0 THEN 'phq-9' ELSE 'gad-7' END AS instrument, "
            f"session, score FROM held) TO '{path}' (FORMAT parquet, COMPRESSION zstd)"
        )


def _scores(rng, who, session, high, mean, sd):
    clients = int(who[-1]) + 1
    start, slope = rng.normal(mean, sd, clients), rng.normal(-2.3, 1.3, clients)
    level = start[who] + slope[who] * np.log(session)
    return np.clip(np.round(level + rng.normal(0, 2.1, len(who))), 0, high).astype(np.int8)


def _taken(call: Callable[[], object], *, rounds: int = 3) -> float:
    return alternated({"": call}, rounds=rounds, each=1)[""]


def _one_course() -> None:
    from waymark.library.instruments import INSTRUMENTS
    from waymark.progress.belief import believe
    from waymark.progress.expected import cold_phq9, follow
    from waymark.progress.reference import reference_for
    from waymark.progress.sudden_gains import Rule, sudden

    reference = reference_for("phq-9", INSTRUMENTS["phq-9"].scale("total"))
    assert reference is not None
    scores = [float(20 - n % 9) for n in range(20)]
    when, sessions, course = [float(n) for n in range(20)], list(range(1, 21)), cold_phq9()
    calls: dict[str, Callable[[], object]] = {
        "belief after each score, and shift": lambda: (
            (judged := believe(when, scores, reference=reference)).beliefs, judged.shift
        ),
        "expected course after each score": lambda: follow(sessions, scores, course=course),
        "sudden gains": lambda: sudden(list(scores), rule=Rule(6)),
    }  # fmt: skip
    print("| one course of 20 scores | CPU ms |\n|---|---|")
    for name, seconds in alternated(calls, rounds=5, each=20).items():
        print(f"| {name} | {seconds * 1e3:.2f} |")
    print()


def _cohort(path: Path) -> None:
    import duckdb

    from waymark.cohort.engines.duck import Duck
    from waymark.cohort.engines.fused import Fused
    from waymark.cohort.extract import known_rules

    rules = known_rules()

    def scan() -> object:
        with duckdb.connect() as con:
            con.execute("SET threads TO 1")
            query = "SELECT sum(client), sum(session), sum(score), count(instrument) FROM "
            return con.execute(f"{query}'{path}'").fetchall()

    calls = {
        "scan": scan,
        "fused": lambda: Fused().count(path, rules=rules),
        "sql": lambda: Duck().count(path, rules=rules),
    }
    taken = alternated(calls, rounds=3, each=1)
    print(f"| cohort of {CLIENTS:,} clients | CPU s | |\n|---|---|---|")
    print(f"| DuckDB summing the same columns | {taken['scan']:.3f} | 1 |")
    print(f"| all measures, fused | {taken['fused']:.3f} | {taken['fused'] / taken['scan']:.1f}x |")
    ratio = taken["sql"] / taken["fused"]
    print(f"| all measures, SQL | {taken['sql']:.3f} | {ratio:.1f}x the fused engine |\n")


def _cold(path: Path) -> None:
    program = Path(sys.executable).parent / "waymark"
    words = [str(program), "cohort", str(path), "--format", "html", "-o", f"{path}.html"]
    before = os.times()
    subprocess.run(words, check=True, capture_output=True)
    after = os.times()
    spent = after.children_user + after.children_system
    spent -= before.children_user + before.children_system
    print(f"Cold process to a finished report, 10,000 clients: {spent:.2f} CPU s\n")


def _growth() -> None:
    from waymark.cohort.growth import fit, sums_of

    print("| growth model, REML | clients | patterns | CPU s |\n|---|---|---|---|")
    for clients in (10_000, 100_000):
        for missing in (0.0, 0.08):
            rng = np.random.default_rng(3)
            lengths = np.clip(rng.poisson(10, clients), 2, 24)
            who = np.repeat(np.arange(clients), lengths)
            begins = np.repeat(np.cumsum(lengths) - lengths, lengths)
            session = (np.arange(len(who)) - begins + 1).astype(float)
            own = rng.multivariate_normal([15.6, -2.3], [[22, -2], [-2, 1.7]], clients)
            score = own[who, 0] + own[who, 1] * np.log(session) + rng.normal(0, 2.1, len(who))
            kept = (rng.random(len(who)) >= missing) | (session <= 2)
            starts = np.flatnonzero(np.diff(who[kept], prepend=-1))
            rows = starts, session[kept], score[kept]
            patterns = len(sums_of(*rows).n)
            spent = _taken(lambda rows=rows: fit(sums_of(*rows)))
            name = "all sessions" if not missing else "8% missing"
            print(f"| {name} | {clients:,} | {patterns} | {spent:.4f} |")
    print()


def _gains() -> None:
    """The array kernel against the plain loop, on the same courses."""
    from waymark.cohort.engines.kernels import Block, columns_of
    from waymark.cohort.extract import known_rules
    from waymark.progress.sudden_gains import Rule, sudden

    rng, clients = np.random.default_rng(5), 20_000
    lengths = np.clip(rng.poisson(9, clients) + 1, 2, 24)
    who = np.repeat(np.arange(clients), lengths)
    begins = np.cumsum(lengths) - lengths
    session = (np.arange(len(who)) - np.repeat(begins, lengths) + 1).astype(np.int16)
    score = _scores(rng, who, session, 27, 15.6, 4.7).astype(np.int16)
    rules, nothing = known_rules()["phq-9"], np.zeros(clients, dtype=np.int64)
    block = Block(begins, session, score, np.arange(clients), nothing, nothing)
    courses = [[float(one) for one in part] for part in np.split(score, begins[1:])]

    def plain() -> int:
        return sum(len(sudden(one, rule=Rule(6))) for one in courses)

    start = process_time()
    found = plain()
    slow = process_time() - start
    fast = _taken(lambda: columns_of(block, rules))
    assert int(columns_of(block, rules).gains.sum()) == found
    print(
        f"All facts of {clients:,} courses, sudden gains among them: {fast:.4f} CPU s; "
        f"sudden gains alone in plain Python: {slow:.2f} CPU s ({slow / fast:.0f}x)\n"
    )


if __name__ == "__main__":
    main()
