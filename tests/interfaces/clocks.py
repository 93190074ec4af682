"""A clock that every page reads and that a test can move."""

import sys
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import import_module

import pytest

from tests.cast import after
from waymark.interfaces import endpoint


@dataclass
class MovingClock:
    """What the pages take for now."""

    at: datetime

    def __call__(self) -> datetime:
        return self.at

    def goes_on(self, **given: float) -> None:
        self.at += timedelta(**given)


def moving_clock(monkeypatch: pytest.MonkeyPatch) -> MovingClock:
    """One clock for all pages, a day after the cast was made."""
    moving, original = MovingClock(after(days=1)), endpoint.now
    import_module("waymark.config.urls")  # what is imported later would keep this clock for good
    for name, module in list(sys.modules.items()):
        if name.startswith("waymark.interfaces") and vars(module).get("now") is original:
            monkeypatch.setattr(module, "now", moving)
    return moving
