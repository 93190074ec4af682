"""`waymark demo` from a fresh shell: what it asks before Django is started needs none of it."""

import os
import socket
import subprocess
import sys
from pathlib import Path

WAYMARK = str(Path(sys.executable).parent / "waymark")


def test_a_taken_port_is_said_before_anything_is_made(tmp_path: Path) -> None:
    ours = ("WAYMARK_", "DJANGO_", "DATABASE_URL", "PYTEST_")
    shell = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = subprocess.run(
            [WAYMARK, "demo", "--port", port, "--home", str(tmp_path / "demo")],
            env=shell,
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert f"Port {port} is taken." in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "demo").exists()
