"""A process of the web server keeps the program out of its collector's rounds."""

import subprocess
import sys

SHOWN = """
import gc
from waymark.interfaces.cli.owner import portal
from waymark.interfaces.cli.owner.memory import BETWEEN, keep_the_program
portal.start()
before = gc.get_freeze_count()
keep_the_program()
import sys
print(before, gc.get_freeze_count() > 100_000, gc.get_threshold()[0] == BETWEEN)
print("waymark.interfaces.clinic.caseload.views" in sys.modules)
"""


def test_what_stays_is_never_looked_through() -> None:
    """In a process of its own: frozen is frozen for good."""
    done = subprocess.run([sys.executable, "-c", SHOWN], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["0", "True", "True", "True"], done.stderr
