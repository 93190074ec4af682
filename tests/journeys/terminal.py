"""A person at a terminal: reads what a program asks, types an answer, stops it with Ctrl-C."""

import os
import pty
import re
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PATIENCE = 60
# The terminal becomes the program's own, as a login shell gives it: passwords are asked for there.
OWN_TERMINAL = (
    "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); "
    "os.execv(sys.argv[1], sys.argv[1:])"
)
COLOR = re.compile(r"\x1b\[[0-9;]*m")


class Terminal:
    """One program in a pseudo-terminal; ``seen`` is everything it has shown."""

    def __init__(self, words: list[str], *, environment: dict[str, str], folder: Path) -> None:
        self.keyboard, screen = pty.openpty()
        self.program = subprocess.Popen(
            [sys.executable, "-c", OWN_TERMINAL, *words],
            stdin=screen,
            stdout=screen,
            stderr=screen,
            env={**environment, "TERM": "dumb"},
            cwd=folder,
            start_new_session=True,
        )
        os.close(screen)
        self.seen, self.read_up_to = "", 0

    def reads(self, words: str) -> str:
        """Wait until the program shows this; returns what it showed since the last time."""
        until = time.monotonic() + PATIENCE
        while words not in self.seen[self.read_up_to :]:
            if time.monotonic() > until or not self._more():
                raise AssertionError(f"never asked {words!r}; it showed:\n{self.seen}")
        start, self.read_up_to = self.read_up_to, self.seen.index(words, self.read_up_to)
        self.read_up_to += len(words)
        return self.seen[start : self.read_up_to]

    def types(self, answer: str) -> None:
        os.write(self.keyboard, f"{answer}\n".encode())

    def answers(self, question: str, answer: str) -> str:
        """Read up to the question, type the answer; returns what came before it."""
        before = self.reads(question)
        self.types(answer)
        return before

    def presses_ctrl_c(self) -> int:
        """As a person does who wants out: once, and again while nothing happens."""
        for _ in range(4):
            os.write(self.keyboard, b"\x03")
            until = time.monotonic() + PATIENCE / 4
            while self._more():
                if time.monotonic() > until:
                    break
            else:
                break
        return self.ends()

    def ends(self) -> int:
        """Read to the end; returns the exit code."""
        until = time.monotonic() + PATIENCE
        while self._more():
            if time.monotonic() > until:
                raise AssertionError(f"it does not end; it showed:\n{self.seen}")
        return self.program.wait(PATIENCE)

    def _more(self) -> bool:
        ready, _, _ = select.select([self.keyboard], [], [], 1)
        if not ready:
            return self.program.poll() is None
        try:
            shown = os.read(self.keyboard, 65536)
        except OSError:  # the other end is closed
            return False
        self.seen += COLOR.sub("", shown.decode(errors="replace")).replace("\r\n", "\n")
        return bool(shown)


@contextmanager
def terminal(words: list[str], **given: Any) -> Iterator[Terminal]:
    """A terminal with this program, which is over when the block is."""
    opened = Terminal(words, **given)
    try:
        yield opened
    finally:
        opened.program.kill()
        opened.program.wait(PATIENCE)
        os.close(opened.keyboard)
