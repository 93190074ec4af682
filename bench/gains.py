"""What sudden gains and reliable change cost a course: the array kernels against a plain loop."""

import tempfile
from collections.abc import Callable, Iterator
from itertools import groupby
from math import sqrt
from pathlib import Path
from statistics import fmean

import numpy as np

from bench.clock import alternated
from bench.draw import PHQ, draw, scores_of, sessions
from waymark.cohort.engines.kernels import Block, judge, sudden_gains
from waymark.cohort.extract import known_rules
from waymark.progress.change.sudden_gains import CRITICAL

CLIENTS = 100_000
RULES = known_rules()
IN_R = 4.84
"""Microseconds a course of clinicalsignificance 1.0 (`cs_combined`, R 4.2.2), measured elsewhere on
this kind of machine with the first and the last score of 100,000 clients given."""


def main() -> None:
    _gains_in_memory()
    with tempfile.TemporaryDirectory(prefix="waymark-bench-") as folder:
        path = Path(folder) / "cohort.parquet"
        draw(path, clients=CLIENTS, seed=2)
        _from_a_file(path)


def plain(scores: list[int], *, least: float = 6, early: bool = True) -> int:
    """The three criteria in a loop, over whole runs of sessions; ``early``: the third is only asked
    where the others hold."""
    found = 0
    for n in range(1, len(scores) - 2):
        drop = scores[n] - scores[n + 1]
        large = drop >= least and drop >= 0.25 * scores[n]
        if early and not large:
            continue
        pre, post = scores[max(n - 2, 0) : n + 1], scores[n + 1 : n + 4]
        before, after = fmean(pre), fmean(post)
        squares = sum((y - before) ** 2 for y in pre) + sum((y - after) ** 2 for y in post)
        df = len(pre) + len(post) - 2
        found += large and before - after > CRITICAL[df] * sqrt(squares / df)
    return found


def _gains_in_memory() -> None:
    rng = np.random.default_rng(5)
    lengths = np.clip(rng.poisson(9, CLIENTS) + 1, 2, 24)
    who, session = np.repeat(np.arange(CLIENTS), lengths), sessions(lengths)
    score, starts = scores_of(rng, who, session, *PHQ), np.cumsum(lengths) - lengths
    nothing = np.zeros(CLIENTS, dtype=np.int64)
    block = Block(starts, session, score, nothing, nothing, nothing)
    courses = [part.tolist() for part in np.split(score, starts[1:])]
    calls: dict[str, Callable[[], object]] = {
        "loop": lambda: sum(plain(one, early=False) for one in courses),
        "early": lambda: sum(plain(one) for one in courses),
        "judge": lambda: judge(block, RULES["phq-9"]),
        "kernel": lambda: len(sudden_gains(block, RULES["phq-9"])),
    }
    assert calls["loop"]() == calls["early"]() == calls["kernel"]()
    taken = {name: each / CLIENTS for name, each in alternated(calls, rounds=5, each=1).items()}
    early = taken["loop"] / taken["early"]
    print("| scores in memory | CPU us a course | |\n|---|---|---|")
    _line("sudden gains, plain Python loop over all three criteria", taken["loop"], 1)
    _line("the same, where the third is only asked if need be", taken["early"], early)
    _line("sudden gains, array kernel", taken["kernel"], taken["loop"] / taken["kernel"])
    print(f"\nAgainst the loop that stops early: {taken['early'] / taken['kernel']:.1f}x.\n")
    print("| scores in memory | CPU us a course | |\n|---|---|---|")
    _line("reliable-change classes in R, measured elsewhere", IN_R / 1e6, 1)
    _line("every fact of a course and a score here", taken["judge"], IN_R / 1e6 / taken["judge"])
    print()


def _from_a_file(path: Path) -> None:
    from bench.cohort import fused

    def read() -> Iterator[tuple[str, list[int]]]:
        import duckdb

        with duckdb.connect() as con:
            query = f"SELECT client, instrument, score FROM '{path}' ORDER BY 1, 2, session"
            rows = con.execute(query).fetchall()
            for (_, name), held in groupby(rows, key=lambda row: (row[0], row[1])):
                yield name, [row[2] for row in held]

    def loop() -> int:
        return sum(plain(one, least=RULES[name].reliable) for name, one in read())

    calls: dict[str, Callable[[], object]] = {"loop": loop, "all": lambda: fused(path)}
    taken = alternated(calls, rounds=3, each=1)
    courses = 2 * CLIENTS
    print("| from a Parquet file | CPU us a course | |\n|---|---|---|")
    _line("sudden gains alone, plain Python loop", taken["loop"] / courses, 1)
    each = taken["all"] / courses
    _line("every measure, fused, sudden gains among them", each, taken["loop"] / taken["all"])
    print()


def _line(name: str, seconds: float, ratio: float) -> None:
    print(f"| {name} | {seconds * 1e6:.2f} | {ratio:.1f}x |")


if __name__ == "__main__":
    main()
