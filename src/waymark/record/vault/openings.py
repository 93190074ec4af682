"""Opening what a person said is a reading: it happens under watch, or it does not happen.

Whoever opens the watch (an action, an endpoint, a job) answers for the audit lines of the people
whose values were opened inside it. Without a watch, a sealed value of a patient raises.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

_opened: ContextVar[set[UUID] | None] = ContextVar("opened", default=None)


class Unwatched(RuntimeError):
    """A patient's sealed value was opened where nobody would write the audit line."""


@contextmanager
def watch() -> Iterator[set[UUID]]:
    """Within, sealed values open, and the patients they belong to are gathered."""
    gathered: set[UUID] = set()
    token = _opened.set(gathered)
    try:
        yield gathered
    finally:
        _opened.reset(token)


def opened(patient: UUID) -> None:
    """Note that a value of ``patient`` was opened. Raises Unwatched outside a watch."""
    gathered = _opened.get()
    if gathered is None:
        raise Unwatched("open sealed values inside an action, an endpoint or a job's reading")
    gathered.add(patient)
