"""Figures F7 and F8: after all was said and typed, no file holds a word of it in clear.

    everybody, on every page, in every field  -->  database, WAL, keyring, sessions, cache,
                                                   letters, temporary files, the log at DEBUG
                                              <--  the scanner: 0 canaries

What stays clear on purpose stands in `docs/explanation/privacy.md`. The row and the log line that
are planted must be found in the same run.

Smoke: some 500 canaries; `WAYMARK_FULL=yes` takes more than 10,000.
"""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.figures import note
from tests.plaintext.scanner import Hit, Needles, scan

FULL = bool(os.environ.get("WAYMARK_FULL"))
CLIENTS = 1_250 if FULL else 5  # each of them brings eight canaries
FEWEST = 10_000 if FULL else 400
PATIENCE = 3_600 if FULL else 600  # seconds


@dataclass(frozen=True)
class Scene:
    """What was said, the files it left, and what the scanner met there."""

    told: dict[str, Any]
    files: list[str]
    hits: set[Hit]

    @property
    def leaks(self) -> list[Hit]:
        return sorted(hit for hit in self.hits if hit.canary not in self.told["planted"])

    def met(self, canary: str) -> set[str]:
        return {hit.file for hit in self.hits if hit.canary == canary}


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    home = tmp_path_factory.mktemp("plaintext") / "home"
    output = home.parent / "output"
    with output.open("w") as held:
        done = subprocess.run(
            [sys.executable, "-m", "tests.plaintext.scene", str(home), str(CLIENTS)],
            cwd=Path(__file__).parents[2],
            stdout=held,
            stderr=held,
            timeout=PATIENCE,
            check=False,
        )
    assert done.returncode == 0, output.read_text()[-3000:]
    (home / "logs" / "output").write_bytes(output.read_bytes())  # what a terminal would have shown
    told = json.loads((home.parent / "told.json").read_text())
    hits, files = scan(home, Needles(told["words"]))
    return Scene(told, files, hits)


def test_no_file_holds_a_word_of_what_was_said(scene: Scene) -> None:
    row, line = scene.told["planted"]
    note(
        "plaintext in database, WAL, keyring, letters and log (F7, F8)",
        f"{scene.told['minted']} canaries through actions and {scene.told['forms']} forms, "
        f"{len(scene.files)} files, {len(scene.leaks)} hits; planted row and log line seen: "
        f"{'yes' if scene.met(row) and scene.met(line) else 'no'}",
    )
    assert scene.leaks == []


def test_a_planted_row_and_a_planted_log_line_are_found(scene: Scene) -> None:
    """The control, in the same run: were they not, the test above would prove nothing."""
    row, line = scene.told["planted"]
    assert scene.met(row) >= {"data/waymark.sqlite3-wal", "data/waymark.sqlite3 (values)"}
    assert scene.met(line) == {"logs/waymark.log"}


def test_everything_was_said(scene: Scene) -> None:
    """Enough canaries, many forms, and something in every sealed column there is."""
    assert scene.told["minted"] >= FEWEST
    assert scene.told["forms"] >= 200
    assert [name for name, rows in scene.told["sealed"].items() if not rows] == []


@pytest.mark.parametrize(
    "file",
    [
        "data/waymark.sqlite3",
        "data/waymark.sqlite3-wal",
        "keyring/keyring.sqlite3",
        "keyring/keyring.sqlite3-wal",
        "logs/waymark.log",
        "mail/",
    ],
)
def test_every_kind_of_file_was_read(scene: Scene, file: str) -> None:
    assert [one for one in scene.files if one.startswith(file)]
