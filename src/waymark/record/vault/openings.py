"""Opening what a person said is a reading: it happens under an audited read, or it does not happen.

Whoever opens the watch (an action, an endpoint, a job) answers for the audit lines of the people
whose values were opened inside it. Without a watch, a sealed value of a patient raises.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID


class Gathered(set[UUID]):
    """The patients whose values were opened; those whose values were only compared, apart."""

    def __init__(self) -> None:
        super().__init__()
        self.compared: set[UUID] = set()


_opened: ContextVar[Gathered | None] = ContextVar("opened", default=None)
_comparing: ContextVar[bool] = ContextVar("comparing", default=False)


class UnauditedRead(RuntimeError):
    """A patient's sealed value was opened where nobody would write the audit line."""


@contextmanager
def audited_reads() -> Iterator[Gathered]:
    """Within, sealed values open, and the patients they belong to are gathered."""
    gathered = Gathered()
    token = _opened.set(gathered)
    try:
        yield gathered
    finally:
        _opened.reset(token)


@contextmanager
def comparing() -> Iterator[None]:
    """Within, values are opened to be compared with what somebody typed, and shown to nobody.

    Whoever is then shown after all is noted with `opened`.
    """
    token = _comparing.set(True)
    try:
        yield
    finally:
        _comparing.reset(token)


def note_opening(patient: UUID) -> None:
    """Note that a value of ``patient`` was opened. Raises UnauditedRead outside an audited read."""
    gathered = _opened.get()
    if gathered is None:
        raise UnauditedRead("open sealed values inside an action, an endpoint or a job's reading")
    (gathered.compared if _comparing.get() else gathered).add(patient)
