"""Homes as owners have them: made by the commands of a page, or by an older version."""

import os
import re
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.postgres import APP, OWNER, Cluster, programs

WAYMARK = str(Path(sys.executable).parent / "waymark")
ROOT = Path(__file__).parents[2]
OLDER = ROOT / "tests" / "data" / "home_0_1"
OURS = ("WAYMARK_", "DJANGO_", "DATABASE_URL", "PYTEST_")
MASTER_KEY = "5f" * 32
SESSION_KEY = "session-key-of-a-home-of-made-up-people-only-012345"
FOLDERS = ("data", "keyring", "keys", "mail")


@dataclass
class Owner:
    """Whoever runs the machine: a home, and what their shell knows."""

    home: Path
    shell: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        bare = {name: it for name, it in os.environ.items() if not name.startswith(OURS)}
        self.shell = {**bare, "WAYMARK_HOME": str(self.home), **self.shell}

    def waymark(self, *words: str, **given: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [WAYMARK, *words],
            env={**self.shell, **given},
            cwd=self.home.parent,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    def doctor(self, **given: str) -> str:
        done = self.waymark("doctor", **given)
        return plain(done.stdout + done.stderr)

    def refused(self, *words: str, **given: str) -> str:
        """What a command says that does not do it."""
        done = self.waymark(*words, **given)
        assert done.returncode == 1, done.stdout
        return plain(done.stderr)

    @contextmanager
    def served(self, port: int, *words: str, **given: str) -> Iterator[str]:
        """`waymark serve` until the block ends; ended by its own number."""
        log = (self.home.parent / f"serve-{port}.log").open("w")
        server = subprocess.Popen(
            [WAYMARK, "serve", "--port", str(port), *words],
            env={**self.shell, **given},
            cwd=self.home.parent,
            stdout=log,
            stderr=log,
        )
        root = f"http://127.0.0.1:{port}"
        try:
            waits_until_ready(root, server, Path(log.name))
            yield root
        finally:
            server.terminate()
            server.wait(30)
            log.close()


def plain(told: str) -> str:
    """What was told, once it is words for a person: no traceback, and no name of an error."""
    assert "Traceback" not in told, told
    assert not re.search(r"[a-z](Error|Exception|Failure)\b|\bErrno\b|NoMasterKey", told), told
    return told


def waits_until_ready(root: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    until, seen = time.monotonic() + 60, ""
    while time.monotonic() < until and server.poll() is None:
        status, seen = get(f"{root}/readyz")
        if status == 200:
            return
        time.sleep(0.2)
    raise AssertionError(f"never ready: {seen}\n{log.read_text()}")


def get(address: str, **headers: str) -> tuple[int, str]:
    """Status and text of a page; 0 where nobody answers."""
    asked = urllib.request.Request(address, headers=headers)  # noqa: S310 -- loopback
    try:
        with urllib.request.urlopen(asked, timeout=20) as answer:  # noqa: S310 -- loopback
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refusal:
        return refusal.code, refusal.read().decode()
    except OSError as error:
        return 0, str(error)


# On paper


def blocks(page: Path, kind: str) -> list[str]:
    """The fenced blocks of a page, in order."""
    return [it.strip() for it in re.findall(rf"```{kind}\n(.*?)```", page.read_text(), re.DOTALL)]


# An older home


def older(folder: Path, kind: str) -> Path:
    """The home that an older version left: its keyring and keys, and on SQLite its record."""
    home = folder / "clinic"
    for name in FOLDERS:
        (home / name).mkdir(parents=True, mode=0o700)
    for name, text in (("master.key", MASTER_KEY), ("django.key", SESSION_KEY)):
        (home / "keys" / name).write_text(text + "\n")
        (home / "keys" / name).chmod(0o600)
    fill(home / "keyring" / "keyring.sqlite3", OLDER / kind / "keyring.sql")
    if kind == "sqlite":
        fill(home / "data" / "waymark.sqlite3", OLDER / kind / "record.sql")
    return home


def fill(file: Path, dump: Path) -> None:
    with sqlite3.connect(file) as database:
        database.executescript(dump.read_text())
    database.close()


def older_on(cluster: Cluster) -> dict[str, str]:
    """The same in PostgreSQL, with rights as the page of that version gave them; the shell's
    part of knowing where it is."""
    psql(cluster, OWNER, *("-f", str(OLDER / "postgresql" / "record.sql")))
    rights = f"""
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {APP};
    GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {APP};
    REVOKE UPDATE, DELETE, TRUNCATE ON audit_line FROM {APP};
    """
    psql(cluster, OWNER, "-c", rights)
    return where(cluster)


def where(cluster: Cluster) -> dict[str, str]:
    """How programs of PostgreSQL find the cluster when an address names none."""
    return {"PGHOST": "127.0.0.1", "PGPORT": str(cluster.port)}


def psql(cluster: Cluster, user: str, *words: str, database: str = "waymark") -> str:
    address = ["-h", "127.0.0.1", "-p", str(cluster.port), "-U", user, "-d", database]
    done = subprocess.run(
        [str(programs() / "psql"), *address, "-q", "-At", "-v", "ON_ERROR_STOP=1", *words],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()
