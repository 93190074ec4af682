"""What a page leaves when it was only read, its lines and its session, stored in one commit.

The disk is waited for once a page, before anything of it is shown. Pages that end at the same
moment are stored together: whoever comes first stores for everybody who waits, so that under many
readers SQLite's one writer is asked once for all of them. Processes take turns by a lock of the
kernel, asked for every few milliseconds: SQLite lets who waits sleep up to a tenth of a second, and
of two busy processes one waits for most of a second.
"""

import fcntl
import os
from collections import deque
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from time import sleep

from django.db import DatabaseError, connection, transaction

from waymark.record.audit.models import Line

ASKED_EVERY = 0.002  # seconds: short beside the 5 to 20 ms of a commit that waits for a disk
MOST_ASKED = 2_500  # five seconds: no commit takes that long, so somebody hangs


class Unstored(RuntimeError):
    """What a page would have left could not be stored, so nothing of it may be shown."""


@dataclass(eq=False, slots=True)
class Page:
    """What one page leaves: lines about whom it showed, and what is stored along with them."""

    lines: list[Line] = field(default_factory=list)
    beside: dict[Hashable, Callable[[], None]] = field(default_factory=dict)
    stored: bool = False
    error: DatabaseError | None = None


_page: ContextVar[Page | None] = ContextVar("page", default=None)
_waiting: deque[Page] = deque()
_turn = Lock()


@contextmanager
def at_its_end() -> Iterator[Page]:
    """Within, what is only read keeps what it leaves for `store`, which whoever opened this calls.

    A page that ends without that has shown nothing and leaves nothing.
    """
    page = Page()
    token = _page.set(page)
    try:
        yield page
    finally:
        _page.reset(token)


def page_now() -> Page | None:
    """The page that keeps what is left until its end; None: it is stored at once."""
    return _page.get()


def store(page: Page) -> None:
    """Store what the page leaves, with everybody else's who waits. Raises Unstored."""
    if not page.lines and not page.beside:
        return
    _waiting.append(page)
    with _turn, _of_this_process():
        if not page.stored and page.error is None:
            _store_together([_waiting.popleft() for _ in range(len(_waiting))])
    if page.error is not None:
        raise Unstored("what the page leaves was not stored") from page.error


@contextmanager
def _of_this_process() -> Iterator[None]:
    """The turn among the processes that store in one SQLite file; elsewhere nobody waits.

    A courtesy and no guard: SQLite has one writer whatever becomes of it. So nobody waits for a
    process that hangs, or fails for want of the file: the database says then what can be stored.
    """
    name = str(connection.settings_dict["NAME"])
    if connection.vendor != "sqlite" or not Path(name).is_absolute():  # in memory: a test's
        yield
        return
    turn = _waited_for(f"{name}-turn")
    try:
        yield
    finally:
        if turn is not None:
            os.close(turn)  # which ends the lock


def _waited_for(file: str) -> int | None:
    try:
        turn = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError:  # a full disk perhaps, and the pages' own storing tells of it
        return None
    for _ in range(MOST_ASKED):
        try:
            fcntl.flock(turn, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            sleep(ASKED_EVERY)
        else:
            break
    return turn


def _store_together(pages: list[Page]) -> None:
    """All in one commit; where that fails each by itself, so that nobody fails for a stranger.

    A connection that the database ended is not known to be dead before it is used: this is the
    second try, too. A line whose commit was lost on the way back stands twice then, never less.
    """
    try:
        _store(pages)
    except DatabaseError:
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()
        for page in pages:
            _store_alone(page)


def _store_alone(page: Page) -> None:
    try:
        _store([page])
    except DatabaseError as error:
        page.error = error


def _store(pages: list[Page]) -> None:
    with transaction.atomic():
        Line.objects.bulk_create([line for page in pages for line in page.lines])
        for page in pages:
            for keep in page.beside.values():
                keep()
    for page in pages:
        page.stored = True
