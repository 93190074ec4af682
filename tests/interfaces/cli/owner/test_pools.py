"""Help never waits behind the watcher's question, which writes and waits for the database."""

from types import SimpleNamespace
from typing import Any

import pytest

from waymark.interfaces.cli.owner import web


class Queue:
    """A pool that only notes who came."""

    def __init__(self) -> None:
        self.queue: list[Any] = []

    def set_thread_count(self, count: int) -> None:
        self.count = count

    def add_task(self, channel: Any) -> None:
        self.queue.append(channel)


def asks(path: str) -> Any:
    return SimpleNamespace(requests=[SimpleNamespace(path=path, error=None, waits_since=0.0)])


def test_readyz_and_help_share_no_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "ThreadedTaskDispatcher", Queue)
    pools: Any = web.Pools()
    for _ in range(10):
        pools.add_task(asks("/readyz"))
    pools.add_task(asks("/help-now/"))
    assert len(pools.doors.queue) == 1
    assert len(pools.watch.queue) == 10
    assert pools.pages.queue == []
