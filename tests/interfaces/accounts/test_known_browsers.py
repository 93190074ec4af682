"""Strangers who try passwords shut out strangers, and not the person at home."""

from collections.abc import Callable

import pytest

from tests.cast import PASSWORD, Cast, looking
from tests.interfaces.accounts.conftest import Browser
from waymark.record.audit.models import Line
from waymark.record.people.actions import set_device

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
SIGN_IN, NAME = "/account/sign-in/", "ana-at-home"


def tries(browser: Browser, times: int, *, name: str = NAME) -> str:
    for _ in range(times):
        page = browser.sends(SIGN_IN, login=name, password="not-the-right-one")
    return str(page.content.decode())


def test_a_known_browser_is_counted_apart(
    lakeside: Cast, another_browser: Callable[[], Browser]
) -> None:
    """Ana has signed in at home | a stranger tries six times, and is shut out | Ana comes in."""
    home, stranger = another_browser(), another_browser()
    home.signs_in(NAME, PASSWORD)
    home.client.get("/me/")
    home.client.post("/account/sign-out/")
    assert "Too many tries" in tries(stranger, 6)
    stranger.signs_in(NAME, PASSWORD)
    assert not stranger.signed_in
    home.signs_in(NAME, PASSWORD)
    assert home.signed_in


def test_a_known_browser_has_a_limit_too(
    lakeside: Cast, another_browser: Callable[[], Browser]
) -> None:
    home = another_browser()
    home.signs_in(NAME, PASSWORD)
    home.client.get("/me/")
    home.client.post("/account/sign-out/")
    assert "Too many tries" in tries(home, 6)


def test_the_cookie_of_one_account_helps_with_no_other(
    lakeside: Cast, another_browser: Callable[[], Browser]
) -> None:
    """Eli knows his own browser | he tries Ana's password with it | counted with the strangers."""
    elis, stranger = another_browser(), another_browser()
    elis.signs_in("eli-at-home", PASSWORD)
    elis.client.get("/me/")
    elis.client.post("/account/sign-out/")
    assert "Too many tries" in tries(elis, 6)
    stranger.signs_in(NAME, PASSWORD)
    assert not stranger.signed_in


def test_a_made_up_cookie_is_a_strangers(
    lakeside: Cast, another_browser: Callable[[], Browser]
) -> None:
    browser = another_browser()
    for value in ("", "abc", "WyJhIiwgWyJiIl1d:x:y"):
        browser.client.cookies["known"] = value
        assert "do not match" in tries(browser, 1)


def test_wrong_passwords_stand_in_the_log(
    lakeside: Cast, another_browser: Callable[[], Browser]
) -> None:
    browser = another_browser()
    tries(browser, 2)
    tries(browser, 1, name="nobody-here")
    with looking():
        assert Line.objects.filter(action="wrong-password").count() == 2


def test_a_shared_device_is_known_too(
    lakeside: Cast, another_browser: Callable[[], Browser]
) -> None:
    """Others use it too | a stranger tries six times | the device's own people come in."""
    set_device(lakeside.accounts["ana"], shared=True)
    home, stranger = another_browser(), another_browser()
    home.signs_in(NAME, PASSWORD)
    home.client.get("/me/")
    home.client.post("/account/sign-out/")
    tries(stranger, 6)
    home.signs_in(NAME, PASSWORD)
    assert home.signed_in
    assert NAME not in str(home.client.cookies["known"])


def test_other_names_tried_from_its_address_shut_nobody_out(
    lakeside: Cast, another_browser: Callable[[], Browser]
) -> None:
    """Eleven wrong sign-ins of other names in one minute, from the same network."""
    home, stranger = another_browser(), another_browser()
    home.signs_in(NAME, PASSWORD)
    home.client.get("/me/")
    home.client.post("/account/sign-out/")
    for n in range(11):
        tries(stranger, 1, name=f"nobody-{n}")
    home.signs_in(NAME, PASSWORD)
    assert home.signed_in
