"""Fixtures of signing in: a clock that can be moved, a browser, a clinic outside the demo."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.test import Client

from tests.cast import Cast
from tests.interfaces.accounts.doing import Browser
from tests.interfaces.accounts.staff import Owner, StoppedTime
from tests.interfaces.clocks import MovingClock, moving_clock


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> MovingClock:
    """One clock for every page, a day after the cast was made; a test moves it."""
    return moving_clock(monkeypatch)


@pytest.fixture
def browser(lakeside: Cast, clock: MovingClock) -> Browser:
    """A browser in which nobody is signed in."""
    return Browser(Client(), clock)


@pytest.fixture
def another_browser(lakeside: Cast, clock: MovingClock) -> Callable[[], Browser]:
    """As many more as a test wants."""
    return lambda: Browser(Client(), clock)


@pytest.fixture
def outside_the_demo(settings: Any) -> None:
    """A real clinic: staff need a second factor."""
    settings.WAYMARK_DEMO = False


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> StoppedTime:
    """Codes of an app change with the time of day, which stands still until a test moves it."""
    stopped = StoppedTime()
    monkeypatch.setattr(totp, "time", stopped)
    return stopped


@pytest.fixture
def ben(lakeside: Cast, watch: StoppedTime, outside_the_demo: None) -> Owner:
    """A clinician of a real clinic, with an app, a passkey and recovery codes."""
    return Owner(lakeside.accounts["ben"], watch).enrolls()
