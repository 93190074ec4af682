"""Fixtures of the pages: a browser signed in as one of the cast, a clock that stands still."""

from collections.abc import Callable
from datetime import datetime
from importlib import import_module

import pytest
from django.test import Client

from tests.cast import Cast, after
from waymark.interfaces import endpoint
from waymark.interfaces.accounts import expiry, joining

NOW = after(days=1)
BACKEND = joining.BACKEND

BrowserOf = Callable[[str], Client]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """Every page reads the same moment: a day after the cast was made."""
    import_module("waymark.config.urls")  # what is imported later would keep this clock for good
    for module in (endpoint, expiry):
        monkeypatch.setattr(module, "now", lambda: NOW)
    return NOW


@pytest.fixture
def browser_of(lakeside: Cast, clock: datetime) -> BrowserOf:
    """A browser in which one of the cast has just signed in."""

    def signed_in(name: str) -> Client:
        browser = Client()
        browser.force_login(lakeside.accounts[name], backend=BACKEND)
        staff = name not in lakeside.patients
        moment = int(clock.timestamp())
        seat = f"{'staff' if staff else 'client'}:{lakeside.clinic.pk}"
        session = browser.session
        session.update(
            {
                expiry.SIGNED_IN_AT: moment,
                expiry.SEEN_AT: moment,
                expiry.STAFF: staff,
                expiry.LOCKED: False,
                endpoint.SEAT: seat,
            }
        )
        session.save()
        return browser

    return signed_in
