"""What one unit costs: scoring a response, sealing and opening a field, judging a course."""

import os
from uuid import uuid4

from bench.clinic import open_clinic
from bench.clock import alternated


def main() -> None:
    open_clinic()
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    from waymark.interfaces.cli.owner.demo_data import answers_of
    from waymark.library.instruments import INSTRUMENTS
    from waymark.library.scoring import score
    from waymark.progress.course.expected import cold_phq9
    from waymark.progress.course.projection import projection_of
    from waymark.progress.course.timeline import Point, Series, Timeline
    from waymark.progress.signals.engine import judge, judge_beyond
    from waymark.record.vault.envelope import Seat, seal, unseal

    phq9, answers = INSTRUMENTS["phq-9"], answers_of("phq-9", 13)
    cipher, plain = AESGCM(os.urandom(32)), b"x" * 800
    seat = Seat(str(uuid4()), str(uuid4()), "table", "column", str(uuid4()))
    envelope = seal(plain, key_id=b"12345678", cipher=cipher, seat=seat, step=64)
    points = tuple(Point(at=day * 7, value=20 - day % 9) for day in range(20))
    series = Series("phq-9", phq9.scale("total"), points)
    timeline, course = Timeline(series=(series,)), cold_phq9()
    calls = {
        "score a PHQ-9": lambda: score(phq9, answers),
        "seal 800 bytes": lambda: seal(
            plain, key_id=b"12345678", cipher=cipher, seat=seat, step=64
        ),
        "open 800 bytes": lambda: unseal(envelope, cipher=cipher, seat=seat),
        "judge a course of 20 scores, first against last": lambda: judge(timeline),
        "all findings of that course, the expected course among them": lambda: judge_beyond(
            series, ahead=projection_of(series, course, chances=True)
        ),
    }
    costs = alternated(calls, rounds=7, each=200)
    print("| unit | CPU microseconds |\n|---|---|")
    for name, seconds in costs.items():
        print(f"| {name} | {seconds * 1e6:.1f} |")
    print()


if __name__ == "__main__":
    main()
