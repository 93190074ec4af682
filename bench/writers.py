"""Concurrent submits: processes that each store responses, with the waiting of each one."""

import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median, quantiles

from bench.clinic import open_clinic, start

CLIENTS = ("quinn", "riley", "casey", "avery")
WRITERS, EACH = len(CLIENTS), 25


def main() -> None:
    open_clinic()
    from django.db import connection

    began = time.perf_counter()
    writers = [
        subprocess.Popen(
            [sys.executable, "-m", "bench.writers", "write", str(number)],
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[1],
            env=os.environ,
        )
        for number in range(WRITERS)
    ]
    waits = [float(line) for writer in writers for line in writer.communicate()[0].split()]
    took = time.perf_counter() - began
    failed = WRITERS * EACH - len(waits)
    print(
        f"| {WRITERS} writers on {connection.vendor} | p50 {median(waits) * 1000:.0f} ms | "
        f"p99 {quantiles(waits, n=100)[98] * 1000:.0f} ms | {len(waits) / took:.0f} a second, "
        f"start-up included | {failed} failed |"
    )


def write() -> None:
    """One writer: its own process, its own connection."""
    start()
    from bench.pages import submitting

    submit = submitting(CLIENTS[int(sys.argv[2])])
    for _ in range(EACH):
        began = time.perf_counter()
        submit()
        print(time.perf_counter() - began)


if __name__ == "__main__":
    write() if "write" in sys.argv else main()
