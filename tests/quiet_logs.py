"""Every test is also a test of the log: at DEBUG, no line names anybody or says what was typed.

A handler hears what the product's own handler would write, after the same filter. A test in which
a line holds a name of the cast, an address, a password or a canary fails, with that line.
"""

import copy
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from waymark.interfaces.errors import WithoutBodies

# The clients and what is typed for them in tests; "Ana" as a word, not as a part of another one.
TOLD = re.compile(
    r"canary|@clinic\.example|@home\.example|-at-home|312[ -]555|heron-lamp-orchard"
    r"|(?<![\w/.-])(?:Ana|Eli|Zoe|Cleo)(?![\w/.-])",
    re.IGNORECASE | re.ASCII,
)
# The tests' own tools tell what they were given; nothing of them runs in the product.
TOOLS = ("asyncio", "faker", "playwright")


class Listener(logging.Handler):
    """Hears every line, and keeps those that tell."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.filtered = WithoutBodies()
        self.told: list[str] = []
        self.heard = 0

    def emit(self, record: logging.LogRecord) -> None:
        if record.name.startswith(TOOLS):
            return
        mine = copy.copy(record)  # the filter changes what it is given
        self.filtered.filter(mine)
        line = f"{mine.levelname} {mine.name} {mine.getMessage()}"
        self.heard += 1
        if TOLD.search(line):
            self.told.append(line[:500])


LISTENER = Listener()


def begin() -> None:
    """From here on all down to DEBUG reaches the listener, and the other handlers as before."""
    root = logging.getLogger()
    for other in root.handlers:
        other.setLevel(max(other.level, logging.WARNING))
    root.addHandler(LISTENER)
    root.setLevel(logging.DEBUG)
    logging.getLogger("django").setLevel(logging.DEBUG)


def told() -> list[str]:
    """What was told since the last time one asked."""
    lines, LISTENER.told = LISTENER.told, []
    return lines


@contextmanager
def expected() -> Iterator[list[str]]:
    """Within, a test plants a line that tells; it gets what was heard, and does not fail for it."""
    before, LISTENER.told = LISTENER.told, []
    yield LISTENER.told
    LISTENER.told = before


def fail_if_told() -> None:
    if lines := told():
        pytest.fail("a log line names somebody or tells what was typed:\n" + "\n".join(lines))
