"""One record whose stored values do not open keeps nobody from the records beside it.

A value that was changed, or moved to another row, does not open (`envelope.Broken`). In a list of
many people that person is shown as unreadable, by a number that names nobody, and the log says that
it happened; everybody else is shown as ever.
"""

import logging
from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from waymark.record.vault.envelope import Broken

T = TypeVar("T")
log = logging.getLogger("waymark")


def or_unreadable(made: Callable[[], T], instead: Callable[[], T]) -> T:
    """What ``made`` gives; where a stored value does not open, what stands there instead."""
    try:
        return made()
    except Broken:
        log.error("a stored value does not open; its record is shown as unreadable")
        return instead()


def unreadable(number: UUID) -> str:
    """The name under which such a record stands in a list."""
    return f"Record {str(number)[:8]}, which cannot be read"
