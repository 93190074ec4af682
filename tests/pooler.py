"""A transaction pooler of the tests' own, before a PostgreSQL: on a free port, gone afterwards."""

import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.postgres import Unavailable, free_port, ordinary_user

SIZE = 2  # connections to the database, for however many clients
PATIENCE = 20  # seconds, to start and to stop
CONFIG = """
[databases]
{name} = host=127.0.0.1 port={port} user={user}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {listen}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = {size}
ignore_startup_parameters = extra_float_digits,options
"""


@contextmanager
def pooler(database: dict[str, Any]) -> Iterator[int]:
    """pgbouncer before ``database`` (NAME, PORT, USER), handing a connection on after each
    transaction. Yields its port."""
    program = shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin")
    if program is None:
        raise Unavailable("no pgbouncer: install the package of that name to run these tests")
    become, listen = ordinary_user(), free_port()
    with tempfile.TemporaryDirectory(prefix="waymark-pool-") as given:
        folder = Path(given)
        folder.chmod(0o755)  # another user reads the file in it
        file, log = folder / "pgbouncer.ini", folder / "log"
        file.write_text(
            CONFIG.format(
                name=database["NAME"],
                port=database["PORT"],
                user=database["USER"],
                listen=listen,
                size=SIZE,
            )
        )
        with log.open("w") as held:
            process = subprocess.Popen(
                [*become, program, "-q", str(file)], cwd="/", stdout=held, stderr=held
            )
        try:
            _wait_until_open(process, listen, log)
            yield listen
        finally:
            _stop(process)


def _wait_until_open(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if process.poll() is not None:
            raise Unavailable(f"pgbouncer ended at once: {log.read_text().strip()[-400:]}")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise Unavailable(f"pgbouncer opened no port: {log.read_text().strip()[-400:]}")


def _stop(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(timeout=PATIENCE)
