"""What judging costs: one course, and the growth model."""

from collections.abc import Callable

import numpy as np

from bench.clock import alternated


def main() -> None:
    _one_course()
    _growth()


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


if __name__ == "__main__":
    main()
