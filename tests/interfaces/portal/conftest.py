"""Fixtures of a client's pages: Ana at her phone, and a clock that goes on when a test says so."""

import pytest
from django.test import Client

from tests.cast import Cast
from tests.interfaces.clocks import MovingClock, moving_clock
from tests.interfaces.portal.doing import Ana
from waymark.record.outbox.actions import beat


@pytest.fixture
def moving(monkeypatch: pytest.MonkeyPatch) -> MovingClock:
    """One clock for every page, a day after the cast was made; a test moves it."""
    return moving_clock(monkeypatch)


@pytest.fixture
def stranger(lakeside: Cast, moving: MovingClock) -> Ana:
    """Ana on her first visit: she has not seen the welcome yet."""
    beat("a worker", at=moving.at)  # it lives: what the pages say of notices rests on it
    ana = Ana(Client(), lakeside, moving)
    ana.signs_in()
    return ana


@pytest.fixture
def ana(stranger: Ana) -> Ana:
    """Ana, who has been here before."""
    stranger.sends("/me/welcome/4/")
    return stranger
