"""`make test`: the whole suite on SQLite, then what decides about rows on PostgreSQL.

`--full` (`make assurance`) runs the full sizes and writes the dated page of what they found.
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


def main() -> int:
    full = "--full" in sys.argv
    workers = ["-n", str(min(os.cpu_count() or 1, 4)), "--dist", "loadgroup"]
    with tempfile.TemporaryDirectory() as folder:
        figures = Path(folder) / "figures"
        environment = {
            **os.environ,
            "WAYMARK_FULL": "yes" if full else "",
            "WAYMARK_FIGURES": str(figures),
        }
        print("Everything, on SQLite", flush=True)
        code = _pytest(["tests", *workers], environment) or _on_postgres(workers, environment)
        found = lines(figures)
        print("\n".join(found), flush=True)
        if full and code == 0:
            write_page(found)
    return code


def _on_postgres(workers: list[str], environment: dict[str, str]) -> int:
    try:
        with cluster() as held:
            print("Rows, rulings and a tenth of the access matrix, on PostgreSQL", flush=True)
            return _pytest([*ON_POSTGRES, *workers], {**environment, "DATABASE_URL": held.url()})
    except Unavailable as reason:
        print(f"PostgreSQL tests did not run: {reason}", flush=True)
        return int(in_ci())  # a desk may lack it; a run that decides may not


def _pytest(words: list[str], environment: dict[str, str]) -> int:
    command = [sys.executable, "-m", "pytest", "-q", *words]
    return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
