"""A file of past scores in a real browser: kept, stored by the demo's own worker, and followed.

The page is asked to look again: nothing looks by itself, or a session would never lock.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import SignIn
from tests.browser.test_every_page import faults
from waymark.interfaces.cli.owner.commands.demo import PASSWORD

OKAFOR = "okafor@demo.example"


def weeks(client: str, first: date, count: int) -> bytes:
    days = [first + timedelta(weeks=week) for week in range(count)]
    rows = "".join(f"{client},gad-7,{day},14\n" for day in days)
    return f"client,instrument,date,score\n{rows}".encode()


def confirm(page: Page, data: bytes) -> None:
    page.goto("/clinic/measures/import/")
    file = {"name": "past.csv", "mimeType": "text/csv", "buffer": data}
    page.set_input_files("[name=file]", file)
    page.click("button:has-text('Look at it')")
    page.click("button:has-text('Store')")
    expect(page).to_have_url(re.compile(r"/clinic/measures/import/[0-9a-f-]{36}/"))


def follow(page: Page) -> None:
    for _ in range(60):
        if page.locator("h1").inner_text() == "The file is done.":
            break
        page.wait_for_timeout(500)
        page.click("a:has-text('Look again')")
    assert "120 stored" in page.inner_text("main")


def test_the_page_says_how_far_the_worker_is(sign_in: SignIn) -> None:
    page = sign_in(OKAFOR)
    confirm(page, weeks("Avery Stone", date(2020, 1, 6), 120))
    assert faults(page) == []
    follow(page)
    assert faults(page) == []


@pytest.fixture
def without_script(demo: str, chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(base_url=demo, java_script_enabled=False)
    page = context.new_page()
    page.goto("/account/sign-in/")
    page.fill("[name=login]", OKAFOR)
    page.fill("[name=password]", PASSWORD)
    page.click("button:has-text('Sign in') >> nth=0")
    yield page
    context.close()


def test_it_does_so_without_a_script(without_script: Page) -> None:
    page = without_script
    confirm(page, weeks("Avery Stone", date(2010, 1, 4), 120))
    follow(page)
