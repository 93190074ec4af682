"""What a guide is followed with: the commands that it names, carried out in a copy."""

import sys

from tests.planting.ground import Ground

WAYMARK = "from waymark.interfaces.cli.main import main; main()"


def done(held: Ground, *words: str) -> str:
    """What Python said, called with these words in the copy; it must have worked."""
    ended = held.run(sys.executable, *words)
    assert ended.returncode == 0, ended.stdout[-3000:]
    return ended.stdout
