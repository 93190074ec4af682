"""A clinic for the benchmarks: the demo's people, made once in a home of its own."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

PASSWORD = "made-up-people-only"  # noqa: S105 -- of the demo's people, who are made up


def start() -> None:
    """Load the settings of the benchmark's home, and what a process of the server loads."""
    import os

    from waymark.interfaces.cli.owner import portal
    from waymark.interfaces.cli.owner.memory import keep_the_program

    portal.start(Path(os.environ["WAYMARK_HOME"]), demo=True)
    keep_the_program()


def open_clinic() -> None:
    """Make the demo's clinic unless it stands."""
    import os

    from waymark.interfaces.cli.owner import portal

    home = Path(os.environ["WAYMARK_HOME"])
    portal.make_home(home, demo=True)
    start()
    portal.migrate()
    from waymark.interfaces.cli.owner.demo_data import make_clinic
    from waymark.record.people.queries import all_clinics

    if not all_clinics():
        make_clinic(password=PASSWORD, at=datetime.now(UTC))


def signed_in(login: str) -> Any:
    """A browser signed in by password, as a person is."""
    from django.test import Client

    client = Client(headers={"host": "127.0.0.1"})
    client.post("/account/sign-in/", {"login": login, "password": PASSWORD})
    return client
