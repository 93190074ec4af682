"""What judging one course costs."""

from collections.abc import Callable

from bench.clock import alternated


def main() -> None:
    _one_course()


def _one_course() -> None:
    from waymark.library.instruments import INSTRUMENTS
    from waymark.progress.change.belief import believe
    from waymark.progress.change.reference import reference_for
    from waymark.progress.change.sudden_gains import GainCriteria, sudden
    from waymark.progress.course.expected import cold_phq9, follow

    reference = reference_for("phq-9", INSTRUMENTS["phq-9"].scale("total"))
    assert reference is not None
    scores = [float(20 - n % 9) for n in range(20)]
    when, sessions, course = [float(n) for n in range(20)], list(range(1, 21)), cold_phq9()

    def believed(*, each: bool) -> object:
        judged = believe(when, scores, reference=reference, each=each)
        return judged.beliefs, judged.shift

    calls: dict[str, Callable[[], object]] = {
        "belief after the last score, and shift (a page)": lambda: believed(each=False),
        "belief after each score, and shift": lambda: believed(each=True),
        "expected course after the last score (a page)": lambda: follow(
            sessions, scores, course=course, since=sessions[-1]
        ),
        "expected course after each score": lambda: follow(sessions, scores, course=course),
        "sudden gains": lambda: sudden(list(scores), rule=GainCriteria(6)),
    }
    print("| one course of 20 scores | CPU ms |\n|---|---|")
    for name, seconds in alternated(calls, rounds=5, each=20).items():
        print(f"| {name} | {seconds * 1e3:.2f} |")
    print()


if __name__ == "__main__":
    main()
