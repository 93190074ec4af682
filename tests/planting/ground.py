"""The throwaway copy in which faults are planted; the checkout itself is never changed."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.planting.faults import ROOT, Fault
from tests.postgres import cluster

FAILED = 1  # of pytest: tests ran, and some failed; anything else is no verdict
LAST = 40  # lines that are shown of what should have passed
FIRST = re.compile(r"^(?:FAILED|ERROR) (\S+)", re.MULTILINE)
SETTINGS = "waymark.config.test_settings"
IMPORT = f"""
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "{SETTINGS}"
import django
django.setup()
from django.template import engines
for file in sys.argv[1:]:
    if file.endswith(".html"):
        engines["django"].from_string(open(file).read())
    elif file.startswith("src/") and file.endswith(".py"):
        __import__(file[4:-3].replace("/", ".").removesuffix(".__init__"))
import waymark
print(waymark.__file__)
"""


class Unfit(RuntimeError):
    """The copy cannot be trusted: the faults would be looked for in the wrong place."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What tests said: ``caught``, ``survived``, or ``broken`` where nothing could run at all."""

    outcome: str
    by: str = ""  # the first test that failed
    said: str = ""  # the end of what pytest printed


@dataclass(frozen=True, slots=True)
class Ground:
    """The copy, and the only two things done in it."""

    folder: Path
    database: str = ""  # the address of a PostgreSQL cluster; else SQLite

    def imports(self, *files: str) -> str:
        """Why these files cannot be loaded; empty where they can. Raises Unfit."""
        done = self.run(sys.executable, "-c", IMPORT, *files)
        if done.returncode:
            return done.stdout.strip().rpartition("\n")[2] or "it does not load"
        if self.folder not in Path(done.stdout.strip().rpartition("\n")[2]).parents:
            raise Unfit(f"what is imported is not the copy: {done.stdout.strip()}")
        return ""

    def tested(self, tests: list[str]) -> Verdict:
        """What these tests say of the copy as it stands, up to the first failure."""
        done = self.run(sys.executable, "-m", "pytest", "-x", "-q", "-rfE", *tests)
        if done.returncode == 0:
            return Verdict("survived")
        first, end = FIRST.search(done.stdout), "\n".join(done.stdout.splitlines()[-LAST:])
        if done.returncode != FAILED or first is None:
            return Verdict("broken", end.rpartition("\n")[2], end)
        return Verdict("caught", first[1], end)

    @contextmanager
    def on(self, database: str) -> Iterator["Ground"]:
        """The same copy, whose tests run on this database. Raises Unavailable."""
        if not database:
            yield self
            return
        with cluster() as held:
            yield replace(self, database=held.url())

    @contextmanager
    def planted(self, fault: Fault) -> Iterator[None]:
        """Within, the fault stands in the copy."""
        file = self.folder / fault.file
        sound = file.read_text()
        file.write_text(fault.planted(sound))
        try:
            yield
        finally:
            file.write_text(sound)

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """A command in the copy, whose own modules it finds first; what it said, in one."""
        environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join((str(self.folder / "src"), str(self.folder))),
            **({"DATABASE_URL": self.database} if self.database else {}),
            "PYTHONDONTWRITEBYTECODE": "1",  # a file of the same second and length is not reread
        }
        return subprocess.run(
            command,
            cwd=self.folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )


@contextmanager
def ground() -> Iterator[Ground]:
    """A copy of every file that git knows or would add, as it stands now; gone afterwards."""
    with TemporaryDirectory(prefix="planting-") as name:
        folder = Path(name).resolve()
        for file in _files():
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / file, folder / file)
        for words in (("init", "-q"), ("add", "-A")):  # a test asks git what is committed
            subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True)
        yield Ground(folder)


def _files() -> list[str]:
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [file for file in set(listed.split("\0")) if file and (ROOT / file).is_file()]
