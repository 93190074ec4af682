"""What the caseload costs with eighty clients, each with some ten scores: a full-time caseload."""

import os
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.clinic import PASSWORD, signed_in, start
from bench.clock import alternated

CLIENTS = 80


def main() -> None:
    with TemporaryDirectory(prefix="waymark-bench-") as home:
        os.environ["WAYMARK_HOME"] = home
        _make()
        from django.urls import reverse

        okafor = signed_in("okafor@demo.example")
        calls = {
            "bare view": lambda: okafor.get(reverse("healthz")),
            f"caseload ({CLIENTS} clients)": lambda: okafor.get(reverse("caseload")),
        }
        costs = alternated(calls, rounds=7, each=3)
    for name, seconds in costs.items():
        print(f"| {name} | {seconds * 1000:.1f} | {seconds / costs['bare view']:.0f} |")
    print()


def _make() -> None:
    """The demo's people ten times over, under names of their own."""
    from waymark.interfaces.cli.owner import portal

    portal.make_home(Path(os.environ["WAYMARK_HOME"]), demo=True)
    start()
    portal.migrate()
    from waymark.interfaces.cli.owner.demo_data import PEOPLE, make_clinic

    every = [
        replace(PEOPLE[n % len(PEOPLE)], name=f"Client {n}", login=f"client-{n}")
        for n in range(CLIENTS)
    ]
    make_clinic(password=PASSWORD, at=datetime.now(UTC), people_of=every)


if __name__ == "__main__":
    main()
