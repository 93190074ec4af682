"""`make test`: the checks, the whole suite on SQLite, then what decides about rows on PostgreSQL.

Of what judges and what permits every line and branch must be reached, by the tests beside it.
`--reached` (`make coverage`) runs everything on SQLite and asks the same, at 95%, of the rest.
`--full` (`make assurance`) runs what has a full size, at that size, and writes the dated page;
`--quick ROOM` (`make quick`) runs what stands in folders, or files, of that room's name.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.figures import lines, write_page
from tests.needed import in_ci
from tests.postgres import FOLDERS, NO_DATABASE, Unavailable, cluster

ON_POSTGRES = [*FOLDERS, *(f"--ignore={name}" for name in NO_DATABASE)]

# What judges and permits, and the tests that hold it: they are run first, and leave no line out.
# An excuse stands beside its line: "pragma: no cover -- why" (tests/house/test_skips.py).
WHOLLY = ("library", "access", "progress", "cohort")
JUDGING = [
    "tests/library", "tests/progress", "tests/cohort", "tests/agree", "tests/access/test_decide.py",
    "tests/access/test_policy.py", "tests/access/test_words.py", "tests/interfaces/cli/analyst",
]  # fmt: skip
LEFT = ["--cov-branch", "--cov-report=term-missing:skip-covered"]  # told, line by line
REACHED = [*(f"--cov=waymark.{one}" for one in WHOLLY), *LEFT, "--cov-fail-under=100"]

CHECKS = (
    ["ruff", "format", "--check", "."],
    ["ruff", "check", "."],
    ["mypy"],
    ["lint-imports"],
    ["python", "manage.py", "makemigrations", "--check", "--dry-run"],
)


def main() -> int:
    workers = ["-n", str(min(os.cpu_count() or 1, 4)), "--dist", "loadgroup"]
    if "--quick" in sys.argv:
        return _pytest([*_of_room(sys.argv[-1]), "-x", *workers], dict(os.environ))
    if "--reached" in sys.argv:
        return _pytest(
            ["tests", "--cov=waymark", *LEFT, "--cov-fail-under=95", *workers], dict(os.environ)
        )
    return _checked() or _everything(workers, full="--full" in sys.argv)


def _checked() -> int:
    """Format, lint, types, contracts and migrations: a fault there is told before any test."""
    beside = Path(sys.executable).parent
    for program, *words in CHECKS:
        print(" ".join([program, *words]), flush=True)
        code = subprocess.run([beside / program, *words], check=False).returncode
        if code:
            return code
    return 0


def _of_room(room: str) -> list[str]:
    """The folders and files of tests that carry a room's name; all of its own, and no others."""
    found = [one for one in Path("tests").rglob("*") if one.is_dir() and one.name == room]
    found += sorted(Path("tests").rglob(f"test_{room}*.py"))
    if not found:
        sys.exit(
            f"No tests carry the name {room!r}. A room is a folder such as tests/record/people."
        )
    return [str(one) for one in found]


def _everything(workers: list[str], *, full: bool) -> int:
    with tempfile.TemporaryDirectory() as folder:
        figures = Path(folder) / "figures"
        environment = {
            **os.environ,
            "WAYMARK_FULL": "yes" if full else "",
            "WAYMARK_FIGURES": str(figures),
        }
        code = (_of_full_size_on_both if full else _on_both)(workers, environment)
        found = lines(figures)
        print("\n".join(found), flush=True)
        if full and code == 0:
            write_page(found)
    return code


def _on_both(workers: list[str], environment: dict[str, str]) -> int:
    print("What judges and permits, every line of it", flush=True)
    code = _pytest([*JUDGING, *REACHED, *workers], environment)
    if code:
        return code
    print("Everything else on SQLite", flush=True)
    rest = ["tests", *(f"--ignore={one}" for one in JUDGING)]
    return _pytest([*rest, *workers], environment) or _on_postgres(
        ON_POSTGRES, workers, environment
    )


def _of_full_size_on_both(workers: list[str], environment: dict[str, str]) -> int:
    what = _of_full_size()
    print("What has a full size on SQLite", flush=True)
    return _pytest([*what, *workers], environment) or _on_postgres(
        [one for one in what if one.startswith(FOLDERS)], workers, environment
    )


def _of_full_size() -> list[str]:
    """The files of tests that read whether this is a full run, themselves or by what they use."""
    marks = ("WAYMARK_FULL", "tests.figures", "tests.progress.calibrated")
    files = sorted(Path("tests").rglob("test_*.py"))
    return [str(one) for one in files if any(mark in one.read_text() for mark in marks)]


def _on_postgres(what: list[str], workers: list[str], environment: dict[str, str]) -> int:
    try:
        with cluster() as held:
            print("Rows, rulings and a tenth of the access matrix, on PostgreSQL", flush=True)
            return _pytest([*what, *workers], {**environment, "DATABASE_URL": held.url()})
    except Unavailable as reason:
        print(f"PostgreSQL tests did not run: {reason}", flush=True)
        return int(in_ci())  # a desk may lack it; a run that decides may not


def _pytest(words: list[str], environment: dict[str, str]) -> int:
    command = [sys.executable, "-m", "pytest", "-q", *words]
    return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
