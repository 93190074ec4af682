"""Something to do right now: on the pages of help, of signing in, of the lock, and never first."""

from typing import Any

import pytest

from tests.interfaces.accounts.doing import Browser
from tests.interfaces.portal.doing import Ana
from tests.interfaces.portal.practices.reading import links_of

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


def main_of(answer: Any) -> str:
    return str(answer.content.decode()).split("<main", 1)[1].split("</main", 1)[0]


def test_help_says_whom_to_call_first_and_then_what_to_do(browser: Browser) -> None:
    page = main_of(browser.opens("/help-now/"))
    below = page.index("Something to do right now")
    for person in ('href="tel:988"', 'href="sms:988"', 'href="tel:911"', "Lakeside Counseling"):
        assert page.rindex(person) < below, person
    assert {"/practices/stop/", "/practices/long-exhale/", "/practices/"} <= {
        href for href, _ in links_of(page)
    }


def test_who_cannot_sign_in_finds_them(browser: Browser, clock: Any) -> None:
    assert ("/practices/", "short practices") in links_of(
        main_of(browser.opens("/account/sign-in/"))
    )
    browser.signs_in("ana-at-home")
    clock.goes_on(hours=1)
    locked = browser.opens("/me/")
    assert locked.status_code == 401
    assert ("/practices/", "short practices") in links_of(main_of(locked))


def test_the_welcome_names_them_below_the_lines(stranger: Ana) -> None:
    page = main_of(stranger.opens("/me/welcome/2/"))
    assert page.index('href="tel:988"') < page.index('href="/practices/"')


def test_a_hard_day_leads_to_a_minute_of_breath(ana: Ana) -> None:
    href, said = next(
        one for one in links_of(main_of(ana.opens("/me/hard/"))) if "exhale" in one[0]
    )
    assert href == "/practices/long-exhale/?run=1&from=me"
    assert said.startswith("Sit with me for a minute")
