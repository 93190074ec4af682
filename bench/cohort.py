"""What counting a cohort costs: the whole job against a bare scan and its SQL, by size.

The whole job reads Parquet, counts every measure, refits the expected course and writes a line for
each score. CPU seconds of every thread, medians of alternated rounds in one process; memory is of a
process of its own. `WAYMARK_BENCH_CLIENTS` adds a size, and a million clients by SQL, once.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from bench.clock import alternated
from bench.draw import draw

ASKED = int(os.environ.get("WAYMARK_BENCH_CLIENTS", "0"))
SIZES = sorted({10_000, 100_000, 1_000_000} | ({ASKED} if ASKED else set()))
SQL, MANY = 100_000, 1_000_000
"""Clients that the SQL is run on; the many, which take it minutes, only where a size is asked for.
"""

ROUNDS = 3


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="waymark-bench-") as folder:
        paths = {}
        for clients in SIZES:
            paths[clients] = Path(folder) / f"{clients}.parquet"
            draw(paths[clients], clients=clients, seed=1)
        _curve(paths)
        _sql(paths[SQL], clients=SQL, rounds=ROUNDS)
        if ASKED:
            _sql(paths[MANY], clients=MANY, rounds=1)
        _cold(paths[10_000])


def scan(path: Path) -> object:
    """DuckDB adding up the four columns on one thread; of the names, their lengths."""
    import duckdb

    with duckdb.connect() as con:
        con.execute("SET threads TO 1")
        sums = "SELECT sum(client), sum(session), sum(score), sum(strlen(instrument))"
        return con.execute(f"{sums} FROM '{path}'").fetchall()


def fused(path: Path, rows: Path | None = None, *, fast: bool = False) -> object:
    """The default engine: as the base install has it, or with the extra."""
    from waymark.cohort.engines.fused import Fused
    from waymark.cohort.extract import known_rules

    return Fused(by_arrow=fast).count(path, rules=known_rules(), rows=rows)


def by_sql(path: Path, rows: Path | None = None) -> object:
    """The readable definition."""
    from waymark.cohort.engines.duck import Duck
    from waymark.cohort.extract import known_rules

    return Duck().count(path, rules=known_rules(), rows=rows)


def _rows_of(path: Path) -> Path:
    return path.with_suffix(".rows.parquet")


def _curve(paths: dict[int, Path]) -> None:
    print("| clients | scan | counting | counting and rows | with [fast] | us a client | memory |")
    print("|---|---|---|---|---|---|---|")
    for clients, path in paths.items():
        rows = _rows_of(path)
        calls = {
            "scan": lambda path=path: scan(path),
            "counting": lambda path=path: fused(path),
            "rows": lambda path=path, rows=rows: fused(path, rows),
            "fast": lambda path=path, rows=rows: fused(path, rows, fast=True),
        }
        taken = alternated(calls, rounds=ROUNDS, each=1)
        shown = [f"{clients:,}", f"{taken['scan']:.3f} s"]
        for name in ("counting", "rows", "fast"):
            shown.append(f"{taken[name]:.3f} s ({taken[name] / taken['scan']:.1f}x)")
        shown.append(f"{taken['rows'] / clients * 1e6:.2f}")
        shown.append(" / ".join(f"{_memory(path, fast=fast)} MB" for fast in (False, True)))
        print(f"| {' | '.join(shown)} |", flush=True)
        rows.unlink()
    print()


def _memory(path: Path, *, fast: bool) -> int:
    """Peak resident memory, in MB, of a process that counts and writes the rows (Linux: since it
    began; what `getrusage` says is never less than its parent had)."""
    told = (
        "import sys; from pathlib import Path; from bench.cohort import fused, _rows_of; "
        f"path = Path(sys.argv[1]); fused(path, _rows_of(path), fast={fast}); "
        "print(Path('/proc/self/status').read_text().split('VmHWM:')[1].split()[0])"
    )
    words = [sys.executable, "-c", told, str(path)]
    return int(subprocess.run(words, check=True, capture_output=True, text=True).stdout) // 1024


def _sql(path: Path, *, clients: int, rounds: int) -> None:
    print(f"| {clients:,} clients | fused | SQL | |\n|---|---|---|---|")
    rows = _rows_of(path)
    for job, out in (("counting", None), ("counting and rows", rows)):
        calls = {
            "fused": lambda out=out: fused(path, out),
            "sql": lambda out=out: by_sql(path, out),
        }
        taken = alternated(calls, rounds=rounds, each=1)
        ratio = taken["sql"] / taken["fused"]
        print(f"| {job} | {taken['fused']:.3f} s | {taken['sql']:.2f} s | {ratio:.1f}x |")
    rows.unlink()
    print()


def _cold(path: Path) -> None:
    """A process from nothing to a finished report."""
    program = Path(sys.executable).parent / "waymark"
    words = [str(program), "cohort", str(path), "--format", "html", "-o", f"{path}.html"]
    spent = []
    for _ in range(ROUNDS):
        before = os.times()
        subprocess.run(words, check=True, capture_output=True)
        after = os.times()
        spent.append(
            after.children_user
            + after.children_system
            - before.children_user
            - before.children_system
        )
    print(f"Cold process to a finished report, 10,000 clients: {median(spent):.2f} CPU s\n")


if __name__ == "__main__":
    main()
