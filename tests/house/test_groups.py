"""Tests of one group share a worker, and what they hold together is started once.

pytest-xdist tells groups apart by what it adds to a test's name. A version of pytest that takes no
such addition drops every group in silence: two demos were served then, each with half of the
browser's tests, and a wish that one of them had taken back stood in the other.
"""

import os
import subprocess
import sys
from pathlib import Path

GROUP = """
import os
import pytest

@pytest.mark.parametrize("turn", range(4))
@pytest.mark.xdist_group("{name}")
def test_where(turn):
    with open("{name}", "a") as told:
        told.write(os.environ["PYTEST_XDIST_WORKER"] + chr(10))
"""
WORDS = ["-m", "pytest", "-q", "-n", "2", "--dist", "loadgroup", "-c", os.devnull, "."]


def test_tests_of_one_group_run_in_one_worker(tmp_path: Path) -> None:
    for name in ("first", "second"):
        (tmp_path / f"test_{name}.py").write_text(GROUP.format(name=name))
    bare = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST", "DJANGO"))}
    done = subprocess.run(
        [sys.executable, *WORDS],
        cwd=tmp_path,
        env=bare,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:]
    told = {name: (tmp_path / name).read_text().split() for name in ("first", "second")}
    assert [(len(one), len(set(one))) for one in told.values()] == [(4, 1), (4, 1)]
