"""Somebody at a browser beside Ana at her phone, the clock that both go by, and a real browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.interfaces.accounts.conftest import browser, clock
from tests.interfaces.portal.practices.playing import Player, drawn
from tests.interfaces.ui.server import Site, serving

__all__ = ["browser", "clock"]


@pytest.fixture(scope="session")
def site() -> Iterator[tuple[str, Site]]:
    """Every page of the practices, served under the product's policy."""
    with serving(drawn()) as served:
        yield served


@pytest.fixture
def play(chromium: Browser, site: tuple[str, Site]) -> Iterator[Player]:
    """Opens pages, and closes them when the test is over."""
    player = Player(chromium, *site, opened=[])
    yield player
    for context in player.opened:
        context.close()
