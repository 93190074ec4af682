"""`make bench`: what the product costs here, as multiples of a bare view and per unit."""

import os
import platform
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parents[1]


def main() -> None:
    home = tempfile.mkdtemp(prefix="waymark-bench-")
    print(
        f"# Waymark, {datetime.now(UTC):%Y-%m-%d}: {platform.machine()}, {os.cpu_count()} cores, "
        f"Python {platform.python_version()}\n"
    )
    environment = {**os.environ, "WAYMARK_HOME": home, "WAYMARK_DEMO": "yes"}
    environment["OPENBLAS_NUM_THREADS"] = "1"  # threads that wait count as CPU time
    environment.pop("DATABASE_URL", None)
    _run("bench.pages", environment)
    _run("bench.caseload", environment)
    _run("bench.units", environment)
    _run("bench.engine", environment)
    _run("bench.gains", environment)
    _run("bench.cohort", environment)
    _run("bench.growth", environment)
    _run("bench.writers", environment)
    _run("bench.serving", environment)
    _run("bench.opening", environment)
    _run("bench.importing", environment)
    _run("bench.growing", environment)
    _on_postgres(environment)


def _run(module: str, environment: dict[str, str]) -> None:
    subprocess.run([sys.executable, "-m", module], cwd=ROOT, env=environment, check=True)


def _on_postgres(environment: dict[str, str]) -> None:
    from tests.postgres import Unavailable, cluster

    try:
        with cluster() as held, tempfile.TemporaryDirectory(prefix="waymark-bench-") as home:
            there = {**environment, "DATABASE_URL": held.url(), "WAYMARK_HOME": home}
            for part in ("bench.writers", "bench.serving", "bench.importing", "bench.growing"):
                _run(part, there)
    except Unavailable as reason:
        print(f"PostgreSQL was not measured: {reason}")


if __name__ == "__main__":
    main()
