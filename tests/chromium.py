"""A real Chromium for the tests that look at pages, and what every page of it reports."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.needed import unless

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
WATCH = """
window.breaches = [];
document.addEventListener("securitypolicyviolation",
  (event) => window.breaches.push(`${event.effectiveDirective} ${event.blockedURI}`));
"""


@contextmanager
def launched() -> Iterator[Browser]:
    """One browser. Its driver keeps an event loop in this thread: end it before the next begins."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


def marks(group: str, *, reason: str) -> list[pytest.MarkDecorator]:
    """Browser tests of one group share a worker; without Chromium they say what was not done."""
    return [
        pytest.mark.browser,
        pytest.mark.xdist_group(group),
        # Decision 40: says so where not. In CI the browser is started, and its absence is red.
        unless(CHROMIUM.exists(), f"no Chromium at {CHROMIUM}: {reason}"),
    ]
