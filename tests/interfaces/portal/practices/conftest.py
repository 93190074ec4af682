"""Somebody at a browser beside Ana at her phone, and the clock that both go by."""

from collections.abc import Iterator

import pytest

from tests.interfaces.accounts.conftest import browser, clock
from tests.interfaces.portal.practices.playing import OPENED

__all__ = ["browser", "clock"]


@pytest.fixture(autouse=True)
def _closed_again() -> Iterator[None]:
    """No page of a test plays on while the next ones run."""
    yield
    while OPENED:
        OPENED.pop().close()
