"""A PostgreSQL cluster of the tests' own: on a free port, as an ordinary user, gone afterwards."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

# What runs on PostgreSQL besides SQLite: rows, rulings, and what is counted of them.
FOLDERS = ("tests/record", "tests/agree", "tests/access")
NO_DATABASE = ("tests/agree/test_spark.py",)  # runs once, in the other half
OWNER, APP = "waymark_owner", "waymark_app"
ROLES = f"""
CREATE ROLE {OWNER} LOGIN CREATEDB NOSUPERUSER NOBYPASSRLS;
CREATE ROLE {APP} LOGIN NOSUPERUSER NOBYPASSRLS;
CREATE DATABASE waymark OWNER {OWNER};
"""


class Unavailable(Exception):
    """There is no PostgreSQL here; the message says what is missing."""


@dataclass(frozen=True)
class Cluster:
    """A running cluster."""

    port: int
    folder: Path

    def url(self, user: str = OWNER, database: str = "waymark") -> str:
        return f"postgresql://{user}@127.0.0.1:{self.port}/{database}"


def programs() -> Path:
    """The folder of initdb and pg_ctl."""
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if found:
        return max(found, key=lambda path: int(path.parent.name))
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).parent
    raise Unavailable("no initdb: install PostgreSQL 15 or newer to run these tests")


def ordinary_user() -> list[str]:
    """How to become somebody who is not root; PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return []
    names = {entry.pw_name for entry in pwd.getpwall()}
    user = next((name for name in ("postgres", "nobody") if name in names), None)
    if user is None or shutil.which("runuser") is None:
        raise Unavailable("running as root, and there is no ordinary user to become")
    return ["runuser", "-u", user, "--"]


@contextmanager
def cluster(roles: str = ROLES) -> Iterator[Cluster]:
    """Make, start, and in the end stop and remove a cluster; ``roles`` are made in it first."""
    bin_folder, become = programs(), ordinary_user()
    folder = Path(tempfile.mkdtemp(prefix="waymark-pg-"))
    if become:
        shutil.chown(folder, become[2])
        folder.chmod(0o700)
    data, port = folder / "data", free_port()
    _run(*become, str(bin_folder / "initdb"), "-D", str(data), "-A", "trust", "-U", "postgres")
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder}"
    control = [*become, str(bin_folder / "pg_ctl"), "-D", str(data), "-w"]
    _run(*control, "-l", str(folder / "log"), "-o", options, "start")
    try:
        psql = [str(bin_folder / "psql"), "-h", "127.0.0.1", "-p", str(port), "-U", "postgres"]
        for statement in roles.strip().splitlines():
            _run(*psql, "-q", "-c", statement)
        yield Cluster(port, folder)
    finally:
        _run(*control, "-m", "fast", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _run(*words: str) -> None:
    done = subprocess.run(words, capture_output=True, text=True, check=False, cwd="/")
    if done.returncode:
        raise Unavailable(f"{Path(words[-1]).name or words[0]}: {done.stderr.strip()[-400:]}")
